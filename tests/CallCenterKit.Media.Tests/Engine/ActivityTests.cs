using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Engine;

/// <summary>Whether the party of a leg speaks.</summary>
public sealed class ActivityTests : IDisposable
{
    private readonly SteppedMedia _media = new();
    private readonly Party _party;
    private readonly AudioEncoder _encoder = AudioCodecs.Pcma.CreateEncoder();
    private readonly List<bool> _told = [];

    public ActivityTests() => _party = _media.Connect();

    [Fact]
    public void Silence_is_told_when_it_has_lasted_and_once()
    {
        Watch(speech: false, seconds: 1);

        _media.Step(49, _ => Say(0));
        Assert.Empty(_told);
        _media.Step(100, _ => Say(0));
        Assert.Equal([true], _told);
    }

    [Fact]
    public void Packets_that_do_not_come_are_silence()
    {
        Watch(speech: false, seconds: 1);

        _media.Step(51);

        Assert.Equal([true], _told);
    }

    [Fact]
    public void Speech_begins_the_silence_anew()
    {
        Watch(speech: false, seconds: 1);
        _media.Step(40, _ => Say(0));
        _media.Step(10, _ => Say(8_000));
        _media.Step(48, _ => Say(0));
        Assert.Empty(_told);

        _media.Step(3, _ => Say(0));
        Assert.Equal([true], _told);
    }

    [Fact]
    public void A_click_does_not_break_a_silence()
    {
        Watch(speech: false, seconds: 1);

        _media.Step(51, frame => Say(frame is 20 or 21 ? 8_000 : 0));

        Assert.Equal([true], _told);
    }

    [Fact]
    public void Speech_is_told_when_it_has_lasted_with_its_short_pauses()
    {
        Watch(speech: true, seconds: 1);
        _media.Step(50, _ => Say(0));
        _media.Step(49, frame => Say(frame % 10 < 5 ? 8_000 : 0));
        Assert.Empty(_told);

        _media.Step(3, _ => Say(8_000));
        Assert.Equal([true], _told);
    }

    [Fact]
    public void A_long_pause_ends_speech()
    {
        Watch(speech: true, seconds: 1);

        _media.Step(300, frame => Say(frame % 40 < 25 ? 8_000 : 0));

        Assert.Empty(_told);
    }

    [Fact]
    public void Noise_of_the_line_is_no_speech()
    {
        Watch(speech: true, seconds: 0.5);

        _media.Step(100, _ => Say(200)); // -47 dBFS

        Assert.Empty(_told);
    }

    [Fact]
    public void A_noise_that_stays_is_silence_in_the_end()
    {
        Watch(speech: false, seconds: 1);

        _media.Step(10 * 50, _ => Say(1_000)); // -33 dBFS
        Assert.Empty(_told);
        _media.Step(30 * 50, _ => Say(1_000));
        Assert.Equal([true], _told);
    }

    [Fact]
    public void Whoever_waits_no_longer_is_told_so_and_nothing_more_is_decoded()
    {
        var watch = Watch(speech: false, seconds: 1);
        _media.Step(10, _ => Say(0));

        watch.Dispose();
        _media.Step(100, _ => Say(0));
        watch.Dispose();
        _media.Run();

        Assert.Equal([false], _told);
    }

    [Fact]
    public void The_end_of_the_leg_ends_the_wait_also_of_one_who_comes_later()
    {
        Watch(speech: true, seconds: 1);
        _media.Step(2);
        _party.Leg.Dispose();
        _media.Run();
        Watch(speech: true, seconds: 1);
        _media.Run();

        Assert.Equal([false, false], _told);
    }

    [Fact]
    public void Judging_what_comes_allocates_nothing()
    {
        var payload = new byte[160];
        var meter = new ActivityMeter();
        meter.Add(new(_party.Leg, true, TimeSpan.FromHours(1), _told.Add));
        var scratch = new MixerScratch();
        meter.OnAudio(AudioCodecs.Pcma, payload, scratch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            meter.OnAudio(AudioCodecs.Pcma, payload, scratch);
            meter.Tick();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_601)]
    public void A_length_out_of_range_is_refused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Watch(speech: true, seconds));

    public void Dispose()
    {
        _encoder.Dispose();
        _media.Dispose();
    }

    private ActivityWatch Watch(bool speech, double seconds) => _party.Leg.Watch(speech, TimeSpan.FromSeconds(seconds), _told.Add);

    private void Say(int amplitude)
    {
        Span<byte> payload = stackalloc byte[160];
        _encoder.Encode(Tone.Sine(500, 0, Tone.FrameSamples, amplitude), payload);
        _party.SayPayload(payload);
    }
}
