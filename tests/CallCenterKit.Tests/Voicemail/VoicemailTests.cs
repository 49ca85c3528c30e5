using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Media.Wav;
using CallCenterKit.Recordings;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Tests.Interop;
using CallCenterKit.Tests.Recordings;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.DependencyInjection;
using static CallCenterKit.Tests.Voicemail.MailboxCalls;

namespace CallCenterKit.Tests.Voicemail;

/// <summary>Callers leave messages, and somebody hears them.</summary>
public sealed class VoicemailTests
{
    private static readonly ActorId By = new("agent:alice");
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task A_caller_who_waited_too_long_is_greeted_and_leaves_a_message_until_silence()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc.AddQueue("support", queue =>
            (queue.MaxWait, queue.Overflow) = (TimeSpan.FromSeconds(30), "voicemail:sales"))));
        var caller = center.Dial("500");
        await center.AdvanceAsync(31);
        Assert.True(caller.Heard.ToneLevel(Sounds.Menu, Moment) > -20);

        await center.AdvanceAsync(8);
        caller.Say(PhoneVoice.Silence);
        await center.RunAsync(() => caller.Ended);
        var record = await center.SettleOneAsync();

        var message = Assert.Single(await center.MessagesAsync());
        Assert.InRange(message.Length.TotalSeconds, 11.5, 13);
        Assert.Equal((record.Interaction, null), (message.Interaction, message.HeardAt));
        var left = Assert.Single(center.Events<VoicemailLeft>());
        Assert.Equal((message.Id, message.Party, message.Length), (left.Message, left.Party, left.Length));
        var sound = WavReader.Load(Path.Combine(center.RecordingFolder, message.File));
        Assert.InRange(sound.Duration - message.Length, TimeSpan.FromMilliseconds(-20), TimeSpan.FromMilliseconds(20));
        Assert.True(LevelOf(sound, 1, 5) > 3_000);
        Assert.True(LevelOf(sound, (int)message.Length.TotalSeconds - 3, 2) < 30);
        Assert.InRange(center.Time.GetUtcNow() - record.StartedAt, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(90)); // the call ended by itself
    }

    [Fact]
    public async Task A_caller_who_hangs_up_has_left_what_was_said()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        var caller = await center.SpeakAsync(seconds: 4);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();

        Assert.InRange(Assert.Single(await center.MessagesAsync()).Length.TotalSeconds, 3.9, 4.3);
    }

    [Fact]
    public async Task The_key_ends_a_message_and_the_caller_is_told_that_it_is_kept()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        center.AddPrompt("saved");
        var caller = await center.SpeakAsync(seconds: 4);

        await center.PressAsync(caller, "#");
        await center.AdvanceAsync(0.8);
        Assert.True(caller.Heard.ToneLevel(Sounds.Greeting, Moment) > -20);
        await center.RunAsync(() => caller.Ended);
        await center.SettleOneAsync();

        Assert.Single(center.Events<VoicemailLeft>());
    }

    [Fact]
    public async Task Whoever_says_nothing_leaves_nothing_and_no_sound_is_kept()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        var caller = center.World.Customer(PhoneVoice.Silence).Dial("600");
        await center.RunAsync(() => caller.Ended);
        await center.SettleOneAsync();

        Assert.Empty(await center.MessagesAsync());
        Assert.Single(center.Events<VoicemailDiscarded>());
        Assert.Equal("too short", Assert.Single(await center.SearchAsync(new() { WithErased = true })).Erased?.Why);
        Assert.Empty(Directory.GetFiles(center.RecordingFolder, "*.wav", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_flow_takes_a_message_by_a_verb_and_goes_on()
    {
        VoicemailOutcome? outcome = null;
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc).MapFlow("601", async (call, ct) =>
        {
            await call.AnswerAsync(ct);
            outcome = await call.LeaveVoicemailAsync("sales", new() { MaxLength = TimeSpan.FromSeconds(6) }, ct);
            await call.PlayAsync("hello.wav", ct);
        }));

        var result = await center.CallAsync(new() { Target = "601" });
        await center.SettleOneAsync();

        Assert.InRange(Assert.IsType<VoicemailOutcome.Left>(outcome).Length.TotalSeconds, 5.9, 6.1);
        Assert.True(result.Call.Heard.ToneLevel(Sounds.Greeting, TimeSpan.FromSeconds(1)) > -20);
    }

    [Fact]
    public async Task What_cannot_be_recorded_ends_in_a_goodbye_and_is_logged()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        center.Log.Expect(2003, 7501);
        await File.WriteAllTextAsync(center.RecordingFolder, "no folder", TestContext.Current.CancellationToken);

        var result = await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        Assert.Equal(CallerEnding.HungUpByFarEnd, result.Ending);
        Assert.Empty(record.Recordings);
    }

    [Fact]
    public async Task Messages_are_heard_marked_and_deleted_and_each_is_said()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        await center.LeaveMessageAsync();
        var message = Assert.Single(await center.MessagesAsync());

        Assert.True(await center.Center.MarkHeardAsync(Sales, message.Id, By, CancellationToken.None));
        Assert.False(await center.Center.MarkHeardAsync(Sales, message.Id, By, CancellationToken.None));
        Assert.NotNull(Assert.Single(await center.MessagesAsync()).HeardAt);
        Assert.True(await center.Center.DeleteMessageAsync(Sales, message.Id, By, CancellationToken.None));
        Assert.False(await center.Center.DeleteMessageAsync(Sales, message.Id, By, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(center.RecordingFolder, "*.wav", SearchOption.AllDirectories));
        await Assert.ThrowsAsync<ArgumentException>(() => center.Center.ListMessagesAsync(new("other"), CancellationToken.None).AsTask());
        await center.SettleAsync();

        Assert.Equal(new VoicemailHeard(Sales, message.Id, By), Assert.Single(center.Events<VoicemailHeard>()));
        Assert.Equal(new VoicemailDeleted(Sales, message.Id, By), Assert.Single(center.Events<VoicemailDeleted>()));
        Assert.Equal("deleted", Assert.Single(center.Events<RecordingErased>()).Why);
    }

    [Fact]
    public async Task A_message_is_heard_at_the_phone_that_has_the_mailbox_and_deleted_by_a_key()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc).Configure(options =>
        {
            options.DialPlan["*98"] = "feature:voicemail";
            options.Mailboxes["sales"].TrustExtensions = true;
        }));
        await center.World.AgentAsync("201", new());
        await center.LeaveMessageAsync();
        center.AddPrompt("deleted");
        var call = center.PhoneOf("201").Dial("*98");
        await center.AdvanceAsync(2);
        Assert.True(call.Heard.ToneLevel(Sounds.Customer, Moment) > -25);

        await center.AdvanceAsync(3.5);
        Assert.Single(await center.MessagesAsync());
        await center.PressAsync(call, "1");
        await center.AdvanceAsync(2);
        Assert.True(call.Heard.ToneLevel(Sounds.Customer, Moment) > -25);
        await center.PressAsync(call, "3");
        await center.RunAsync(() => call.Ended);
        await center.SettleAsync();

        Assert.Empty(await center.MessagesAsync());
        Assert.Equal(new("extension:201"), Assert.Single(center.Events<VoicemailDeleted>()).By);
        Assert.Single(center.Events<VoicemailHeard>());
    }

    [Fact]
    public async Task A_message_whose_file_the_host_has_moved_is_heard_and_one_whose_file_is_gone_is_left_out()
    {
        using var elsewhere = new ScratchFolder();
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc)
            .Configure(options =>
            {
                options.DialPlan["*98"] = "feature:voicemail";
                options.Mailboxes["sales"].TrustExtensions = true;
            })
            .Services.AddSingleton<IRecordingFiles>(provider => new RecordingFolder(elsewhere.Path, provider.GetRequiredService<TimeProvider>())));
        await center.World.AgentAsync("201", new());
        center.AddPrompt("deleted"); // so that the key is not cut short by the end of the call
        var (gone, moved) = (await center.LeaveMessageAsync(), await center.LeaveMessageAsync());
        File.Delete(Path.Combine(center.RecordingFolder, gone.File));
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere.File(moved.File))!);
        File.Move(Path.Combine(center.RecordingFolder, moved.File), elsewhere.File(moved.File));

        var call = center.PhoneOf("201").Dial("*98");
        await center.AdvanceAsync(2);
        Assert.True(call.Heard.ToneLevel(Sounds.Customer, Moment) > -25);
        await center.PressAsync(call, "3");
        await center.RunAsync(() => call.Ended);
        await center.SettleAsync();

        Assert.Equal(moved.Id, Assert.Single(center.Events<VoicemailDeleted>()).Message);
        Assert.Empty(Directory.GetFiles(elsewhere.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(0.5, false)]
    public async Task A_message_that_was_being_taken_when_the_process_died_is_kept_by_the_next_if_it_says_something(double seconds, bool isKept)
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(cc => WithMailbox(cc), world);
        await first.SpeakAsync(seconds);
        var memory = await first.CutAsync();
        await world.AdvanceAsync(60);

        await using var second = await TestCenter.StartAsync(cc => WithMailbox(cc), world, memory);
        second.Log.Expect(7503);
        await second.AdvanceAsync(1);

        Assert.Equal(isKept, second.Events<VoicemailLeft>().Count == 1);
        Assert.Equal(isKept, second.Events<VoicemailDiscarded>().Count == 0);
        var recording = Assert.Single(await second.SearchAsync(new() { WithErased = true }));
        Assert.Equal((Sales, isKept), (recording.Mailbox, recording.Erased is null));
        Assert.Equal(isKept, File.Exists(second.PathOf(recording)));
        if (isKept)
        {
            var message = Assert.Single(await second.MessagesAsync());
            Assert.InRange(message.Length.TotalSeconds, 3.5, 4.3);
            Assert.True(LevelOf(WavReader.Load(second.PathOf(recording)), 1, 2) > 3_000);
        }
        Assert.Empty(second.Log.Unexpected);
    }

    private static double LevelOf(WavAudio sound, int fromSecond, int seconds)
    {
        var pcm = new short[seconds * WavReader.SampleRateHz];
        var count = sound.ReadChannel(0, fromSecond * WavReader.SampleRateHz, pcm);
        return Math.Sqrt(pcm.Take(count).Average(sample => (double)sample * sample));
    }
}
