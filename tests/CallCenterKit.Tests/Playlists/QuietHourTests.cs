using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Journal;
using CallCenterKit.Media.Wav;
using CallCenterKit.Metrics;
using CallCenterKit.Model;
using CallCenterKit.Playlists;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Playlists;

/// <summary>Waiting callers are told when the wait is shortest.</summary>
public sealed class QuietHourTests
{
    private const double Tip = 2_300;

    private static readonly QueueId Support = new("support");

    /// <summary>When virtual time begins: a Monday.</summary>
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private static readonly QuietHour Rule = new(10, TimeSpan.FromMinutes(1), "UTC");

    [Fact]
    public void It_is_the_hour_with_the_shortest_mean_wait_of_those_that_are_known()
    {
        var waits = new HourlyWaits();
        Add(waits, day: -3, hour: 9, calls: 10, seconds: 200);
        Add(waits, day: -3, hour: 14, calls: 10, seconds: 30);
        Add(waits, day: -3, hour: 15, calls: 10, seconds: 31);
        Add(waits, day: -3, hour: 17, calls: 9, seconds: 1);

        Assert.Equal(14, Rule.Find(waits, Support, Now));
        Assert.Null(Rule.Find(waits, Support, Now.AddHours(5))); // it is now
        Assert.Null(Rule.Find(waits, Support, Now.AddHours(2))); // nobody knows the present
        Assert.Equal(14, (Rule with { TimeZone = "Europe/Vilnius" }).Find(waits, Support, Now.AddHours(-2)));
    }

    [Theory]
    [InlineData(89, false)]
    [InlineData(90, true)]
    public void It_is_told_when_it_is_worth_it(double presentSeconds, bool isTold)
    {
        var waits = new HourlyWaits();
        Add(waits, day: -3, hour: 9, calls: 10, presentSeconds);
        Add(waits, day: -3, hour: 14, calls: 10, seconds: 30);

        Assert.Equal(isTold ? 14 : null, Rule.Find(waits, Support, Now));
    }

    [Fact]
    public void Days_like_today_count_alone_once_they_know_all_hours()
    {
        var waits = new HourlyWaits();
        foreach (var day in (int[])[-7, -6])
        {
            Add(waits, day, hour: 9, calls: 10, seconds: 200);
            Add(waits, day, hour: 12, calls: 10, seconds: day == -7 ? 10 : 300);
        }

        Add(waits, day: -6, hour: 14, calls: 10, seconds: 90);
        Assert.Equal(14, Rule.Find(waits, Support, Now));

        Add(waits, day: -7, hour: 14, calls: 10, seconds: 90);
        Assert.Equal(12, Rule.Find(waits, Support, Now));
        Assert.Equal(14, Rule.Find(waits, Support, Now.AddDays(1)));
    }

    [Fact]
    public async Task It_is_told_between_the_music_where_the_queue_tells_it_also_after_a_crash()
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(Configure, world, Seen());
        var memory = await first.KillAsync();
        await using var center = await TestCenter.StartAsync(Configure, world, memory);
        foreach (var name in (string[])["queue/shortest-wait", "time/from", "time/to", "time/pm"])
            WriteTone(Path.Combine(center.PromptFolder, "en", $"{name}.wav"));

        Assert.True(await TipHeardByAsync(center, "500") > -25);
        Assert.True(await TipHeardByAsync(center, "501") < -60);
    }

    [Fact]
    public async Task Without_recordings_an_engine_says_it_from_the_second_caller_on()
    {
        var engine = new ToneSpeech();
        await using var center = await TestCenter.StartAsync(cc => Configure(cc.UseTextToSpeech(engine)), memory: Seen());

        Assert.True(await TipHeardByAsync(center, "500") < -60);
        Assert.Equal("The wait is shortest from 2 pm to 3 pm.", engine.Said);
        Assert.True(await TipHeardByAsync(center, "500") > -25);
    }

    [Fact]
    public async Task Without_recordings_and_engine_there_is_music()
    {
        await using var center = await TestCenter.StartAsync(Configure, memory: Seen());

        Assert.True(await TipHeardByAsync(center, "500") < -60);
    }

    [Fact]
    public async Task A_queue_that_tells_it_needs_a_playlist_with_tips()
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => TestCenter.StartAsync(cc =>
        {
            Configure(cc);
            cc.AddQueue("support", queue => queue.Music = "music.wav");
        }));

        Assert.Contains("Queue 'support': TellQuietHour needs a playlist with Tips as its Music.", wrong.Message, StringComparison.Ordinal);
    }

    private static void Configure(CallCenterBuilder cc) => cc
        .AddQueue("support", queue => (queue.Music, queue.TellQuietHour) = ("day", true))
        .AddQueue("quiet", queue => queue.Music = "day")
        .MapQueue("501", "quiet")
        .Configure(options =>
        {
            var playlist = new PlaylistOptions { MusicBetween = 1, Tips = true };
            playlist.Music.Add("music.wav");
            options.Playlists["day"] = playlist;
        });

    /// <summary>What an earlier life has seen: long waits at nine, short ones at two.</summary>
    private static Memory Seen()
    {
        var waits = new HourlyWaits();
        foreach (var queue in (QueueId[])[Support, new("quiet")])
        {
            Add(waits, day: -3, hour: 9, calls: 60, seconds: 300, queue);
            Add(waits, day: -3, hour: 14, calls: 60, seconds: 10, queue);
        }

        var memory = new Memory();
        memory.Journal.Save(waits.TakeSnapshot() with { Position = 0 });
        return memory;
    }

    private static async Task<double> TipHeardByAsync(TestCenter center, string number)
    {
        var caller = center.Dial(number);
        await center.AdvanceAsync(6);
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music) > -20);
        return caller.Heard.ToneLevel(Tip);
    }

    private static void Add(HourlyWaits waits, int day, int hour, int calls, double seconds, QueueId? queue = null)
    {
        var at = Now.Date.AddDays(day).AddHours(hour);
        for (var call = 0; call < calls; call++)
        {
            var (entry, interaction) = (new EntryId(1, waits.Position + 1), new InteractionId(Guid.CreateVersion7(Now)));
            Apply(at, new QueueEntered(entry, interaction, queue ?? Support, Channels.Voice, 1, PartyReach.Present, Now));
            Apply(at.AddSeconds(seconds), new QueueLeft(entry, interaction, queue ?? Support, QueueExit.Answered, TimeSpan.FromSeconds(seconds)));
        }

        void Apply(DateTime time, CenterEvent happened) =>
            waits.Apply(new(Streams.Routing, 1, waits.Position + 1, new(time, TimeSpan.Zero), happened) { Position = waits.Position + 1 });
    }

    private static void WriteTone(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var wav = WavWriter.Create(path, channels: 1);
        wav.Append(Tone());
    }

    private static short[] Tone() => [.. Enumerable.Range(0, 8_000).Select(i => (short)(8_000 * Math.Sin(Math.Tau * Tip * i / 8_000)))];

    private sealed class ToneSpeech : ITextToSpeech
    {
        public string Name => "tone";

        public string? Said { get; private set; }

        public string VoiceOf(string language) => language;

        public ValueTask<SpokenAudio> SpeakAsync(string text, string language, CancellationToken cancellationToken)
        {
            Said = text;
            return new(new SpokenAudio(Tone(), 8_000));
        }
    }
}
