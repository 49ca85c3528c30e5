using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Offers;

/// <summary>Waiting callers are told how things stand.</summary>
public sealed class AnnouncementTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.3);

    [Fact]
    public async Task A_caller_who_waits_is_told_the_place_and_then_hears_the_music_again()
    {
        await using var center = await TestCenter.StartAsync(Telling(TimeSpan.FromSeconds(5)));
        var caller = center.Dial("500");

        await center.AdvanceAsync(4.9);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, Moment) > -20);
        await center.AdvanceAsync(0.6);
        Assert.True(caller.Heard.ToneLevel(Sounds.Phrase, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, Moment) < -60);
        await center.AdvanceAsync(0.6);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Phrase, Moment) < -60);
        await center.AdvanceAsync(20);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();

        Assert.Equal([1, 1, 1], center.Events<PlaceAnnounced>().Select(told => told.Place!.Value));
    }

    [Fact]
    public async Task An_agent_who_answers_cuts_what_is_being_said()
    {
        await using var center = await TestCenter.StartAsync(Telling(TimeSpan.FromSeconds(2.9)));
        await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(3) });
        var caller = center.Dial("500");

        await center.AdvanceAsync(3.4);
        Assert.Single(center.Events<PlaceAnnounced>());
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Phrase, Moment) < -60);
        await center.AdvanceAsync(3);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, TimeSpan.FromSeconds(2)) < -60);

        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task Where_the_prompts_are_missing_the_music_goes_on()
    {
        await using var center = await TestCenter.StartAsync(Telling(TimeSpan.FromSeconds(5)));
        Directory.Delete(Path.Combine(center.PromptFolder, "en"), recursive: true);
        var caller = center.Dial("500");

        await center.AdvanceAsync(7);
        Assert.Single(center.Events<PlaceAnnounced>());
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, TimeSpan.FromSeconds(3)) > -20);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_caller_who_is_only_rung_is_told_nothing()
    {
        await using var center = await TestCenter.StartAsync(cc => Telling(TimeSpan.FromSeconds(5))(cc.AddQueue("support", queue => queue.AnswerOnEntry = false)));
        var caller = center.Dial("500");

        await center.AdvanceAsync(7);
        Assert.Single(center.Events<PlaceAnnounced>());
        Assert.Null(caller.AnsweredAt);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Theory]
    [InlineData('1', true)]
    [InlineData('2', false)]
    public async Task A_callback_is_offered_also_where_nothing_else_is_told(char key, bool offered)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue =>
            (queue.Callback.Key, queue.AnnounceFirst) = (key, TimeSpan.FromSeconds(5))));
        var caller = center.Dial("500");

        await center.AdvanceAsync(5.5);
        Assert.Equal(offered, caller.Heard.ToneLevel(Sounds.Phrase, Moment) > -20);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    private static Action<CallCenterBuilder> Telling(TimeSpan first) => cc => cc.AddQueue("support", queue =>
        (queue.AnnouncePlace, queue.AnnounceFirst, queue.AnnounceEvery) = (true, first, TimeSpan.FromSeconds(10)));
}
