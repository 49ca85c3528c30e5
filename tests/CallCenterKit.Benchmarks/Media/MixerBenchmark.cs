using System.Net;
using BenchmarkDotNet.Attributes;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Benchmarks.Media;

/// <summary>One frame of 20 ms of one bridge whose parties all talk: received, decoded, summed, limited, encoded, sent. By party, that is divided by their number.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // the engine is disposed by the cleanup of the benchmark
public class MixerBenchmark
#pragma warning restore CA1001
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Ports _ports = new();
    private MediaEngine _engine = null!;
    private AudioBridge _bridge = null!;
    private DateTimeOffset _now = Start;

    [Params(2, 3, 5, 10, 30)]
    public int Parties { get; set; }

    [GlobalSetup]
    public void Connect()
    {
        _engine = new(new() { BindAddress = "127.0.0.1", Threads = 0, Seed = 1 }, new StandingTime(), NullLogger<MediaEngine>.Instance, _ports, alarm: null);
        _bridge = _engine.CreateBridge();
        for (var i = 0; i < Parties; i++)
        {
            // Two of one codec would be relayed.
            var codec = i % 2 == 0 ? AudioCodecs.Pcma : AudioCodecs.Pcmu;
            var leg = _engine.CreateLeg(new Deaf());
            leg.Open();
            var remote = new IPEndPoint(IPAddress.Parse("198.51.100.1"), 4000 + (10 * i));
            leg.Apply(new NegotiatedMedia
            {
                RemoteRtp = remote,
                RemoteRtcp = new(remote.Address, remote.Port + 1),
                Codec = codec,
                PayloadType = codec.StaticPayloadType!.Value,
                ReceivePayloadType = codec.StaticPayloadType!.Value,
                ReceiveFormats = [new(codec.StaticPayloadType!.Value, codec)],
                Direction = MediaDirection.SendReceive,
            });
            _ports.Talkers[i].Talk(codec, remote.Serialize());
            _bridge.Add(leg, new BridgeRole.Member());
        }
        for (var i = 0; i < 100; i++)
            MixFrame();
    }

    [GlobalCleanup]
    public void Close()
    {
        _bridge.Dispose();
        _engine.Dispose();
    }

    [Benchmark]
    public void MixFrame()
    {
        foreach (var talker in _ports.Talkers)
            talker.HasPacket = true;
        _now += TimeSpan.FromMilliseconds(20);
        _engine.RunOnce(_now);
    }

    private sealed class StandingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Start;

        public override long GetTimestamp() => 0;
    }

    private sealed class Deaf : IMediaLegSink
    {
        public void OnDigit(char digit, TimeSpan duration)
        {
        }

        public void OnPlaybackEnded(PlaybackSession playback, PlaybackEnd end)
        {
        }

        public void OnMediaTimeout(TimeSpan silentFor)
        {
        }
    }

    private sealed class Ports : IRtpTransportFactory
    {
        public List<Talker> Talkers { get; } = [];

        public RtpTransportPair? Open(IPEndPoint rtp)
        {
            Talkers.Add(new(rtp));
            return new(Talkers[^1], new Talker(new(rtp.Address, rtp.Port + 1)));
        }
    }

    /// <summary>A port at whose other end somebody says one packet each frame.</summary>
    private sealed class Talker(IPEndPoint local) : IRtpTransport
    {
        private readonly byte[] _payload = new byte[160];
        private byte _payloadType;
        private SocketAddress? _from;
        private ushort _sequence;

        public IPEndPoint LocalEndPoint { get; } = local;

        public bool HasPacket { get; set; }

        public void Talk(AudioCodec codec, SocketAddress from)
        {
            (_payloadType, _from) = ((byte)codec.StaticPayloadType!.Value, from);
            codec.CreateEncoder().Encode([.. Enumerable.Range(0, 160).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * i / 20)))], _payload);
        }

        public int Receive(Span<byte> buffer, SocketAddress from)
        {
            if (!HasPacket || _from is null)
                return -1;
            HasPacket = false;
            new RtpHeader(_payloadType, false, ++_sequence, (uint)(_sequence * 160), 7).Write(buffer);
            _payload.CopyTo(buffer[RtpHeader.Size..]);
            _from.Buffer.Span[.._from.Size].CopyTo(from.Buffer.Span);
            return RtpHeader.Size + _payload.Length;
        }

        public int Send(ReadOnlySpan<byte> datagram, SocketAddress to) => datagram.Length;

        public void Dispose()
        {
        }
    }
}
