using BenchmarkDotNet.Attributes;
using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Benchmarks.Media;

/// <summary>What 20 ms of one direction of a call cost: coding and decoding.</summary>
[MemoryDiagnoser]
public class CodecBenchmark
{
    private readonly short[] _pcm = Voice.Samples(320);
    private readonly byte[] _payload = new byte[640];
    private readonly short[] _heard = new short[320];
    private AudioEncoder _encoder = null!;
    private AudioDecoder _decoder = null!;
    private int _samples;
    private int _bytes;

    /// <summary>As configuration names it.</summary>
    [Params("PCMA", "PCMU", "G722", "L16", "L16/16000")]
    public string Codec { get; set; } = "PCMA";

    [GlobalSetup]
    public void Setup()
    {
        var codec = AudioCodecs.Find(Codec)!;
        (_encoder, _decoder) = (codec.CreateEncoder(), codec.CreateDecoder());
        _samples = codec.SampleRateHz / 50;
        _bytes = Encode();
    }

    [Benchmark]
    public int Encode() => _encoder.Encode(_pcm.AsSpan(0, _samples), _payload);

    [Benchmark]
    public int Decode() => _decoder.Decode(_payload.AsSpan(0, _bytes), _heard);
}
