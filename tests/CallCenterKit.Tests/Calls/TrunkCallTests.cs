using System.Net;
using CallCenterKit.Configuration;
using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Sip;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;
using static CallCenterKit.Tests.Calls.Talks;

namespace CallCenterKit.Tests.Calls;

/// <summary>Calls over trunks of the SIP driver, whose carriers are phones of the world.</summary>
public sealed class TrunkCallTests
{
    private const double Announcement = 950;
    private const double Outsider = 1800;

    [Fact]
    public async Task A_number_outside_is_told_to_the_trunk_and_both_hear_each_other()
    {
        await using var trunks = await TrunkWorld.StartAsync();
        var phone = await trunks.PhoneAsync("101", Sounds.Alice);
        var call = phone.Dial("030123");
        var far = await trunks.NextAsync(trunks.City);
        far.Ring();
        await trunks.Center.AdvanceAsync(2);
        Assert.Equal(180, call.LastStatus);
        Assert.Equal(AgentState.Talking, trunks.Center.StateOf("alice"));
        Assert.Equal(CallDirection.Outbound, trunks.Center.Center.Board.Agents.Single(agent => agent.Id.Value == "alice").Direction);

        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);

        Hears(call, [Outsider], Ringback);
        Hears(far, [Sounds.Alice], Outsider);
        Assert.Contains("sip:30123@", trunks.City.Trace[0].Text, StringComparison.Ordinal);
        Assert.Equal("4930555", far.RemoteUser);
        await trunks.Center.RunAsync(far.HangUpAsync);
        var record = await trunks.Center.SettleOneAsync();
        Assert.Equal((CallDirection.Outbound, Alice, CallRecordEnding.Completed, CallEndedBy.Party), (record.Direction, record.Agent!.Value, record.Ending, record.EndedBy!.Value));
        Assert.InRange(record.Talk.TotalSeconds, 3.9, 4.1);
    }

    [Fact]
    public async Task What_the_carrier_lets_be_heard_before_the_answer_the_agent_hears()
    {
        await using var trunks = await TrunkWorld.StartAsync();
        var call = (await trunks.PhoneAsync("101", Sounds.Alice)).Dial("030123");
        var far = await trunks.NextAsync(trunks.City);
        far.Say(PhoneVoice.Tone(Announcement));
        far.StartEarlyAudio();
        await trunks.Center.AdvanceAsync(4);

        Assert.Equal((183, null), (call.LastStatus, call.AnsweredAt));
        Hears(call, [Announcement], Outsider);
        far.Say(PhoneVoice.Tone(Outsider));
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);
        Hears(call, [Outsider], Announcement);
        Hears(far, [Sounds.Alice], Outsider);
        await trunks.Center.RunAsync(call.HangUpAsync);
        await trunks.Center.SettleOneAsync();
    }

    [Fact]
    public async Task An_announcement_that_ends_in_a_refusal_is_heard_and_told()
    {
        await using var trunks = await TrunkWorld.StartAsync();
        var call = (await trunks.PhoneAsync("101", Sounds.Alice)).Dial("030123");
        var far = await trunks.NextAsync(trunks.City);
        far.Say(PhoneVoice.Tone(Announcement));
        far.StartEarlyAudio();
        await trunks.Center.AdvanceAsync(4);
        Hears(call, [Announcement], Outsider);

        far.Reject(404);
        await trunks.Center.AdvanceAsync(2);

        Assert.Equal(404, call.LastStatus);
        var record = await trunks.Center.SettleOneAsync();
        Assert.Equal((CallRecordEnding.NotReached, HangUpCause.NotFound), (record.Ending, record.Cause!.Value));
        Assert.Equal(AgentState.Available, trunks.Center.StateOf("alice"));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(0)] // silence
    public async Task When_one_trunk_fails_the_next_carries_the_call(int status)
    {
        await using var trunks = await TrunkWorld.StartAsync();
        trunks.Center.Log.Expect(trunks.TrunkWarnings);
        trunks.City.IgnoreEverything = status == 0;
        var call = (await trunks.PhoneAsync("101", Sounds.Alice)).Dial("030123");
        if (status > 0)
            (await trunks.NextAsync(trunks.City)).Reject(status);
        var far = await trunks.NextAsync(trunks.Backup);
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);

        Hears(call, [Outsider], Ringback);
        await trunks.Center.RunAsync(call.HangUpAsync);
        Assert.Equal(CallRecordEnding.Completed, (await trunks.Center.SettleOneAsync()).Ending);
    }

    [Theory]
    [InlineData(486, 486)]
    [InlineData(404, 404)]
    [InlineData(603, 603)]
    public async Task What_the_called_party_says_is_not_asked_of_another_trunk(int status, int seen)
    {
        await using var trunks = await TrunkWorld.StartAsync();
        var call = (await trunks.PhoneAsync("101", Sounds.Alice)).Dial("030123");
        (await trunks.NextAsync(trunks.City)).Reject(status);
        await trunks.Center.AdvanceAsync(5);

        Assert.Equal(seen, call.LastStatus);
        Assert.Empty(trunks.Backup.Trace);
        await trunks.Center.SettleOneAsync();
    }

    [Fact]
    public async Task Without_a_trunk_that_works_the_phone_is_told_503()
    {
        await using var trunks = await TrunkWorld.StartAsync();
        trunks.Center.Log.Expect(trunks.TrunkWarnings);
        var call = (await trunks.PhoneAsync("101", Sounds.Alice)).Dial("030123");
        (await trunks.NextAsync(trunks.City)).Reject(503);
        (await trunks.NextAsync(trunks.Backup)).Reject(503);
        await trunks.Center.AdvanceAsync(5);

        Assert.Equal(503, call.LastStatus);
        Assert.Equal(HangUpCause.Congestion, (await trunks.Center.SettleOneAsync()).Cause);
    }

    [Fact]
    public async Task A_carrier_that_asks_who_we_are_is_told()
    {
        await using var trunks = await TrunkWorld.StartAsync(options => (options.Sip.Trunks[0].User, options.Sip.Trunks[0].Password) = ("4930", "trunk-secret"));
        var call = (await trunks.PhoneAsync("101", Sounds.Alice)).Dial("030123");
        (await trunks.NextAsync(trunks.City)).Reject(407, null, "Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"");
        var far = await trunks.NextAsync(trunks.City);

        Assert.Contains("username=\"4930\"", far.InviteHeader("Proxy-Authorization"), StringComparison.Ordinal);
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);
        Hears(call, [Outsider], Ringback);
        await trunks.Center.RunAsync(call.HangUpAsync);
        await trunks.Center.SettleOneAsync();
    }

    [Fact]
    public async Task An_agent_who_gives_up_takes_the_call_of_the_trunk_along()
    {
        await using var trunks = await TrunkWorld.StartAsync();
        var call = (await trunks.PhoneAsync("101", Sounds.Alice)).Dial("030123");
        var far = await trunks.NextAsync(trunks.City);
        far.Ring();
        await trunks.Center.AdvanceAsync(2);

        await trunks.Center.RunAsync(call.HangUpAsync);
        await trunks.Center.AdvanceAsync(1);

        Assert.Equal(ScriptedCallEnd.Cancelled, await far.Ended);
        Assert.Equal(AgentState.Available, trunks.Center.StateOf("alice"));
        Assert.Equal(HangUpCause.Cancelled, (await trunks.Center.SettleOneAsync()).Cause);
    }

    [Fact]
    public async Task An_emergency_passes_the_limits_of_the_trunk_and_of_the_center()
    {
        await using var trunks = await TrunkWorld.StartAsync(options =>
        {
            Emergency(options);
            options.Sip.MaxCalls = 2;
            foreach (var trunk in options.Sip.Trunks)
                trunk.MaxCalls = 1;
        });
        trunks.Center.Log.Expect(3106);
        var busy = (await trunks.PhoneAsync("101", Sounds.Alice)).Dial("030123");
        await trunks.AnswerAsync(await trunks.NextAsync(trunks.City));
        await trunks.Center.AdvanceAsync(2);
        var (second, third) = (await trunks.PhoneAsync("102", Sounds.Bob), await trunks.PhoneAsync("201", Colleague));
        var refused = second.Dial("030124");
        await trunks.Center.AdvanceAsync(2);
        Assert.Equal(503, refused.LastStatus);

        var urgent = third.Dial("112");
        var far = await trunks.NextAsync(trunks.City);
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);

        Hears(urgent, [Outsider], Ringback);
        await trunks.Center.RunAsync(urgent.HangUpAsync);
        await trunks.Center.RunAsync(busy.HangUpAsync);
        await trunks.Center.SettleAsync();
    }

    [Fact]
    public async Task A_customer_is_passed_on_to_an_emergency_though_the_trunk_is_at_its_limit()
    {
        await using var trunks = await TrunkWorld.StartAsync(options =>
        {
            Emergency(options);
            foreach (var trunk in options.Sip.Trunks)
                trunk.MaxCalls = 1;
        });
        var busy = (await trunks.PhoneAsync("201", Colleague)).Dial("030123");
        await trunks.AnswerAsync(await trunks.NextAsync(trunks.City));
        var blocker = (await trunks.PhoneAsync("102", Sounds.Bob)).Dial("030124");
        await trunks.AnswerAsync(await trunks.NextAsync(trunks.Backup));
        var (caller, alice) = await trunks.Center.TalkWithAliceAsync();

        await trunks.Center.RunAsync(() => alice.Calls[0].ReferAsync("112"));
        var far = await trunks.NextAsync(trunks.City);
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);

        Hears(caller, [Outsider], Sounds.Alice);
        foreach (var call in new[] { caller, busy, blocker })
            await trunks.Center.RunAsync(call.HangUpAsync);
        await trunks.Center.SettleAsync();
    }

    [Fact]
    public async Task A_customer_is_passed_on_to_a_number_outside_where_that_may_be_dialled()
    {
        await using var trunks = await TrunkWorld.StartAsync(options => options.OutsideRules["city"].Callers.Add("agent:alice"));
        var (caller, alice) = await trunks.Center.TalkWithAliceAsync();
        await trunks.Center.BobAsync();

        await trunks.Center.RunAsync(() => alice.Calls[0].ReferAsync("030123"));
        var far = await trunks.NextAsync(trunks.City);
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);
        Hears(caller, [Outsider], Sounds.Alice);
        Hears(far, [Sounds.Customer], Sounds.Alice);
        Assert.NotNull(alice.Calls[0].EndedAt);

        await trunks.Center.RunAsync(far.HangUpAsync);
        await trunks.Center.AdvanceAsync(1);
        Assert.NotNull(caller.EndedAt);
        var record = await trunks.Center.SettleOneAsync();
        Assert.Equal(("outside", TransferEnd.Completed, true), (record.Transfers[0].To, record.Transfers[0].End!.Value, record.Legs[^1].IsOutside));
    }

    [Fact]
    public async Task A_number_outside_is_consulted_by_a_second_call_and_gets_the_customer()
    {
        await using var trunks = await TrunkWorld.StartAsync();
        var (caller, alice) = await trunks.Center.TalkWithAliceAsync();
        Assert.Equal(200, await trunks.Center.RunAsync(alice.Calls[0].HoldAsync));
        var second = trunks.Center.PhoneOf("101").Dial("030123");
        second.Say(PhoneVoice.Tone(Sounds.Alice));
        var far = await trunks.NextAsync(trunks.City);
        far.StartEarlyAudio();
        await trunks.Center.AdvanceAsync(2);
        Assert.Equal(180, second.LastStatus);
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);
        Hears(far, [Sounds.Alice], Sounds.Customer);
        Hears(caller, [Sounds.Hold], Sounds.Alice);

        await trunks.Center.RunAsync(() => alice.Calls[0].ReferAsync(second));
        await trunks.Center.AdvanceAsync(4);

        Hears(caller, [Outsider], Sounds.Hold);
        await trunks.Center.RunAsync(caller.HangUpAsync);
        var record = await trunks.Center.SettleOneAsync();
        Assert.Equal((TransferKind.Attended, "outside"), (record.Transfers[0].Kind, record.Transfers[0].To));
    }

    [Fact]
    public async Task Whom_the_agent_called_is_passed_on_to_a_queue()
    {
        await using var trunks = await TrunkWorld.StartAsync(options => options.OutsideRules["city"].Queue = "support");
        var phone = await trunks.PhoneAsync("101", Sounds.Alice);
        var bob = await trunks.Center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        var call = phone.Dial("030123");
        var far = await trunks.NextAsync(trunks.City);
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(3);

        Assert.Equal(202, await trunks.Center.RunAsync(() => call.ReferAsync("500")));
        await trunks.Center.AdvanceAsync(5);

        Hears(far, [Sounds.Bob], Sounds.Music);
        Assert.Single(bob.Calls);
        Assert.Equal((AgentState.WrappingUp, AgentState.Talking), (trunks.Center.StateOf("alice"), trunks.Center.StateOf("bob")));
        await trunks.Center.RunAsync(far.HangUpAsync);
        var record = await trunks.Center.SettleOneAsync();
        Assert.Equal((CallDirection.Outbound, Bob, CallRecordEnding.Completed), (record.Direction, record.Agent!.Value, record.Ending));
    }

    [Fact]
    public async Task A_call_from_the_carrier_s_address_comes_in_and_goes_no_further()
    {
        await using var trunks = await TrunkWorld.StartAsync();
        trunks.Center.Log.Expect(7016);
        await trunks.Center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        var caller = trunks.City.Dial($"sip:500@{World.CenterAddress}");
        await trunks.Center.AdvanceAsync(4);
        Hears(caller, [Sounds.Alice], Ringback);
        await trunks.Center.RunAsync(caller.HangUpAsync);

        var fraud = trunks.City.Dial($"sip:030123@{World.CenterAddress}");
        await trunks.Center.AdvanceAsync(2);

        Assert.Equal(403, fraud.LastStatus);
        Assert.Empty(trunks.Backup.Trace);
        Assert.Equal("trunk:city", (await trunks.Center.SettleAsync())[0].Origin);
    }

    [Fact]
    public async Task Asked_for_at_a_desk_the_number_is_dialled_when_the_agent_is_there()
    {
        await using var trunks = await TrunkWorld.StartAsync();
        var alice = await trunks.Center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        var asked = trunks.Center.RunAsync(() => trunks.Center.Center.DialAsync(Alice, "030123", ByAlice));
        Assert.IsType<CallCenterKit.Calls.DialResult.Dialled>(await asked);
        var far = await trunks.NextAsync(trunks.City);
        far.Say(PhoneVoice.Tone(Announcement));
        far.StartEarlyAudio();
        await trunks.Center.AdvanceAsync(4);
        Hears(alice.Calls[0], [Announcement], Outsider);
        far.Say(PhoneVoice.Tone(Outsider));
        await trunks.AnswerAsync(far);
        await trunks.Center.AdvanceAsync(4);
        Hears(alice.Calls[0], [Outsider], Announcement);

        Assert.Equal(DeskOutcome.Asked, trunks.Center.Center.HangUp(trunks.Center.Matter(), Alice));
        await trunks.Center.AdvanceAsync(1);
        Assert.NotNull(far.EndedAt);
        await trunks.Center.SettleOneAsync();
    }

    [Fact]
    public async Task A_center_that_stops_takes_an_emergency_and_nothing_else()
    {
        await using var trunks = await TrunkWorld.StartAsync(Emergency);
        trunks.Center.Log.Expect(7301);
        await trunks.Center.TalkWithAliceAsync();
        var phone = await trunks.PhoneAsync("201", Colleague);
        var (refused, urgent) = await trunks.Center.RunAsync(async () =>
        {
            var stopping = trunks.Center.StopHostAsync();
            await phone.PauseAsync(TimeSpan.FromSeconds(1));
            var calls = (phone.Dial("030123"), phone.Dial("112"));
            var far = await trunks.City.NextCallAsync();
            await far.AnswerAsync();
            await stopping;
            return calls;
        });

        Assert.Equal((503, 200), (refused.LastStatus, urgent.LastStatus));
        Assert.Equal("112", trunks.City.Trace[0].Text.Split(' ')[1].Split(':')[1].Split('@')[0]);
        await trunks.Center.StopAsync();
        await trunks.Center.AfterwardsAsync();
    }

    private static void Emergency(CallCenterOptions options)
    {
        options.EmergencyNumbers.Add("112");
        options.DialPlan["112"] = "outside:emergency";
        options.OutsideRules["emergency"] = new() { Trunks = { "city" } };
    }

    /// <summary>A center with the trunks "city" and "backup"; "0*" leads outside over them in that order.</summary>
    private sealed class TrunkWorld : IAsyncDisposable
    {
        private TrunkWorld(TestCenter center) => Center = center;

        public TestCenter Center { get; }

        public ScriptedPhone City { get; private init; } = null!;

        public ScriptedPhone Backup { get; private init; } = null!;

        public int[] TrunkWarnings { get; } = [.. Enumerable.Range(4000, 2000)];

        public static async Task<TrunkWorld> StartAsync(Action<CallCenterOptions>? configure = null)
        {
            var center = await TestCenter.StartAsync(cc => cc.Configure(options =>
            {
                options.DialPlan["0*"] = "outside:city";
                options.OutsideRules["city"] = new() { Strip = 1, CallerId = "4930555", Trunks = { "city", "backup" } };
                options.Sip.Trunks.Add(Trunk("city", "10.0.8.1"));
                options.Sip.Trunks.Add(Trunk("backup", "10.0.8.2"));
                configure?.Invoke(options);
            }));
            return new(center) { City = center.World.Carrier("10.0.8.1", PhoneVoice.Tone(Outsider)), Backup = center.World.Carrier("10.0.8.2", PhoneVoice.Tone(Outsider)) };
        }

        public async Task<ScriptedPhone> PhoneAsync(string number, double voice)
        {
            var phone = Center.World.Extension(number, PhoneVoice.Tone(voice));
            await Center.RunAsync(() => phone.RegisterAsync());
            return phone;
        }

        /// <summary>The next call that a carrier gets.</summary>
        public Task<ScriptedCall> NextAsync(ScriptedPhone carrier) => Center.Time.RunAsync(() => carrier.NextCallAsync(), TimeSpan.FromMinutes(1));

        public async Task AnswerAsync(ScriptedCall far) => Assert.True(await Center.RunAsync(far.AnswerAsync));

        public ValueTask DisposeAsync() => Center.DisposeAsync();

        private static SipTrunkOptions Trunk(string name, string host) => new() { Name = name, Host = host, HealthInterval = TimeSpan.Zero };
    }
}
