using System.Runtime.InteropServices;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Playback;

/// <summary>Sound from streams and generators, and the tones of other countries.</summary>
public sealed class SourceTests : IDisposable
{
    private readonly SteppedMedia _media = new(options => options.SendSilenceWhenIdle = false);

    [Fact]
    public async Task A_stream_is_played_to_its_end_and_disposed()
    {
        var party = _media.Connect();
        var stream = new MemoryStream(MemoryMarshal.AsBytes(Tone.Sine(500, 0, 25 * 160).AsSpan()).ToArray());
        var session = party.Leg.Play(new PlayList([new PlayItem.Stream(stream)]));
        _media.Step(27);

        Assert.Equal(new PlaybackEnd(PlaybackOutcome.Finished, TimeSpan.FromMilliseconds(500)), await session.Completed);
        Assert.True(Tone.Has(party.Heard(), 500));
        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task A_stream_that_fails_ends_there_and_the_call_goes_on()
    {
        var party = _media.Connect();
        var session = party.Leg.Play(new PlayList([new PlayItem.Stream(new BrokenStream()), new PlayItem.Tone(TonePattern.Beep)]));
        _media.Step(12);

        Assert.Equal(PlaybackOutcome.Finished, (await session.Completed).Outcome);
        Assert.True(Tone.LevelOf(party.Heard(), 1000) > 5000);
    }

    [Fact]
    public async Task A_generator_is_asked_for_each_frame_until_it_makes_less()
    {
        var party = _media.Connect();
        var (made, rate) = (0, 0);
        var session = party.Leg.Play(new PlayList([new PlayItem.Generator(Fill)]));
        _media.Step(12);

        Assert.Equal(new PlaybackEnd(PlaybackOutcome.Finished, TimeSpan.FromMilliseconds(200)), await session.Completed);
        Assert.Equal(8_000, rate);
        Assert.True(Tone.Has(party.Heard().AsSpan(0, 1_500), 700));

        int Fill(Span<short> pcm, int rateHz)
        {
            rate = rateHz;
            var count = Math.Min(pcm.Length, 1_500 - made);
            Tone.Sine(700, made, count).CopyTo(pcm);
            made += count;
            return count;
        }
    }

    [Fact]
    public async Task A_generator_that_throws_ends_its_own_call_and_no_other()
    {
        var (party, other) = (_media.Connect(), _media.Connect());
        var session = party.Leg.Play(new PlayList([new PlayItem.Generator((_, _) => throw new InvalidOperationException("no sound"))]));
        other.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        _media.Step(10);

        Assert.Equal(PlaybackOutcome.LegClosed, (await session.Completed).Outcome);
        Assert.Equal(10, other.SentAudio.Count());
    }

    [Fact]
    public void A_double_ring_has_two_frequencies_and_two_pauses()
    {
        var heard = Hear(TonePlan.UnitedKingdom.Ringback, frames: 150);

        foreach (var at in new[] { 0, 4_800 }) // 0.6 s
        {
            Assert.True(Tone.LevelOf(heard.AsSpan(at, 3_200), 400) > 4_500);
            Assert.True(Tone.LevelOf(heard.AsSpan(at, 3_200), 450) > 4_500);
        }

        Assert.True(heard.AsSpan(3_200, 1_600).ToArray().All(sample => Math.Abs((int)sample) < 50));
        Assert.True(heard.AsSpan(8_000, 16_000).ToArray().All(sample => Math.Abs((int)sample) < 50));
        Assert.True(heard.Max() < 11_000); // two at -13 dBm0
    }

    [Theory]
    [InlineData(425, 0)]
    [InlineData(400, 1)]
    [InlineData(480, 2)]
    public void Busy_sounds_as_in_the_country(int frequencyHz, int plan)
    {
        TonePlan[] plans = [TonePlan.Europe, TonePlan.UnitedKingdom, TonePlan.NorthAmerica];

        Assert.True(Tone.LevelOf(Hear(plans[plan].Busy, frames: 15), frequencyHz) > 4_500);
    }

    public void Dispose() => _media.Dispose();

    private short[] Hear(TonePattern pattern, int frames)
    {
        var party = _media.Connect();
        party.Leg.Play(new PlayList([new PlayItem.Tone(pattern)], Loop: true));
        _media.Step(frames);
        return party.Heard();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("gone");
    }
}
