using CallCenterKit.Configuration;
using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Supervisors;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Calls;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Tests.Interop;
using CallCenterKit.Voice;
using static CallCenterKit.Tests.Calls.Talks;

namespace CallCenterKit.Tests.Supervisors;

/// <summary>Who hears whom while a supervisor listens, whispers or talks along; each has a tone of their own.</summary>
public sealed class SupervisedCallTests
{
    private const double Boss = 1730;
    private const double Unheard = -60;
    private static readonly ActorId ByBoss = new("host:boss");
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Who_listens_hears_both_and_is_heard_by_nobody()
    {
        await using var center = await StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();

        var boss = await SuperviseAsync(center, SupervisionRole.Listen);

        Hears(boss, [Sounds.Customer, Sounds.Alice], Ringback);
        DoesNotHear(caller, Boss);
        DoesNotHear(alice.Calls[0], Boss);
        Hears(caller, [Sounds.Alice], Sounds.Customer);
        Hears(alice.Calls[0], [Sounds.Customer], Sounds.Alice);
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await boss.Ended);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_whisper_is_heard_by_the_agent_and_stands_in_no_recording()
    {
        await using var center = await StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        var (caller, alice) = await center.TalkWithAliceAsync();

        var boss = await SuperviseAsync(center, SupervisionRole.Whisper);

        Hears(alice.Calls[0], [Sounds.Customer, Boss], Sounds.Alice);
        Hears(boss, [Sounds.Customer, Sounds.Alice], Ringback);
        DoesNotHear(caller, Boss);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        var recorded = WavSamples.Read(Path.Combine(center.RecordingFolder, Assert.Single(record.Recordings).File));
        Assert.All(recorded.Channels, channel => Assert.True(Tones.LevelDb(channel, recorded.SampleRateHz, Boss) <= Unheard));
        Assert.True(Tones.LevelDb(recorded.Channels[1], recorded.SampleRateHz, Sounds.Alice) > -20);
    }

    [Fact]
    public async Task Who_barges_in_is_heard_by_both()
    {
        await using var center = await StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();

        var boss = await SuperviseAsync(center, SupervisionRole.Barge);

        Hears(caller, [Sounds.Alice, Boss], Sounds.Customer);
        Hears(alice.Calls[0], [Sounds.Customer, Boss], Sounds.Alice);
        Hears(boss, [Sounds.Customer, Sounds.Alice], Boss);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task Roles_change_in_place_and_nobody_misses_a_frame()
    {
        await using var center = await StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        caller.Heard.Restart();
        alice.Calls[0].Heard.Restart();

        var boss = await SuperviseAsync(center, SupervisionRole.Listen);
        Assert.Equal(DeskOutcome.Asked, center.Center.ChangeSupervision(center.Matter(), SupervisionRole.Whisper, ByBoss));
        await center.AdvanceAsync(3);
        Hears(alice.Calls[0], [Boss], Sounds.Alice);
        DoesNotHear(caller, Boss);
        center.Center.ChangeSupervision(center.Matter(), SupervisionRole.Barge, ByBoss);
        await center.AdvanceAsync(3);
        Hears(caller, [Boss], Sounds.Customer);
        center.Center.ChangeSupervision(center.Matter(), SupervisionRole.Listen, ByBoss);
        await center.AdvanceAsync(3);
        DoesNotHear(caller, Boss);
        DoesNotHear(alice.Calls[0], Boss);
        Assert.Equal(DeskOutcome.Asked, center.Center.EndSupervision(center.Matter(), ByBoss));
        await center.AdvanceAsync(3);

        Assert.Equal(ScriptedCallEnd.HungUpThere, await boss.Ended);
        Hears(caller, [Sounds.Alice], Boss);
        Assert.All([caller.Heard, alice.Calls[0].Heard], heard =>
        {
            Assert.InRange(heard.LongestGap, TimeSpan.Zero, 2 * Frame);
            Assert.Equal((0, 0), (heard.PacketsLost, heard.PacketsOutOfOrder));
        });
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        var supervision = Assert.Single(record.Supervisions);
        Assert.Equal([SupervisionRole.Listen, SupervisionRole.Whisper, SupervisionRole.Barge, SupervisionRole.Listen], supervision.Steps.Select(step => step.Role));
        Assert.Equal((ByBoss, new("201"), SupervisionEnd.Withdrawn), (supervision.By, supervision.Endpoint, supervision.End!.Value));
        Assert.Equal(supervision.EndedAt, center.TimeOf<SupervisionEnded>());
    }

    [Fact]
    public async Task A_supervisor_counts_nowhere()
    {
        await using var center = await StartAsync();
        var (caller, _) = await center.TalkWithAliceAsync();
        var figures = center.Center.Figures;

        await SuperviseAsync(center, SupervisionRole.Barge);

        Assert.Equal(figures.Total.Answered, center.Center.Figures.Total.Answered);
        Assert.Equal(AgentState.Talking, center.StateOf("alice"));
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.Equal((Alice, 1), (record.Agent!.Value, record.Offers));
        Assert.Equal(Alice, Assert.Single(record.Legs).Agent);
        Assert.Single(center.Events<ConversationJoined>());
        Assert.Single(center.Events<AssignmentStarted>());
        Assert.Equal((SupervisionEnd.CallOver, (ActorId?)null), (Assert.Single(center.Events<SupervisionEnded>()).End, center.Events<SupervisionEnded>()[0].By));
    }

    [Fact]
    public async Task The_customer_on_hold_hears_music_and_the_supervisor_nothing()
    {
        await using var center = await StartAsync();
        var (caller, _) = await center.TalkWithAliceAsync();
        var boss = await SuperviseAsync(center, SupervisionRole.Barge);

        center.Center.Hold(center.Matter(), Alice);
        await center.AdvanceAsync(3);

        Hears(caller, [Sounds.Hold], Boss);
        DoesNotHear(boss, Sounds.Customer);
        DoesNotHear(boss, Sounds.Alice);
        center.Center.TakeBack(center.Matter(), Alice);
        await center.AdvanceAsync(3);
        Hears(caller, [Sounds.Alice, Boss], Sounds.Hold);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task The_supervisor_of_a_queue_s_call_follows_a_consultation_and_a_transfer()
    {
        await using var center = await StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        var bob = await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        var boss = await SuperviseAsync(center, SupervisionRole.Whisper);

        center.Center.Consult(center.Matter(), Alice, "102", ByAlice);
        await center.AdvanceAsync(5);
        Hears(alice.Calls[0], [Sounds.Bob, Boss], Sounds.Customer);
        Hears(boss, [Sounds.Alice, Sounds.Bob], Sounds.Customer);
        DoesNotHear(bob.Calls[0], Boss);
        center.Center.CompleteTransfer(center.Matter(), Alice, ByAlice);
        await center.AdvanceAsync(4);

        Hears(bob.Calls[0], [Sounds.Customer, Boss], Sounds.Alice);
        Hears(boss, [Sounds.Customer, Sounds.Bob], Sounds.Alice);
        DoesNotHear(caller, Boss);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.Equal([Alice, Bob], Assert.Single(record.Supervisions).Steps.Select(step => step.Agent));
    }

    [Fact]
    public async Task The_supervisor_of_one_agent_leaves_with_that_agent()
    {
        await using var center = await StartAsync(configure: options =>
        {
            options.Supervisors.Clear();
            options.Supervisors.Add(new() { Who = ByBoss.Value, Agents = { "alice" } });
        });
        var (caller, _) = await center.TalkWithAliceAsync();
        await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        var boss = await SuperviseAsync(center, SupervisionRole.Listen);

        center.Center.Transfer(center.Matter(), Alice, "102", ByAlice);
        await center.AdvanceAsync(3);

        Assert.Equal(ScriptedCallEnd.HungUpThere, await boss.Ended);
        Hears(caller, [Sounds.Bob], Boss);
        await center.RunAsync(caller.HangUpAsync);
        Assert.Equal(SupervisionEnd.AgentLeft, Assert.Single((await center.SettleOneAsync()).Supervisions).End);
    }

    [Fact]
    public async Task Nobody_supervises_unless_it_is_allowed()
    {
        await using var center = await TestCenter.StartAsync();
        center.Log.Expect(7031);
        var (caller, _) = await center.TalkWithAliceAsync();
        var phone = await center.World.AgentAsync("201", new());

        Assert.IsType<SupervisionResult.Forbidden>(await AskAsync(center, SupervisionRole.Listen));

        Assert.Equal((0, 1), (phone.Counts.Offered, center.Log.CountOf(7031)));
        await center.RunAsync(caller.HangUpAsync);
        Assert.Empty((await center.SettleOneAsync()).Supervisions);
    }

    [Fact]
    public async Task Nobody_does_more_than_is_allowed()
    {
        await using var center = await StartAsync(configure: options => options.Supervisors[0].Role = SupervisionRole.Listen);
        center.Log.Expect(7031);
        var (caller, _) = await center.TalkWithAliceAsync();
        Assert.IsType<SupervisionResult.Forbidden>(await AskAsync(center, SupervisionRole.Whisper));
        var boss = await SuperviseAsync(center, SupervisionRole.Listen);

        Assert.Equal(DeskOutcome.Forbidden, center.Center.ChangeSupervision(center.Matter(), SupervisionRole.Barge, ByBoss));
        await center.PressAsync(boss, "3");
        await center.AdvanceAsync(3);

        DoesNotHear(caller, Boss);
        Assert.Empty(center.Events<SupervisionChanged>());
        Assert.Equal(DeskOutcome.NotInCall, center.Center.ChangeSupervision(center.Matter(), SupervisionRole.Listen, new("host:other")));
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task Who_supervises_a_call_already_is_not_rung_again()
    {
        await using var center = await StartAsync();
        var (caller, _) = await center.TalkWithAliceAsync();
        await SuperviseAsync(center, SupervisionRole.Listen);

        Assert.IsType<SupervisionResult.AlreadyThere>(await AskAsync(center, SupervisionRole.Listen));
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);
        Assert.IsType<SupervisionResult.NotInCall>(await AskAsync(center, SupervisionRole.Listen));
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_phone_that_does_not_answer_is_told_and_a_customer_who_leaves_takes_the_ringing_along()
    {
        await using var center = await StartAsync();
        var (caller, _) = await center.TalkWithAliceAsync();
        var phone = await center.World.AgentAsync("201", new() { RejectStatus = 486 });
        Assert.Equal(new SupervisionResult.PhoneNotAnswered(HangUpCause.Busy), await AskAsync(center, SupervisionRole.Listen));
        phone.Script = new() { NeverAnswers = true };

        var asked = center.Center.SuperviseAsync(center.Matter(), Request(SupervisionRole.Listen), ByBoss, TestContext.Current.CancellationToken);
        await center.AdvanceAsync(3);
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);

        Assert.IsType<SupervisionResult.NotInCall>(await asked);
        Assert.Equal(ScriptedCallEnd.Cancelled, await phone.Calls[1].Ended);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_supervisor_who_dials_the_feature_joins_and_chooses_the_role_by_key()
    {
        await using var center = await StartAsync(configure: ByFeature);
        var (caller, alice) = await center.TalkWithAliceAsync();

        var boss = await DialInAsync(center, "90101");
        Hears(boss, [Sounds.Customer, Sounds.Alice], Ringback);
        DoesNotHear(alice.Calls[0], Boss);
        await center.PressAsync(boss, "2");
        await center.AdvanceAsync(3);
        Hears(alice.Calls[0], [Boss], Sounds.Alice);
        DoesNotHear(caller, Boss);
        await center.RunAsync(boss.HangUpAsync);
        await center.AdvanceAsync(1);

        Hears(caller, [Sounds.Alice], Sounds.Customer);
        await center.RunAsync(caller.HangUpAsync);
        var supervision = Assert.Single((await center.SettleOneAsync()).Supervisions);
        Assert.Equal((new ActorId("endpoint:201"), SupervisionEnd.SupervisorLeft), (supervision.By, supervision.End!.Value));
    }

    [Theory]
    [InlineData("201", "90102", 404)] // Bob is in no call
    [InlineData("201", "90", 404)]
    [InlineData("102", "90101", 403)] // no rule names that phone
    public async Task A_phone_that_may_not_or_finds_no_call_is_refused(string phone, string number, int status)
    {
        await using var center = await StartAsync(configure: ByFeature);
        center.Log.Expect(7031);
        var (caller, _) = await center.TalkWithAliceAsync();
        var curious = center.World.Extension(phone, PhoneVoice.Tone(Boss));
        await center.RunAsync(() => curious.RegisterAsync());

        var call = curious.Dial(number);
        await center.AdvanceAsync(2);

        Assert.Equal(status, call.LastStatus);
        await center.RunAsync(caller.HangUpAsync);
        Assert.Empty((await center.SettleOneAsync()).Supervisions);
    }

    [Fact]
    public async Task A_stranger_who_dials_the_feature_is_refused()
    {
        await using var center = await StartAsync(configure: ByFeature);
        var (caller, _) = await center.TalkWithAliceAsync();

        var stranger = center.Dial("90101");
        await center.AdvanceAsync(2);

        Assert.Equal(403, stranger.LastStatus);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_supervisor_s_phone_holds_nobody_and_passes_nobody_on()
    {
        await using var center = await StartAsync();
        var (caller, _) = await center.TalkWithAliceAsync();
        var boss = await SuperviseAsync(center, SupervisionRole.Barge);

        await center.RunAsync(() => boss.ReferAsync("102"));
        await center.RunAsync(boss.HoldAsync);
        await center.AdvanceAsync(3);

        Assert.Equal("SIP/2.0 603 Decline", boss.TransferNews[^1]);
        Hears(caller, [Sounds.Alice], Sounds.Hold);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    private static Task<TestCenter> StartAsync(Action<CallCenterBuilder>? more = null, Action<CallCenterOptions>? configure = null) => TestCenter.StartAsync(cc =>
    {
        cc.Configure(options => options.Supervisors.Add(new() { Who = ByBoss.Value, Queues = { "support" }, Role = SupervisionRole.Barge }));
        if (configure is not null)
            cc.Configure(configure);
        more?.Invoke(cc);
    });

    private static void ByFeature(CallCenterOptions options)
    {
        options.DialPlan["90*"] = "feature:monitor";
        options.Supervisors.Add(new() { Who = "endpoint:201", Agents = { "*" }, Role = SupervisionRole.Whisper });
    }

    private static SupervisionRequest Request(SupervisionRole role) => new(Alice, role, new("201"));

    private static Task<SupervisionResult> AskAsync(TestCenter center, SupervisionRole role) =>
        center.RunAsync(() => center.Center.SuperviseAsync(center.Matter(), Request(role), ByBoss));

    /// <summary>The supervisor's phone, 4 s after it was answered.</summary>
    private static async Task<ScriptedCall> SuperviseAsync(TestCenter center, SupervisionRole role)
    {
        var phone = await center.World.AgentAsync("201", new() { RingTime = TimeSpan.FromSeconds(1), Voice = PhoneVoice.Tone(Boss) });
        Assert.IsType<SupervisionResult.Joined>(await AskAsync(center, role));
        await center.AdvanceAsync(4);
        return phone.Calls[0];
    }

    private static async Task<ScriptedCall> DialInAsync(TestCenter center, string number)
    {
        var phone = center.World.Extension("201", PhoneVoice.Tone(Boss));
        await center.RunAsync(() => phone.RegisterAsync());
        var call = phone.Dial(number);
        await center.AdvanceAsync(4);
        Assert.NotNull(call.AnsweredAt);
        return call;
    }

    private static void DoesNotHear(ScriptedCall call, double tone) =>
        Assert.True(call.Heard.ToneLevel(tone, Lately) <= Unheard, $"{tone} Hz at {call.Heard.ToneLevel(tone, Lately)} dB");
}
