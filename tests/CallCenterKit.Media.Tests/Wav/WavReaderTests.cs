using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Wav;

public sealed class WavReaderTests
{
    private static readonly byte[] Pcm16Mono = WavBytes.Chunk("fmt ", WavBytes.Format(1, 1, 8000, 16));

    private static WavAudio Read(byte[] file)
    {
        Assert.True(WavReader.TryRead(file, out var audio, out var problem), problem);
        return audio;
    }

    private static string Problem(byte[] file)
    {
        Assert.False(WavReader.TryRead(file, out _, out var problem));
        return problem;
    }

    [Fact]
    public void Linear_mono_samples_are_read()
    {
        var audio = Read(WavBytes.File(Pcm16Mono, WavBytes.Chunk("data", WavBytes.Pcm(1, -2, 32767, -32768))));

        Assert.Equal([1, -2, 32767, -32768], audio.ToMono());
        Assert.Equal((WavEncoding.Pcm16, 1, 4, 8000), (audio.Encoding, audio.Channels, audio.Length, audio.SampleRateHz));
        Assert.Equal(TimeSpan.FromMilliseconds(0.5), audio.Duration);
    }

    [Fact]
    public void Each_sample_of_8_kHz_plays_125_microseconds_exactly()
    {
        for (var samples = 0; samples <= 200; samples++)
        {
            var audio = Read(WavBytes.File(Pcm16Mono, WavBytes.Chunk("data", WavBytes.Pcm(new short[samples]))));
            Assert.Equal(TimeSpan.FromMicroseconds(125L * samples), audio.Duration);
        }
    }

    [Fact]
    public void Channels_are_read_apart_or_mixed()
    {
        var samples = new short[1000];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(i % 2 == 0 ? i : -4 * i);
        var audio = Read(WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format(1, 2, 8000, 16)), WavBytes.Chunk("data", WavBytes.Pcm(samples))));
        var right = new short[3];

        Assert.Equal(3, audio.ReadChannel(1, 10, right));

        Assert.Equal([samples[21], samples[23], samples[25]], right);
        Assert.Equal(0, audio.ReadChannel(1, 500, right));
        Assert.Equal(500, audio.Length);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (short)((samples[2 * i] + samples[(2 * i) + 1]) / 2)), audio.ToMono());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void G711_samples_are_expanded(int tag)
    {
        byte[] codes = [0x00, 0x55, 0x80, 0xD5, 0xFF, 0x2A];
        var expected = new short[codes.Length];
        _ = tag == 6 ? G711.DecodeALaw(codes, expected) : G711.DecodeMuLaw(codes, expected);

        var mono = Read(WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format(tag, 1, 8000, 8, 2)), WavBytes.Chunk("fact", new byte[4]), WavBytes.Chunk("data", codes)));
        var stereo = Read(WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format(tag, 2, 8000, 8)), WavBytes.Chunk("data", codes)));
        var right = new short[9];

        Assert.Equal(expected, mono.ToMono());
        Assert.Equal(codes, mono.Data.ToArray());
        Assert.Equal(3, stereo.ReadChannel(1, 0, right));
        Assert.Equal([expected[1], expected[3], expected[5]], right[..3]);
    }

    [Fact]
    public void Unknown_chunks_before_between_and_after_are_skipped()
    {
        var file = WavBytes.File(
            WavBytes.Chunk("LIST", new byte[5]), Pcm16Mono, WavBytes.Chunk("cue ", new byte[12]),
            WavBytes.Chunk("data", WavBytes.Pcm(7)), WavBytes.Chunk("LIST", new byte[6]));
        Assert.Equal([7], Read(file).ToMono());
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(100u)]
    public void A_length_that_was_never_filled_in_means_to_the_end(uint length)
    {
        byte[] file = [.. WavBytes.File(Pcm16Mono, WavBytes.Chunk("data", [], length)), .. WavBytes.Pcm(1, 2, 3), 9];
        Assert.Equal([1, 2, 3], Read(file).ToMono());
    }

    [Fact]
    public void A_closed_file_without_samples_is_empty_whatever_follows()
    {
        var file = WavBytes.File(Pcm16Mono, WavBytes.Chunk("data", []), WavBytes.Chunk("LIST", new byte[6]));
        Assert.Equal(0, Read(file).Length);
    }

    [Fact]
    public void The_extensible_format_is_what_its_sub_format_says()
    {
        var format = WavBytes.Format(0xFFFE, 1, 8000, 16, extraBytes: 24);
        format[24] = 1;
        Assert.Equal([5], Read(WavBytes.File(WavBytes.Chunk("fmt ", format), WavBytes.Chunk("data", WavBytes.Pcm(5)))).ToMono());
    }

    [Theory]
    [InlineData(1, 1, 96000, 16, "its sample rate is 96000 Hz; allowed are 8000 to 48000 Hz.")]
    [InlineData(1, 1, 7999, 16, "its sample rate is 7999 Hz; allowed are 8000 to 48000 Hz.")]
    [InlineData(1, 3, 8000, 16, "it has 3 channels; allowed are 1 and 2.")]
    [InlineData(1, 1, 8000, 24, "it has 24 bits per sample; allowed for format 1 are 16.")]
    [InlineData(7, 1, 8000, 16, "it has 16 bits per sample; allowed for format 7 are 8.")]
    [InlineData(85, 1, 8000, 16, "its format is 85; allowed are 1 (PCM), 6 (A-law) and 7 (µ-law).")]
    public void A_file_of_another_kind_says_what_it_is_and_what_is_allowed(int tag, int channels, int rateHz, int bits, string problem) =>
        Assert.Equal(problem, Problem(WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format(tag, channels, rateHz, bits)), WavBytes.Chunk("data", new byte[48]))));

    [Theory]
    [InlineData(8000)]
    [InlineData(44100)]
    [InlineData(48000)]
    public void A_file_tells_its_own_rate(int rateHz)
    {
        var audio = Read(WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format(1, 1, rateHz, 16)), WavBytes.Chunk("data", new byte[rateHz])));
        Assert.Equal((rateHz, TimeSpan.FromSeconds(0.5)), (audio.SampleRateHz, audio.Duration));
    }

    [Fact]
    public void What_is_no_sound_file_says_so()
    {
        Assert.Contains("no WAV file", Problem("ID3 something else"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("data chunk", Problem(WavBytes.File(Pcm16Mono)), StringComparison.Ordinal);
        Assert.Contains("format chunk", Problem(WavBytes.File(WavBytes.Chunk("data", new byte[8]))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_file_that_can_not_be_used_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".wav");
        File.WriteAllBytes(path, WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format(1, 1, 6000, 16)), WavBytes.Chunk("data", new byte[8])));
        try
        {
            var failure = Assert.Throws<InvalidDataException>(() => WavReader.Load(path));
            Assert.Equal($"The sound file '{path}' can't be used: its sample rate is 6000 Hz; allowed are 8000 to 48000 Hz.", failure.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Damaged_files_never_throw()
    {
        var random = new Random(44);
        var whole = WavBytes.File(WavBytes.Chunk("LIST", new byte[5]), WavBytes.Chunk("fmt ", WavBytes.Format(6, 2, 8000, 8)), WavBytes.Chunk("data", new byte[64]));
        var accepted = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var file = whole.AsSpan(0, random.Next(whole.Length + 1)).ToArray();
            for (var hits = random.Next(4); hits > 0 && file.Length > 0; hits--)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            if (!WavReader.TryRead(file, out var audio, out _))
                continue;
            accepted++;
            Assert.Equal(audio.Length, audio.ToMono().Length);
        }

        Assert.NotEqual(0, accepted);
    }
}
