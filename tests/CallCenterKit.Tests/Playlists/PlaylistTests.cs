using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Playlists;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Playlists;

/// <summary>Waiting callers hear a playlist.</summary>
public sealed class PlaylistTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.3);

    [Fact]
    public async Task Music_is_followed_by_adverts_and_tips_of_the_host()
    {
        await using var center = await TestCenter.StartAsync(cc => WithPlaylist(cc, playlist =>
        {
            playlist.Adverts.Add("hello.wav");
            playlist.Tips = true;
        }).Services.AddSingleton<IQueueTips>(new Tips("confirm.wav")));
        var caller = center.Dial("500");
        await center.AdvanceAsync(8.5); // music, one other, music, the other one, ...
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();

        Assert.True(caller.Heard.ToneLevel(Sounds.Music) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Greeting) > -25);
        Assert.True(caller.Heard.ToneLevel(Sounds.Confirm) > -25);
        Assert.True(caller.Heard.ToneLevel(Sounds.Hold) < -60);
    }

    [Fact]
    public async Task After_an_announcement_a_piece_goes_on_where_it_was()
    {
        await using var center = await TestCenter.StartAsync(cc => WithPlaylist(cc.AddQueue("support", queue =>
            (queue.AnnouncePlace, queue.AnnounceFirst, queue.AnnounceEvery) = (true, TimeSpan.FromSeconds(1.5), TimeSpan.FromMinutes(1))), playlist => playlist.Adverts.Add("hello.wav")));
        var caller = center.Dial("500");

        await center.AdvanceAsync(1.45); // in the middle of the second piece, the advert
        Assert.True(caller.Heard.ToneLevel(Sounds.Greeting, Moment) > -20);
        await center.AdvanceAsync(0.45);
        Assert.True(caller.Heard.ToneLevel(Sounds.Phrase, Moment) > -20);
        await center.AdvanceAsync(0.65); // 0.6 s of it are over
        Assert.True(caller.Heard.ToneLevel(Sounds.Greeting, Moment) > -20);
        await center.AdvanceAsync(0.5);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, Moment) > -20);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_part_of_the_day_is_that_of_the_playlists_time_zone()
    {
        // Virtual time begins at 9 o'clock UTC, which is 11 in Vilnius.
        await using var center = await TestCenter.StartAsync(cc => WithPlaylist(cc, playlist =>
        {
            playlist.TimeZone = "Europe/Vilnius";
            playlist.Music.Clear();
            playlist.Music.Add("music.wav;08:00-10:30");
            playlist.Music.Add("hold.wav;weight=3;10:30-24:00");
        }));
        var caller = center.Dial("500");
        await center.AdvanceAsync(2);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();

        Assert.True(caller.Heard.ToneLevel(Sounds.Hold) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music) < -60);
    }

    [Fact]
    public async Task Nothing_that_is_on_is_silence_and_a_tip_that_fails_costs_no_music()
    {
        await using var center = await TestCenter.StartAsync(cc => WithPlaylist(cc, playlist => playlist.Tips = true)
            .Services.AddSingleton<IQueueTips>(new Tips("no-such-file.wav")));
        center.Log.Expect(7410);
        var caller = center.Dial("500");
        await center.AdvanceAsync(3);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();

        Assert.True(caller.Heard.ToneLevel(Sounds.Music) > -20);
        Assert.Equal(1, center.Log.CountOf(7410));
    }

    [Theory]
    [InlineData("music.wav;weight=0", "'music.wav;weight=0' must be")]
    [InlineData("music.wav;08:00-25:00", "'music.wav;08:00-25:00' must be")]
    [InlineData("none.wav", "'none.wav' is not in")]
    public async Task A_playlist_that_cannot_be_played_is_refused_at_the_start(string item, string fault)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => TestCenter.StartAsync(cc => WithPlaylist(cc, playlist => playlist.Music.Add(item))));

        Assert.Contains(fault, wrong.Message, StringComparison.Ordinal);
    }

    private static CallCenterBuilder WithPlaylist(CallCenterBuilder cc, Action<PlaylistOptions> configure) => cc
        .AddQueue("support", queue => queue.Music = "day")
        .Configure(options =>
        {
            var playlist = new PlaylistOptions { MusicBetween = 1 };
            playlist.Music.Add("music.wav");
            configure(playlist);
            options.Playlists["day"] = playlist;
        });

    private sealed class Tips(string prompt) : IQueueTips
    {
        public Prompt? TipFor(QueueId queue, string language) => queue.Text == "support" && language == "en" ? Prompt.FromString(prompt) : null;
    }
}
