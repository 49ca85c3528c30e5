using BenchmarkDotNet.Attributes;
using CallCenterKit.Media.Resampling;

namespace CallCenterKit.Benchmarks.Media;

/// <summary>20 ms brought from one sample rate to another.</summary>
[MemoryDiagnoser]
public class ResamplerBenchmark
{
    private readonly short[] _converted = new short[960];
    private short[] _pcm = [];
    private Resampler _resampler = null!;

    /// <summary>Samples per second, from and to.</summary>
    [Params("8000-16000", "16000-8000", "8000-48000", "48000-8000", "16000-48000", "48000-16000")]
    public string Rates { get; set; } = "8000-16000";

    [GlobalSetup]
    public void Setup()
    {
        var rates = Rates.Split('-').Select(rate => int.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        _pcm = Voice.Samples(rates[0] / 50);
        _resampler = new Resampler(rates[0], rates[1]);
    }

    [Benchmark]
    public int Convert() => _resampler.Convert(_pcm, _converted);
}
