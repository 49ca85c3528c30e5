using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Sdp;

namespace CallCenterKit.RecordingHost.Loopback;

/// <summary>A phone with a socket: says a tone in G.711 µ-law and counts what it hears.</summary>
internal sealed class Phone : IMediaLegSink, IDisposable
{
    private const int FrameSamples = 160;
    private const int HeaderBytes = 12;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
    private readonly int _toneHz;
    private readonly byte[] _packet = new byte[HeaderBytes + FrameSamples];
    private int _said;
    private int _heard;

    public Phone(MediaEngine engine, int toneHz)
    {
        _toneHz = toneHz;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.ReceiveBufferSize = 1 << 20;
        Leg = engine.CreateLeg(this);
        Leg.Open();
        var local = (IPEndPoint)_socket.LocalEndPoint!;
        Leg.Apply(new NegotiatedMedia
        {
            RemoteRtp = local,
            RemoteRtcp = new IPEndPoint(local.Address, local.Port + 1),
            Codec = AudioCodecs.Pcmu,
            PayloadType = 0,
            ReceivePayloadType = 0,
            ReceiveFormats = [new ReceiveFormat(0, AudioCodecs.Pcmu)],
            Direction = MediaDirection.SendReceive,
        });
    }

    public static TimeSpan Frame { get; } = TimeSpan.FromMilliseconds(20);

    public MediaLeg Leg { get; }

    /// <summary>Says the next 20 ms (RFC 3550 §5.1).</summary>
    public void Speak()
    {
        _packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), (ushort)(_said / FrameSamples));
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(4), (uint)_said);
        BinaryPrimitives.WriteInt32BigEndian(_packet.AsSpan(8), _toneHz);
        Span<short> pcm = stackalloc short[FrameSamples];
        for (var i = 0; i < pcm.Length; i++)
            pcm[i] = (short)(8000 * Math.Sin(2 * Math.PI * _toneHz * (_said + i) / 8000));
        G711.EncodeMuLaw(pcm, _packet.AsSpan(HeaderBytes));
        _said += FrameSamples;
        _socket.SendTo(_packet, Leg.LocalRtp!);
        _ = Heard();
    }

    /// <summary>Packets of audio that have come so far.</summary>
    public int Heard()
    {
        Span<byte> packet = stackalloc byte[2048];
        while (_socket.Available > 0)
        {
            if (_socket.Receive(packet) == _packet.Length)
                _heard++;
        }

        return _heard;
    }

    public void OnDigit(char digit, TimeSpan held)
    {
    }

    public void OnPlaybackEnded(PlaybackSession session, PlaybackEnd end)
    {
    }

    public void OnMediaTimeout(TimeSpan silentFor)
    {
    }

    public void Dispose() => _socket.Dispose();
}
