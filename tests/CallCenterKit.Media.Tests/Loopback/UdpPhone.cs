using System.Net;
using System.Net.Sockets;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Loopback;

/// <summary>A phone with a real socket: speaks a tone every 20 ms and keeps what it hears.</summary>
internal sealed class UdpPhone : IDisposable
{
    private readonly Socket _socket;
    private readonly AudioCodec _codec;
    private readonly List<short> _heard = [];
    private readonly List<byte> _keys = [];
    private ushort _sequence = 40;
    private uint _timestamp = 8000;
    private int _said;

    public UdpPhone(MediaEngine engine, AudioCodec? codec = null, IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _codec = codec ?? AudioCodecs.Pcma;
        _socket.Bind(new IPEndPoint(address, 0));
        Leg = engine.CreateLeg(Sink);
        Leg.Open(address);
        var local = (IPEndPoint)_socket.LocalEndPoint!;
        var payloadType = _codec.StaticPayloadType!.Value;
        Leg.Apply(new NegotiatedMedia
        {
            RemoteRtp = local,
            RemoteRtcp = new IPEndPoint(local.Address, local.Port + 1),
            Codec = _codec,
            PayloadType = payloadType,
            ReceivePayloadType = payloadType,
            ReceiveFormats = [new ReceiveFormat(payloadType, _codec)],
            TelephoneEventPayloadType = Party.TelephoneEvent,
            ReceiveTelephoneEventPayloadType = Party.TelephoneEvent,
            Direction = MediaDirection.SendReceive,
        });
    }

    public MediaLeg Leg { get; }

    public WaitingSink Sink { get; } = new();

    public short[] Heard => [.. _heard];

    public IReadOnlyList<byte> Keys => _keys;

    public void Say(int frequencyHz)
    {
        var payload = new byte[160];
        _codec.CreateEncoder().Encode(Tone.Sine(frequencyHz, _said, 160), payload);
        _said += 160;
        Send(new RtpHeader((byte)_codec.StaticPayloadType!.Value, false, _sequence++, _timestamp, 77), payload);
        _timestamp += 160;
    }

    public void Press(char digit)
    {
        TelephoneEventPayload.TryGetEvent(digit, out var code);
        var payload = new byte[TelephoneEventPayload.Size];
        for (var i = 1; i <= 7; i++)
        {
            new TelephoneEventPayload(code, End: i >= 5, 10, (ushort)(Math.Min(i, 5) * 160)).Write(payload);
            Send(new RtpHeader(Party.TelephoneEvent, i == 1, _sequence++, _timestamp, 77), payload);
        }

        _timestamp += 1120;
    }

    /// <summary>Hears until so many packets of audio came, or fails when they don't.</summary>
    public async Task HearAsync(int packets, CancellationToken cancellationToken)
    {
        var buffer = new byte[2048];
        for (var left = packets; left > 0;)
        {
            var length = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            if (Take(buffer.AsSpan(0, length)))
                left--;
        }
    }

    /// <summary>Hears until so many packets of events came, or fails when they don't.</summary>
    public async Task HearKeysAsync(int packets, CancellationToken cancellationToken)
    {
        var buffer = new byte[2048];
        while (_keys.Count < packets)
        {
            var length = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            Take(buffer.AsSpan(0, length));
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool Take(ReadOnlySpan<byte> datagram)
    {
        if (RtcpReader.IsRtcp(datagram) || !RtpHeader.TryRead(datagram, out var header, out var payload))
            return false;
        if (header.PayloadType == Party.TelephoneEvent)
        {
            _keys.Add(payload[0]);
            return false;
        }

        var pcm = new short[payload.Length];
        _codec.CreateDecoder().Decode(payload, pcm);
        _heard.AddRange(pcm);
        return true;
    }

    private void Send(RtpHeader header, ReadOnlySpan<byte> payload)
    {
        var datagram = new byte[RtpHeader.Size + payload.Length];
        header.Write(datagram);
        payload.CopyTo(datagram.AsSpan(RtpHeader.Size));
        _socket.SendTo(datagram, Leg.LocalRtp!);
    }
}
