using BenchmarkDotNet.Attributes;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Resampling;

namespace CallCenterKit.Benchmarks.Media;

/// <summary>What 20 ms of one direction of a call cost: coding, decoding, and changing the sample rate.</summary>
[MemoryDiagnoser]
public class CodecBenchmark
{
    private readonly short[] _pcm = new short[320];
    private readonly byte[] _payload = new byte[640];
    private readonly short[] _heard = new short[960];
    private readonly Resampler _up = new(8000, 16000), _down = new(16000, 8000), _fullBand = new(8000, 48000);
    private AudioEncoder _encoder = null!;
    private AudioDecoder _decoder = null!;
    private int _samples;
    private int _bytes;

    /// <summary>As configuration names it.</summary>
    [Params("PCMA", "G722", "L16/16000")]
    public string Codec { get; set; } = "PCMA";

    [GlobalSetup]
    public void Setup()
    {
        var codec = AudioCodecs.Find(Codec)!;
        (_encoder, _decoder) = (codec.CreateEncoder(), codec.CreateDecoder());
        for (var i = 0; i < _pcm.Length; i++)
            _pcm[i] = (short)((8000 * Math.Sin(i * 0.17)) + (3000 * Math.Sin(i * 0.71)));
        _samples = codec.SampleRateHz / 50;
        _bytes = Encode();
    }

    [Benchmark]
    public int Encode() => _encoder.Encode(_pcm.AsSpan(0, _samples), _payload);

    [Benchmark]
    public int Decode() => _decoder.Decode(_payload.AsSpan(0, _bytes), _heard);

    /// <summary>8,000 to 16,000 samples per second, whatever the codec.</summary>
    [Benchmark]
    public int WidenSamples() => _up.Convert(_pcm.AsSpan(0, 160), _heard);

    /// <summary>16,000 to 8,000.</summary>
    [Benchmark]
    public int NarrowSamples() => _down.Convert(_pcm, _heard);

    /// <summary>8,000 to 48,000.</summary>
    [Benchmark]
    public int WidenToFullBand() => _fullBand.Convert(_pcm.AsSpan(0, 160), _heard);
}
