using BenchmarkDotNet.Attributes;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Benchmarks.Media;

/// <summary>A packet of G.711 encrypted, and the same made readable again: what an encrypted leg adds to each packet.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // disposed by the cleanup of the benchmark
public class SrtpBenchmark
#pragma warning restore CA1001
{
    private readonly byte[] _packet = new byte[RtpHeader.Size + 160];
    private readonly byte[] _protected = new byte[RtpHeader.Size + 160 + SrtpCipher.MaxGrowth];
    private SrtpSender _sender = null!;
    private SrtpReceiver _receiver = null!;
    private ushort _sequence;

    /// <summary>By the name SDP has for it.</summary>
    [Params("AES_CM_128_HMAC_SHA1_80", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM")]
    public string Suite { get; set; } = "AES_CM_128_HMAC_SHA1_80";

    [GlobalSetup]
    public void Setup()
    {
        var key = SrtpKey.Draw(SrtpSuiteExtensions.Preferred.First(suite => suite.Name() == Suite));
        (_sender, _receiver) = (new SrtpSender(key), new SrtpReceiver(key));
    }

    [GlobalCleanup]
    public void Close()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    /// <summary>The sending side alone.</summary>
    [Benchmark(Baseline = true)]
    public int Protect()
    {
        new RtpHeader(8, false, ++_sequence, 0, 7).Write(_packet);
        _sender.TryProtectRtp(_packet, _protected, out var length);
        return length;
    }

    /// <summary>Both: a number is taken once only, so that unprotecting can't be repeated without it.</summary>
    [Benchmark]
    public int ProtectAndUnprotect()
    {
        var length = Protect();
        if (_receiver.UnprotectRtp(_protected.AsSpan(0, length), out var plain) != SrtpVerdict.Authentic)
            throw new InvalidOperationException("The packet is not authentic.");
        return plain;
    }
}
