using BenchmarkDotNet.Attributes;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Jitter;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Benchmarks.Media;

/// <summary>20 ms of one direction through the jitter buffer: a packet put in, decoded, and a frame taken out.</summary>
[MemoryDiagnoser]
public class JitterBufferBenchmark
{
    private const long FrameTicks = 20 * TimeSpan.TicksPerMillisecond;

    private readonly short[] _frame = new short[320];
    private readonly byte[] _payload = new byte[160];
    private JitterBuffer _buffer = null!;
    private int _samples;
    private uint _number;

    /// <summary>As configuration names it.</summary>
    [Params("PCMA", "G722")]
    public string Codec { get; set; } = "PCMA";

    /// <summary>One packet of so many is lost and concealed; 0: none.</summary>
    [Params(0, 20)]
    public int LossOneOf { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var codec = AudioCodecs.Find(Codec)!;
        _samples = codec.SampleRateHz / 50;
        codec.CreateEncoder().Encode(Voice.Samples(_samples), _payload);
        _buffer = new JitterBuffer(codec);
        for (var i = 0; i < 200; i++)
            PutAndGet();
    }

    [Benchmark]
    public void PutAndGet()
    {
        var number = _number++;
        var now = number * FrameTicks;
        if (LossOneOf == 0 || number % LossOneOf != 0)
            _buffer.Write(new RtpHeader(0, false, (ushort)number, number * 160, 7), _payload, now + (number % 3 * TimeSpan.TicksPerMillisecond));
        _buffer.Read(_frame.AsSpan(0, _samples), now + (FrameTicks / 2));
    }
}
