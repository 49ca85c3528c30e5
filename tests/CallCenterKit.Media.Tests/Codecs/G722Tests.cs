using System.Security.Cryptography;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Codecs;

public sealed class G722Tests
{
    private const int FrameSamples = 320, FrameBytes = 160;

    private readonly AudioEncoder _encoder = AudioCodecs.G722.CreateEncoder();
    private readonly AudioDecoder _decoder = AudioCodecs.G722.CreateDecoder();

    private byte[] Encode(ReadOnlySpan<short> pcm)
    {
        var payload = new byte[pcm.Length / 2];
        Assert.Equal(payload.Length, _encoder.Encode(pcm, payload));
        return payload;
    }

    private short[] Decode(ReadOnlySpan<byte> payload)
    {
        var pcm = new short[2 * payload.Length];
        Assert.Equal(pcm.Length, _decoder.Decode(payload, pcm));
        return pcm;
    }

    [Fact]
    public void The_rtp_clock_runs_at_half_the_sample_rate()
    {
        var codec = AudioCodecs.G722;
        Assert.Equal(("G722", 9, 16000, 8000), (codec.Name, codec.StaticPayloadType, codec.SampleRateHz, codec.RtpClockRateHz));
        Assert.Equal("G722/8000", codec.ToString());
    }

    // What ffmpeg makes of the same signals: the interop test compares byte by byte, this one where ffmpeg is missing.
    [Theory]
    [InlineData("noise", "4279a23ca6401883", "84ec60a180083f56")]
    [InlineData("bursts", "6728dc815b57e212", "7b37278eebb37839")]
    [InlineData("square", "3fbab53ee3dfd36c", "f0a68190e3d8b4e7")]
    [InlineData("loud noise", "e0cce823b18f510b", "879dc75f244c15b6")]
    public void Known_signals_become_known_codes_and_samples(string signal, string codes, string samples)
    {
        var payload = Encode(WideSignals.Make(signal));
        Assert.Equal((codes, samples), (Hash(payload), Hash(OtherProgram.Bytes(Decode(payload)))));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(3400)]
    [InlineData(6000)]
    public void Tones_up_to_7_kHz_come_through(int frequencyHz)
    {
        var pcm = Sine(frequencyHz, 8000, 16000);
        var heard = Decode(Encode(pcm)).AsSpan(1600);
        Assert.InRange(Spectrum.LevelOf(heard, frequencyHz, 16000), 7500, 8500);
    }

    [Fact]
    public void Speech_is_coded_with_little_noise()
    {
        var pcm = WideSignals.Make("voice");
        var heard = Decode(Encode(pcm));
        const int Delay = 22;                   // of the two filters
        double signal = 0, noise = 0;
        for (var i = Delay; i < pcm.Length; i++)
        {
            signal += (double)pcm[i - Delay] * pcm[i - Delay];
            noise += Math.Pow(heard[i] - pcm[i - Delay], 2);
        }

        Assert.True(10 * Math.Log10(signal / noise) > 20, $"signal to noise is {10 * Math.Log10(signal / noise):F1} dB");
    }

    [Fact]
    public void Pieces_of_any_length_make_the_same_stream()
    {
        var pcm = WideSignals.Make("voice", 6400);
        var whole = Encode(pcm);
        using var encoder = AudioCodecs.G722.CreateEncoder();
        using var decoder = AudioCodecs.G722.CreateDecoder();
        var payload = new byte[whole.Length];
        var heard = new short[pcm.Length];
        var random = new Random(5);
        for (var done = 0; done < payload.Length;)
        {
            var piece = Math.Min(random.Next(1, 700), payload.Length - done);
            encoder.Encode(pcm.AsSpan(2 * done, 2 * piece), payload.AsSpan(done));
            decoder.Decode(payload.AsSpan(done, piece), heard.AsSpan(2 * done));
            done += piece;
        }

        Assert.Equal(whole, payload);
        Assert.Equal(Decode(whole), heard);
    }

    [Fact]
    public void Coders_stop_where_the_shorter_span_ends()
    {
        Assert.Equal(1, _encoder.Encode(new short[3], new byte[9]));
        Assert.Equal(2, _encoder.Encode(new short[320], new byte[2]));
        Assert.Equal(2, _decoder.Decode(new byte[160], new short[3]));
        Assert.Equal(0, _decoder.Decode([], new short[3]));
    }

    // Silence is one encoded frame again and again, and follows whatever was said before.
    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(3000)]
    [InlineData(6000)]
    public void Repeated_silence_is_68_dB_down_soon_after_a_loud_tone(int frequencyHz)
    {
        var silence = new Prompt(new short[160], 8000).For(AudioCodecs.G722);
        Decode(Encode(Sine(frequencyHz, 16000, 16000)));
        for (var i = 0; i < 10; i++)
            Decode(silence.Frame(0));
        for (var i = 0; i < 20; i++)
        {
            var power = Decode(silence.Frame(0)).Average(sample => (double)sample * sample);
            Assert.True(10 * Math.Log10(2 * power / (32768.0 * 32768.0)) < -68);
        }
    }

    [Fact]
    public void Coding_allocates_nothing()
    {
        var pcm = WideSignals.Make("voice", FrameSamples);
        var payload = new byte[FrameBytes];
        _encoder.Encode(pcm, payload);
        _decoder.Decode(payload, pcm);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _encoder.Encode(pcm, payload);
            _decoder.Decode(payload, pcm);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static short[] Sine(double frequencyHz, double amplitude, int samples) =>
        [.. Enumerable.Range(0, samples).Select(i => (short)(amplitude * Math.Sin(2 * Math.PI * frequencyHz * i / 16000)))];

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
}
