using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Media.Wav;
using CallCenterKit.Records;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Tests.Voicemail;

/// <summary>Callers leave messages, and somebody hears them.</summary>
public sealed class VoicemailTests
{
    private static readonly MailboxId Sales = Memory.Mailbox;
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

        var message = Assert.Single(await center.Center.ListMessagesAsync(Sales, CancellationToken.None));
        Assert.InRange(message.Length.TotalSeconds, 11.5, 13);
        Assert.Equal((record.Interaction, false, null), (message.Interaction, message.IsOpen, message.HeardAt));
        var left = Assert.Single(center.Events<VoicemailLeft>());
        Assert.Equal((message.Id, message.Party, message.Length), (left.Message, left.Party, left.Length));
        var sound = WavReader.Load(center.Center.PathOf(message));
        Assert.InRange(sound.Duration - message.Length, TimeSpan.FromMilliseconds(-20), TimeSpan.FromMilliseconds(20));
        Assert.True(LevelOf(sound, 1, 5) > 3_000);
        Assert.True(LevelOf(sound, (int)message.Length.TotalSeconds - 3, 2) < 30);
        Assert.InRange(center.Time.GetUtcNow() - record.StartedAt, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(90)); // the call ended by itself
    }

    [Fact]
    public async Task A_caller_who_hangs_up_has_left_what_was_said()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        var caller = await CallAsync(center, seconds: 4);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();

        Assert.InRange(Assert.Single(await center.Center.ListMessagesAsync(Sales, CancellationToken.None)).Length.TotalSeconds, 3.9, 4.3);
    }

    [Fact]
    public async Task The_key_ends_a_message_and_the_caller_is_told_that_it_is_kept()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        AddPrompt(center, "saved");
        var caller = await CallAsync(center, seconds: 4);

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

        Assert.Empty(await center.Center.ListMessagesAsync(Sales, CancellationToken.None));
        Assert.Single(center.Events<VoicemailDiscarded>());
        Assert.Empty(Directory.GetFiles(Path.Combine(center.VoicemailFolder, "sales")));
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
        center.Log.Expect(7501);
        await File.WriteAllTextAsync(center.VoicemailFolder, "no folder", TestContext.Current.CancellationToken);

        var result = await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        Assert.Equal(CallerEnding.HungUpByFarEnd, result.Ending);
        Assert.Empty(record.Recordings);
    }

    [Fact]
    public async Task Messages_are_heard_marked_and_deleted_and_each_is_said()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc));
        await LeaveAsync(center);
        var message = Assert.Single(await center.Center.ListMessagesAsync(Sales, CancellationToken.None));

        Assert.True(await center.Center.MarkHeardAsync(Sales, message.Id, By, CancellationToken.None));
        Assert.False(await center.Center.MarkHeardAsync(Sales, message.Id, By, CancellationToken.None));
        Assert.NotNull(Assert.Single(await center.Center.ListMessagesAsync(Sales, CancellationToken.None)).HeardAt);
        Assert.True(await center.Center.DeleteMessageAsync(Sales, message.Id, By, CancellationToken.None));
        Assert.False(await center.Center.DeleteMessageAsync(Sales, message.Id, By, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(Path.Combine(center.VoicemailFolder, "sales")));
        await Assert.ThrowsAsync<ArgumentException>(() => center.Center.ListMessagesAsync(new("other"), CancellationToken.None).AsTask());
        await center.SettleAsync();

        Assert.Equal(new VoicemailHeard(Sales, message.Id, By), Assert.Single(center.Events<VoicemailHeard>()));
        Assert.Equal(new VoicemailDeleted(Sales, message.Id, By), Assert.Single(center.Events<VoicemailDeleted>()));
    }

    [Fact]
    public async Task The_lamp_of_a_phone_follows_its_mailbox()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc).Configure(options => options.Sip.UnsolicitedMessageWaiting = true));
        await center.World.AgentAsync("201", new());
        await LeaveAsync(center);
        var message = Assert.Single(await center.Center.ListMessagesAsync(Sales, CancellationToken.None));
        await center.Center.MarkHeardAsync(Sales, message.Id, By, CancellationToken.None);
        await center.SettleAsync();

        var told = PhoneOf(center, "201").Trace.Where(line => line.StartLine.StartsWith("NOTIFY", StringComparison.Ordinal)).Select(line => line.Text).ToList();
        Assert.Contains(told, text => text.Contains("Voice-Message: 1/0", StringComparison.Ordinal));
        Assert.Contains("Voice-Message: 0/1", told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_is_heard_at_the_phone_that_has_the_mailbox_and_deleted_by_a_key()
    {
        await using var center = await TestCenter.StartAsync(cc => WithMailbox(cc).Configure(options => options.DialPlan["*98"] = "feature:voicemail"));
        await center.World.AgentAsync("201", new());
        await LeaveAsync(center);
        AddPrompt(center, "deleted");
        var call = PhoneOf(center, "201").Dial("*98");
        await center.AdvanceAsync(2);
        Assert.True(call.Heard.ToneLevel(Sounds.Customer, Moment) > -25);

        await center.AdvanceAsync(3.5);
        Assert.Single(await center.Center.ListMessagesAsync(Sales, CancellationToken.None));
        await center.PressAsync(call, "1");
        await center.AdvanceAsync(2);
        Assert.True(call.Heard.ToneLevel(Sounds.Customer, Moment) > -25);
        await center.PressAsync(call, "3");
        await center.RunAsync(() => call.Ended);
        await center.SettleAsync();

        Assert.Empty(await center.Center.ListMessagesAsync(Sales, CancellationToken.None));
        Assert.Equal(new("extension:201"), Assert.Single(center.Events<VoicemailDeleted>()).By);
        Assert.Single(center.Events<VoicemailHeard>());
    }

    [Fact]
    public async Task A_message_that_was_being_taken_when_the_process_died_is_kept_by_the_next()
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(cc => WithMailbox(cc), world);
        var caller = await CallAsync(first, seconds: 4);
        var taken = Path.Combine(first.VoicemailFolder, "sales");
        var kept = Directory.CreateTempSubdirectory("voicemail");
        try
        {
            Directory.CreateDirectory(Path.Combine(kept.FullName, "sales"));
            foreach (var file in Directory.GetFiles(taken))
                File.Copy(file, Path.Combine(kept.FullName, "sales", Path.GetFileName(file)));
            var memory = await first.KillAsync();
            await world.AdvanceAsync(60);

            await using var second = await TestCenter.StartAsync(cc => WithMailbox(cc).Configure(options => options.Voicemail.Folder = kept.FullName), world, memory);
            second.Log.Expect(7503);

            var message = Assert.Single(await second.Center.ListMessagesAsync(Sales, CancellationToken.None));
            Assert.InRange(message.Length.TotalSeconds, 3.5, 4.3);
            Assert.True(LevelOf(WavReader.Load(second.Center.PathOf(message)), 1, 2) > 3_000);
            Assert.Single(second.Events<VoicemailLeft>());
        }
        finally
        {
            kept.Delete(recursive: true);
        }
    }

    private static CallCenterBuilder WithMailbox(CallCenterBuilder cc) => cc
        .AddMailbox("sales", "201")
        .Configure(options =>
        {
            options.Mailboxes["sales"].Greeting = "menu.wav";
            options.DialPlan["600"] = "flow:voicemail:sales";
        });

    private static ScriptedPhone PhoneOf(TestCenter center, string extension) => center.World.Phones.Single(phone => phone.Options.User == extension);

    private static void AddPrompt(TestCenter center, string name)
    {
        Directory.CreateDirectory(Path.Combine(center.PromptFolder, "en", "voicemail"));
        File.Copy(Path.Combine(center.PromptFolder, "hello.wav"), Path.Combine(center.PromptFolder, "en", "voicemail", $"{name}.wav"));
    }

    /// <summary>A caller who has spoken for so long after the beep, and is still there.</summary>
    private static async Task<ScriptedCall> CallAsync(TestCenter center, double seconds)
    {
        var caller = center.Dial("600");
        await center.AdvanceAsync(1.3 + seconds); // the greeting takes 1 s, the beep 0.2 s
        return caller;
    }

    private static async Task LeaveAsync(TestCenter center)
    {
        var caller = await CallAsync(center, seconds: 4);
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);
    }

    private static double LevelOf(WavAudio sound, int fromSecond, int seconds)
    {
        var pcm = new short[seconds * WavReader.SampleRateHz];
        var count = sound.ReadChannel(0, fromSecond * WavReader.SampleRateHz, pcm);
        return Math.Sqrt(pcm.Take(count).Average(sample => (double)sample * sample));
    }
}
