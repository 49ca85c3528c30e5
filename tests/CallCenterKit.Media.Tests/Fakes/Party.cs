using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>A leg of a stepped engine, and the phone at the other end of it.</summary>
internal sealed class Party
{
    public const int TelephoneEvent = 101;

    private readonly AudioEncoder _encoder;
    private readonly AudioDecoder _decoder;
    private int _saidSamples;
    private readonly List<SentPacket> _read = [];
    private int _readDatagrams;
    private SrtpParameters? _keys;

    public Party(MediaEngine engine, FakeTransports transports, AudioCodec codec, IPEndPoint remote)
    {
        Codec = codec;
        Remote = remote;
        From = remote.Serialize();
        _encoder = codec.CreateEncoder();
        _decoder = codec.CreateDecoder();
        Leg = engine.CreateLeg(Sink);
        Leg.Open();
        Rtp = transports.Rtp[^1];
        Rtcp = transports.Rtcp[^1];
    }

    public AudioCodec Codec { get; }

    public IPEndPoint Remote { get; }

    public SocketAddress From { get; set; }

    public FakeSink Sink { get; } = new();

    public MediaLeg Leg { get; }

    public FakeTransport Rtp { get; }

    public FakeTransport Rtcp { get; }

    public uint Ssrc { get; set; } = 0x1234;

    public ushort Sequence { get; set; } = 100;

    public uint Timestamp { get; set; } = 5000;

    /// <summary>The phone's own side of the encryption; null on a plain leg.</summary>
    public SrtpSender? Protect { get; private set; }

    /// <summary>The phone's own side of the encryption; null on a plain leg.</summary>
    public SrtpReceiver? Unprotect { get; private set; }

    /// <summary>What the phone was sent, readable; on an encrypted leg a packet that is not authentic fails the test.</summary>
    public IEnumerable<SentPacket> Sent => Unprotect is null ? Rtp.Sent.Select(SentPacket.Read) : Read();

    public IEnumerable<SentPacket> SentAudio => Sent.Where(packet => packet.Header.PayloadType == Codec.StaticPayloadType);

    public IEnumerable<SentPacket> SentEvents => Sent.Where(packet => packet.Header.PayloadType == TelephoneEvent);

    public NegotiatedMedia Negotiated(MediaDirection direction = MediaDirection.SendReceive) => new()
    {
        RemoteRtp = Remote,
        RemoteRtcp = new IPEndPoint(Remote.Address, Remote.Port + 1),
        Codec = Codec,
        PayloadType = Codec.StaticPayloadType!.Value,
        ReceivePayloadType = Codec.StaticPayloadType!.Value,
        ReceiveFormats = [new ReceiveFormat(Codec.StaticPayloadType!.Value, Codec)],
        TelephoneEventPayloadType = TelephoneEvent,
        ReceiveTelephoneEventPayloadType = TelephoneEvent,
        Direction = direction,
        Srtp = _keys,
    };

    /// <summary>From now on the phone encrypts, under new keys of its own and of the leg.</summary>
    public void Encrypt(SrtpSuite suite) => Use(new SrtpParameters(SrtpKey.Draw(suite), SrtpKey.Draw(suite)));

    public void Use(SrtpParameters? keys)
    {
        _keys = keys;
        Protect = keys is null ? null : new SrtpSender(keys.Remote);
        Unprotect = keys is null ? null : new SrtpReceiver(keys.Local);
    }

    /// <summary>What the leg was sent since <see cref="Forget"/>, decoded.</summary>
    public short[] Heard()
    {
        var pcm = new List<short>();
        var frame = new short[2048];
        foreach (var packet in SentAudio)
            pcm.AddRange(frame.AsSpan(0, _decoder.Decode(packet.Payload, frame)).ToArray());
        return [.. pcm];
    }

    public void Forget()
    {
        _ = Unprotect is null ? 0 : Read().Count;             // counts along, as a phone would
        Rtp.Sent.Clear();
        _read.Clear();
        _readDatagrams = 0;
    }

    /// <summary>Says 20 ms of a sine that goes on where it was.</summary>
    public byte[] Say(int frequencyHz, int amplitude = 8000)
    {
        var payload = new byte[320];
        var length = _encoder.Encode(Tone.Sine(frequencyHz, _saidSamples, Tone.FrameSamples, amplitude), payload);
        _saidSamples += Tone.FrameSamples;
        return SayPayload(payload.AsSpan(0, length));
    }

    public byte[] SayPayload(ReadOnlySpan<byte> payload)
    {
        Arrive(new RtpHeader((byte)Codec.StaticPayloadType!.Value, false, Sequence++, Timestamp, Ssrc), payload);
        Timestamp += Tone.FrameSamples;
        return payload.ToArray();
    }

    /// <summary>Twenty milliseconds that got lost on the way.</summary>
    public void SayLost()
    {
        Sequence++;
        Timestamp += Tone.FrameSamples;
        _saidSamples += Tone.FrameSamples;
    }

    /// <summary>All packets of a key press of 100 ms, at once.</summary>
    public void Press(char digit)
    {
        Assert.True(TelephoneEventPayload.TryGetEvent(digit, out var code));
        for (var i = 1; i <= 7; i++)
        {
            var payload = new byte[TelephoneEventPayload.Size];
            new TelephoneEventPayload(code, End: i >= 5, 10, (ushort)(Math.Min(i, 5) * 160)).Write(payload);
            Arrive(new RtpHeader(TelephoneEvent, i == 1, Sequence++, Timestamp, Ssrc), payload);
        }

        Timestamp += 7 * Tone.FrameSamples;
    }

    public void Arrive(RtpHeader header, ReadOnlySpan<byte> payload)
    {
        var datagram = new byte[RtpHeader.Size + payload.Length];
        header.Write(datagram);
        payload.CopyTo(datagram.AsSpan(RtpHeader.Size));
        if (Protect is not null)
        {
            var output = new byte[datagram.Length + SrtpCipher.MaxGrowth];
            Assert.True(Protect.TryProtectRtp(datagram, output, out var length));
            datagram = output[..length];
        }

        Rtp.Arrive(datagram, From);
    }

    private List<SentPacket> Read()
    {
        for (; _readDatagrams < Rtp.Sent.Count; _readDatagrams++)
        {
            var (datagram, to) = Rtp.Sent[_readDatagrams];
            var copy = datagram.ToArray();
            Assert.Equal(SrtpVerdict.Authentic, Unprotect!.UnprotectRtp(copy, out var length));
            _read.Add(SentPacket.Read((copy[..length], to)));
        }

        return _read;
    }
}
