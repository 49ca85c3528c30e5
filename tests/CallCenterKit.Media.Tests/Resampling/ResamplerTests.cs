using CallCenterKit.Media.Resampling;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Resampling;

public sealed class ResamplerTests
{
    private const double Amplitude = 16000;

    public static TheoryData<int, int> Rates { get; } = new()
    {
        { 8000, 16000 }, { 16000, 8000 }, { 8000, 48000 }, { 48000, 8000 }, { 16000, 48000 }, { 48000, 16000 },
        { 44100, 8000 }, { 11025, 16000 },
    };

    private static short[] Sine(double frequencyHz, int rateHz, int samples) =>
        [.. Enumerable.Range(0, samples).Select(i => (short)Math.Round(Amplitude * Math.Sin(2 * Math.PI * frequencyHz * i / rateHz)))];

    /// <summary>In frames of 20 ms, as calls are.</summary>
    private static short[] InFrames(Resampler resampler, ReadOnlySpan<short> pcm)
    {
        var result = new List<short>();
        var frame = new short[8192];
        for (; pcm.Length > 0; pcm = pcm[Math.Min(pcm.Length, resampler.FromHz / 50)..])
            result.AddRange(frame.AsSpan(0, resampler.Convert(pcm[..Math.Min(pcm.Length, resampler.FromHz / 50)], frame)).ToArray());
        return [.. result];
    }

    private static double Decibel(double amplitude) => 20 * Math.Log10(Math.Max(amplitude, 1e-9) / Amplitude);

    [Theory]
    [MemberData(nameof(Rates))]
    public void Tones_of_the_pass_band_keep_their_level(int fromHz, int toHz)
    {
        var lower = Math.Min(fromHz, toHz);
        for (var share = 1; share <= 14; share++)
        {
            var frequencyHz = lower * share / 32.0; // up to 7/16: 3.5 kHz of 8,000, 7 kHz of 16,000
            var heard = InFrames(new Resampler(fromHz, toHz), Sine(frequencyHz, fromHz, fromHz / 2)).AsSpan(toHz / 50);
            Assert.InRange(Decibel(Spectrum.LevelOf(heard, frequencyHz, toHz)), -0.1, 0.1);
        }
    }

    [Theory]
    [InlineData(16000, 8000)]
    [InlineData(48000, 8000)]
    [InlineData(48000, 16000)]
    [InlineData(44100, 8000)]
    public void What_the_lower_rate_cannot_hold_is_60_dB_down(int fromHz, int toHz)
    {
        for (var frequencyHz = toHz / 2.0; frequencyHz < fromHz / 2.0; frequencyHz += fromHz / 97.0)
        {
            var heard = InFrames(new Resampler(fromHz, toHz), Sine(frequencyHz, fromHz, fromHz / 2)).AsSpan(toHz / 50);
            Assert.True(Decibel(Loudest(heard)) < -60, $"{frequencyHz:F0} Hz is heard at {Decibel(Loudest(heard)):F1} dB");
        }
    }

    [Theory]
    [InlineData(8000, 16000)]
    [InlineData(8000, 48000)]
    [InlineData(16000, 48000)]
    public void Images_above_the_lower_rate_are_60_dB_down(int fromHz, int toHz)
    {
        for (var share = 1; share <= 31; share++)
        {
            var frequencyHz = fromHz * share / 64.0;
            var heard = InFrames(new Resampler(fromHz, toHz), Sine(frequencyHz, fromHz, fromHz / 2)).AsSpan(toHz / 50);
            for (var multiple = 1; multiple < toHz / fromHz; multiple++)
            {
                foreach (var image in new[] { (multiple * fromHz) - frequencyHz, (multiple * fromHz) + frequencyHz }.Where(image => image < toHz / 2.0))
                    Assert.True(Decibel(Spectrum.LevelOf(heard, image, toHz)) < -60, $"{frequencyHz} Hz leaves {image} Hz at {Decibel(Spectrum.LevelOf(heard, image, toHz)):F1} dB");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Lengths_add_up_exactly_and_pieces_leave_no_trace(int fromHz, int toHz)
    {
        var pcm = Sine(440, fromHz, 50_001);
        var whole = new short[(int)(((pcm.Length * (long)toHz) + fromHz - 1) / fromHz) + 10];
        var length = new Resampler(fromHz, toHz).Convert(pcm, whole);
        Assert.Equal(whole.Length - 10, length);

        var random = new Random(9);
        var pieces = new Resampler(fromHz, toHz);
        var heard = new short[whole.Length];
        var count = 0;
        for (var done = 0; done < pcm.Length;)
        {
            var piece = Math.Min(random.Next(0, 1300), pcm.Length - done);
            count += pieces.Convert(pcm.AsSpan(done, piece), heard.AsSpan(count));
            done += piece;
            Assert.Equal((int)(((done * (long)toHz) + fromHz - 1) / fromHz), count);
        }

        Assert.Equal(whole[..length], heard[..count]);
    }

    [Theory]
    [InlineData(8000, 16000, 4)]
    [InlineData(16000, 8000, 4)]
    [InlineData(8000, 48000, 4)]
    [InlineData(48000, 16000, 2)]
    [InlineData(16000, 48000, 2)]
    [InlineData(16000, 16000, 0)]
    public void The_sound_is_late_by_what_it_says(int fromHz, int toHz, int milliseconds)
    {
        var resampler = new Resampler(fromHz, toHz);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), resampler.Delay);

        var click = new short[fromHz / 10];
        click[fromHz / 50] = 30000;
        var heard = InFrames(resampler, click);
        Assert.Equal((toHz / 50) + (milliseconds * toHz / 1000), Array.IndexOf(heard, heard.Max()));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_whole_recording_is_neither_late_nor_cut_short(int fromHz, int toHz)
    {
        var pcm = new short[fromHz];
        pcm[fromHz / 2] = 20000;
        pcm.AsSpan(fromHz - (fromHz / 500)).Fill(20000);

        var heard = Resampler.ConvertWhole(pcm, fromHz, toHz);

        Assert.Equal(toHz, heard.Length);
        Assert.InRange(Array.IndexOf(heard, heard.AsSpan(0, toHz * 3 / 4).ToArray().Max()), (toHz / 2) - 1, (toHz / 2) + 1);
        Assert.True(heard.AsSpan(toHz - (toHz / 1000)).ToArray().Max() > 15000);
    }

    [Fact]
    public void Loud_signals_are_clipped_and_do_not_wrap()
    {
        var square = Enumerable.Range(0, 8000).Select(i => i / 40 % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();
        var heard = InFrames(new Resampler(8000, 16000), square);
        for (var i = 200; i < heard.Length - 200; i++)
        {
            if ((i - 64) % 80 is > 20 and < 60)
                Assert.InRange(heard[i] * ((i - 64) / 80 % 2 == 0 ? 1 : -1), 25000, 32768);
        }
    }

    [Fact]
    public void Silence_stays_silence_and_a_steady_level_stays_itself()
    {
        Assert.All(InFrames(new Resampler(8000, 48000), new short[1600]), sample => Assert.Equal(0, sample));
        Assert.All(InFrames(new Resampler(8000, 48000), [.. Enumerable.Repeat((short)12345, 1600)]).Skip(960), sample => Assert.InRange(sample, 12344, 12346));
    }

    [Fact]
    public void After_a_reset_nothing_of_before_is_heard()
    {
        var resampler = new Resampler(16000, 8000);
        var frame = new short[160];
        resampler.Convert(Sine(440, 16000, 321), frame);
        resampler.Reset();
        Assert.Equal(160, resampler.Convert(new short[320], frame));
        Assert.All(frame, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void What_does_not_fit_is_lost_and_the_stream_goes_on()
    {
        var resampler = new Resampler(8000, 16000);
        Assert.Equal(100, resampler.Convert(new short[160], new short[100]));
        Assert.Equal(320, resampler.Convert(new short[160], new short[400]));
        Assert.Equal(100, new Resampler(8000, 8000).Convert(new short[160], new short[100]));
    }

    [Theory]
    [InlineData(7999, 8000)]
    [InlineData(8000, 48001)]
    public void Rates_out_of_range_are_refused(int fromHz, int toHz) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(fromHz, toHz));

    [Fact]
    public void Converting_allocates_nothing()
    {
        var resampler = new Resampler(8000, 16000);
        var (pcm, result) = (new short[160], new short[320]);
        resampler.Convert(pcm, result);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            resampler.Convert(pcm, result);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double Loudest(ReadOnlySpan<short> pcm)
    {
        var loudest = 0;
        foreach (var sample in pcm)
            loudest = Math.Max(loudest, Math.Abs((int)sample));
        return loudest;
    }
}
