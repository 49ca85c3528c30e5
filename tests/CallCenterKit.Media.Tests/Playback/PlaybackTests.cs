using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Tests.Engine;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Playback;

public sealed class PlaybackTests : IDisposable
{
    private readonly SteppedMedia _media = new(options => options.SendSilenceWhenIdle = false);
    private readonly TestWav _files = new();

    public void Dispose()
    {
        _media.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("PCMA")]
    [InlineData("PCMU")]
    public async Task A_list_is_played_in_order_and_its_end_told(string codec)
    {
        var party = _media.Connect(AudioCodecs.Default.Single(candidate => candidate.Name == codec));
        var hello = _files.Create("hello.wav", Tone.Sine(500, 0, 10 * 160));
        var bye = _files.Create("bye.wav", Tone.Sine(900, 0, 10 * 160));

        var session = party.Leg.Play(new PlayList([new PlayItem.File(hello), new PlayItem.Silence(TimeSpan.FromMilliseconds(100)), new PlayItem.File(bye)]));
        _media.Step(26);

        var end = await session.Completed;
        Assert.Equal(new PlaybackEnd(PlaybackOutcome.Finished, TimeSpan.FromMilliseconds(500)), end);
        Assert.Equal((session, end), Assert.Single(party.Sink.Ended));
        var heard = party.Heard();
        Assert.Equal(25 * 160, heard.Length);
        Assert.True(Tone.Has(heard.AsSpan(0, 1600), 500));
        Assert.True(Tone.Lacks(heard.AsSpan(1600, 800), 500));
        Assert.True(Tone.Has(heard.AsSpan(2400), 900));
        MediaLegTests.AssertUnbroken(party.Sent);
        Assert.Single(party.Sent, packet => packet.Header.Marker);
    }

    [Fact]
    public async Task Stopping_is_heard_within_a_frame()
    {
        var party = _media.Connect();
        var session = party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        _media.Step(10);

        session.Stop();
        _media.Step(10);

        Assert.Equal(10, party.SentAudio.Count());
        Assert.Equal(PlaybackOutcome.Stopped, (await session.Completed).Outcome);
    }

    [Fact]
    public async Task A_later_play_takes_the_place_of_an_earlier_one()
    {
        var party = _media.Connect();
        var first = party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        _media.Step(10);
        party.Forget();
        party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Beep)]));
        _media.Step(10);

        Assert.Equal(PlaybackOutcome.Stopped, (await first.Completed).Outcome);
        Assert.True(Tone.Lacks(party.Heard(), 425));
        Assert.True(Tone.LevelOf(party.Heard(), 1000) > 5000);
    }

    [Fact]
    public void Stopping_a_session_that_is_over_does_not_stop_the_next()
    {
        var party = _media.Connect();
        var first = party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        _media.Step(5);
        first.Stop();
        _media.Step(5);

        Assert.Equal(10, party.SentAudio.Count());
    }

    [Fact]
    public async Task A_list_that_loads_slowly_does_not_replace_a_later_one()
    {
        var party = _media.Connect();
        var earlier = new PlaybackSession(party.Leg, new PlayList([]), number: 0);
        party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        _media.Step(5);

        party.Leg.Stream.Post(stream => stream.StartPlayback(earlier, new LoadedList([], null)));
        _media.Step(5);

        Assert.Equal(PlaybackOutcome.Stopped, (await earlier.Completed).Outcome);
        Assert.Equal(10, party.SentAudio.Count());
    }

    [Fact]
    public async Task Stopping_stops_also_what_is_still_loading()
    {
        var party = _media.Connect();
        var loading = new PlaybackSession(party.Leg, new PlayList([]), number: 0);
        party.Leg.StopPlayback();
        party.Leg.Stream.Post(stream => stream.StartPlayback(loading, new LoadedList([], null)));
        _media.Step(2);

        Assert.Equal(PlaybackOutcome.Stopped, (await loading.Completed).Outcome);
    }

    [Fact]
    public void Ringback_sounds_one_second_in_five()
    {
        var party = _media.Connect();
        party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Ringback)], Loop: true));
        _media.Step(50 * 6);

        var heard = party.Heard();
        Assert.True(Tone.LevelOf(heard.AsSpan(0, 8000), 425) > 5000);
        Assert.True(Tone.LevelOf(heard.AsSpan(8000, 32000), 425) < 50);
        Assert.True(Tone.LevelOf(heard.AsSpan(40000, 8000), 425) > 5000);
    }

    [Fact]
    public void Music_goes_on_where_it_was_after_an_announcement()
    {
        var party = _media.Connect();
        var ramp = Enumerable.Range(0, 100 * 160).Select(i => (short)(i / 160 * 100)).ToArray();
        var music = new PlayList([new PlayItem.File(_files.Create("music.wav", ramp))], Loop: true, ResumeKey: "music");
        party.Leg.Play(music);
        _media.Step(30);
        party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Beep)]));
        _media.Step(11);
        party.Forget();

        party.Leg.Play(music);
        _media.Step(1);

        Assert.InRange(party.Heard()[0], 2900, 3100);
    }

    [Fact]
    public void Music_begins_again_at_its_end()
    {
        var party = _media.Connect();
        var path = _files.Create("short.wav", Tone.Sine(500, 0, 5 * 160));
        party.Leg.Play(new PlayList([new PlayItem.File(path)], Loop: true));
        _media.Step(50);

        Assert.Equal(50, party.SentAudio.Count());
        var payloads = party.SentAudio.Select(packet => packet.Payload).ToList();
        Assert.Equal(payloads[0], payloads[45]);
        Assert.True(Tone.Has(party.Heard(), 500));
    }

    [Fact]
    public async Task A_missing_file_is_an_end_and_no_exception()
    {
        var party = _media.Connect();
        var session = party.Leg.Play(new PlayList([new PlayItem.File(_files.PathOf("missing.wav"))]));
        _media.Step(2);

        var end = await session.Completed;
        Assert.Equal(PlaybackOutcome.Failed, end.Outcome);
        Assert.Contains("missing.wav", end.Error, StringComparison.Ordinal);
        Assert.Empty(party.Sent);
    }

    [Fact]
    public async Task A_list_without_sound_ends_also_when_it_loops()
    {
        var party = _media.Connect();
        var session = party.Leg.Play(new PlayList([new PlayItem.Silence(TimeSpan.Zero)], Loop: true));
        _media.Step(2);

        Assert.Equal(PlaybackOutcome.Finished, (await session.Completed).Outcome);
    }

    [Fact]
    public async Task Closing_the_leg_ends_what_is_played()
    {
        var party = _media.Connect();
        var session = party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        _media.Step(5);
        party.Leg.Dispose();
        _media.Run();

        Assert.Equal(PlaybackOutcome.LegClosed, (await session.Completed).Outcome);

        var late = party.Leg.Play(new PlayList([]));
        _media.Run();
        Assert.Equal(PlaybackOutcome.LegClosed, (await late.Completed).Outcome);
    }

    [Fact]
    public async Task A_prompt_to_a_party_on_hold_ends_in_its_time_unheard()
    {
        var party = _media.Connect(direction: MediaDirection.Inactive);
        var session = party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Beep)]));
        _media.Step(11);

        Assert.Equal(PlaybackOutcome.Finished, (await session.Completed).Outcome);
        Assert.Empty(party.Sent);
    }

    [Fact]
    public void A_prompt_begins_when_audio_can_flow()
    {
        var party = _media.Opened();
        party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Beep)]));
        _media.Step(50);
        Assert.Empty(party.Sent);

        party.Leg.Apply(party.Negotiated());
        _media.Step(20);
        Assert.Equal(10, party.SentAudio.Count());
    }

    [Fact]
    public void Playing_to_many_allocates_nothing_per_frame()
    {
        var path = _files.Create("music.wav", Tone.Sine(500, 0, 50 * 160));
        for (var i = 0; i < 20; i++)
        {
            var party = _media.Connect();
            party.Rtp.ForgetSent = true;
            party.Leg.Play(new PlayList([new PlayItem.File(path)], Loop: true));
        }

        _media.Step(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _media.Step(40);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Spoken_samples_reach_the_party_until_the_writer_completes()
    {
        var party = _media.Connect();
        var speech = party.Leg.Speak();
        var pcm = Tone.Sine(500, 0, (10 * 160) + 80);
        await speech.WriteAsync(MemoryMarshal.AsBytes(pcm.AsSpan()).ToArray());
        await speech.CompleteAsync();
        _media.Step(20);

        var heard = party.Heard();
        Assert.Equal(11 * 160, heard.Length);
        Assert.True(Tone.Has(heard.AsSpan(0, 1600), 500));
        Assert.Equal(PlaybackOutcome.Finished, Assert.Single(party.Sink.Ended).End.Outcome);
    }

    [Fact]
    public async Task A_late_speaker_is_silence_and_not_the_end()
    {
        var party = _media.Connect();
        var speech = party.Leg.Speak();
        _media.Step(5);
        Assert.Equal(5, party.SentAudio.Count());

        await speech.WriteAsync(MemoryMarshal.AsBytes(Tone.Sine(500, 0, 1600).AsSpan()).ToArray());
        party.Forget();
        _media.Step(10);
        Assert.True(Tone.Has(party.Heard(), 500));
    }

    [Fact]
    public async Task A_speaker_who_is_stopped_learns_of_it()
    {
        var party = _media.Connect();
        var speech = party.Leg.Speak();
        _media.Step(1);
        party.Leg.StopPlayback();
        _media.Step(1);

        Assert.True((await speech.WriteAsync(new byte[320])).IsCompleted);
    }

    [Fact]
    public async Task A_listener_gets_what_the_party_says_and_what_was_lost_is_concealed()
    {
        var party = _media.Connect();
        var reader = party.Leg.Listen();
        _media.Step(20, i =>
        {
            if (i == 10)
                party.SayLost();
            else
                party.Say(500);
        });
        party.Leg.Dispose();
        _media.Run();

        var pcm = await ReadAllAsync(reader);
        Assert.Equal(20 * 160, pcm.Length);
        Assert.True(Tone.Has(pcm.AsSpan(0, 1600), 500));
        Assert.True(Tone.Has(pcm.AsSpan(1600, 160), 500));
        Assert.True(Tone.Has(pcm.AsSpan(1760), 500));
    }

    [Fact]
    public async Task A_long_hole_is_silent_to_a_listener()
    {
        var party = _media.Connect();
        var reader = party.Leg.Listen();
        _media.Step(20, i =>
        {
            if (i is >= 5 and < 15)
                party.SayLost();
            else
                party.Say(500);
        });
        party.Leg.Dispose();
        _media.Run();

        var pcm = await ReadAllAsync(reader);
        Assert.Equal(20 * 160, pcm.Length);
        Assert.All(pcm.AsSpan(1280, 1120).ToArray(), sample => Assert.Equal(0, sample));
        Assert.True(Tone.Has(pcm.AsSpan(2400), 500));
    }

    [Fact]
    public async Task A_slow_listener_loses_frames_that_are_counted()
    {
        var party = _media.Connect();
        var reader = party.Leg.Listen();
        _media.Step(150, _ => party.Say(500));

        Assert.InRange(party.Leg.Statistics.ListenFramesDropped, 45, 55);
        party.Leg.Dispose();
        _media.Run();
        Assert.InRange((await ReadAllAsync(reader)).Length, 95 * 160, 105 * 160);
    }

    [Fact]
    public void A_bridged_leg_can_be_listened_to()
    {
        var (alice, bob) = (_media.Connect(), _media.Connect());
        var bridge = _media.Engine.CreateBridge();
        bridge.Add(alice.Leg, new BridgeRole.Member());
        bridge.Add(bob.Leg, new BridgeRole.Member());
        var reader = alice.Leg.Listen();
        _media.Step(10, _ => alice.Say(500));

        Assert.True(reader.TryRead(out var result));
        Assert.Equal(10 * 320, result.Buffer.Length);
        Assert.Equal(10, bob.SentAudio.Count());
    }

    private static async Task<short[]> ReadAllAsync(PipeReader reader)
    {
        while (true)
        {
            var result = await reader.ReadAsync();
            if (!result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            return MemoryMarshal.Cast<byte, short>(result.Buffer.ToArray()).ToArray();
        }
    }
}
