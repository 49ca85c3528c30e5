using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Calls;

/// <summary>Customers who rather hang up and are called back when their place comes up.</summary>
/// <remarks>The customer is extension 201, or calls from outside with a number that the dial plan leads there.</remarks>
public sealed class CallbackTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_keys_1_is_called_back_when_an_agent_is_free(bool isExtension)
    {
        await using var center = await TestCenter.StartAsync(OfferingCallbacks);
        var customer = await CustomerAsync(center, new() { RingTime = TimeSpan.FromSeconds(3), Talk = TimeSpan.FromSeconds(10) });
        var first = await BookAsync(center, isExtension);
        Assert.True(first.Heard.ToneLevel(Sounds.Phrase, Moment) > -20);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await center.RunAsync(() => first.Ended));
        await center.AdvanceAsync(60);
        Assert.Empty(customer.Calls);

        var alice = await center.AliceAsync();
        await center.AdvanceAsync(4);
        Assert.True(Assert.Single(alice.Calls).Heard.Level > -40, "The agent hears that it rings.");
        await center.AdvanceAsync(5);
        Assert.True(Assert.Single(customer.Calls).Heard.ToneLevel(Sounds.Alice, Moment) > -20);
        Assert.True(alice.Calls[0].Heard.ToneLevel(Sounds.Customer, Moment) > -20);
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, CallbackState.Reached, 1), (record.Ending, record.Callback, record.CallbackAttempts));
        Assert.Equal((new AgentId("alice"), QueueExit.Answered), (record.Agent, record.QueueExit));
        Assert.InRange(record.Talk.TotalSeconds, 10, 10.1);
        Assert.Equal("500", customer.Calls[0].RemoteUser);
    }

    [Fact]
    public async Task Whoever_hangs_up_right_after_the_key_keeps_the_place()
    {
        await using var center = await TestCenter.StartAsync(OfferingCallbacks);
        await CustomerAsync(center, new() { Talk = TimeSpan.FromSeconds(5) });
        var first = Phone201(center).Dial("500");
        await center.AdvanceAsync(2);
        await center.PressAsync(first, "1");
        await center.RunAsync(first.HangUpAsync);
        await center.AdvanceAsync(1);
        Assert.Single(center.Center.Board.Waiting);

        await center.AliceAsync();
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, CallbackState.Reached), (record.Ending, record.Callback));
    }

    [Fact]
    public async Task An_agent_who_is_free_at_once_waits_until_the_customer_has_heard_goodbye()
    {
        await using var center = await TestCenter.StartAsync(OfferingCallbacks);
        var customer = await CustomerAsync(center, new() { Talk = TimeSpan.FromSeconds(5) });
        var first = await BookAsync(center, isExtension: true);
        await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(0.04) });

        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, 1), (record.Ending, record.CallbackAttempts));
        Assert.True(center.TimeOf<CallbackCalled>() < first.EndedAt, "The agent answered before the customer had hung up.");
        Assert.True(Assert.Single(customer.Calls).StartedAt >= first.EndedAt);
    }

    [Fact]
    public async Task The_agent_hears_what_it_is_about_before_the_customer_is_called()
    {
        await using var center = await TestCenter.StartAsync(cc =>
        {
            OfferingCallbacks(cc);
            cc.AddQueue("support", queue => queue.Whisper = true);
        });
        var customer = await CustomerAsync(center, new() { Talk = TimeSpan.FromSeconds(5) });
        await BookAsync(center, isExtension: true);
        await center.AdvanceAsync(5);
        var alice = await center.AliceAsync();

        await center.AdvanceAsync(2.5);
        Assert.True(Assert.Single(alice.Calls).Heard.ToneLevel(Sounds.Phrase, Moment) > -20);
        Assert.Empty(customer.Calls);
        var record = await center.SettleOneAsync();

        Assert.InRange(record.Talk.TotalSeconds, 4.9, 5.1);
    }

    [Fact]
    public async Task A_customer_who_does_not_answer_is_tried_again_and_given_up()
    {
        await using var center = await TestCenter.StartAsync(OfferingCallbacks);
        var customer = await CustomerAsync(center, new() { NeverAnswers = true });
        await BookAsync(center, isExtension: true);
        var alice = await center.AliceAsync();
        await center.AdvanceAsync(120);
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Unserved, CallbackState.GivenUp, 2), (record.Ending, record.Callback, record.CallbackAttempts));
        Assert.Equal([CallbackFailure.NoAnswer, CallbackFailure.NoAnswer], center.Events<CallbackMissed>().Select(missed => missed.Reason));
        Assert.Equal((2, 2), (customer.Counts.Missed, alice.Counts.Answered));
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }

    [Fact]
    public async Task An_agent_who_leaves_before_the_customer_answers_costs_no_attempt()
    {
        await using var center = await TestCenter.StartAsync(OfferingCallbacks);
        var customer = await CustomerAsync(center, new() { RingTime = TimeSpan.FromSeconds(4), Talk = TimeSpan.FromSeconds(5) });
        await BookAsync(center, isExtension: true);
        var alice = await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(2) });
        await center.AdvanceAsync(4.5);
        alice.Script = alice.Script with { Talk = null };
        var record = await center.SettleOneAsync();

        Assert.All(center.Events<CallbackMissed>(), missed => Assert.Equal(CallbackFailure.AgentLeft, missed.Reason));
        Assert.True(customer.Counts is { Missed: > 0, Answered: 1 });
        Assert.Equal((CallRecordEnding.Completed, 1), (record.Ending, record.CallbackAttempts));
    }

    [Fact]
    public async Task Nothing_is_dialled_outside_without_a_rule()
    {
        await using var center = await TestCenter.StartAsync(cc => {
            OfferingCallbacks(cc);
            cc.Configure(options => options.DialPlan.Remove("49305*"));
        });
        center.Log.Expect(7107);
        await BookAsync(center, isExtension: false);
        await center.AliceAsync();
        await center.AdvanceAsync(60);
        var record = await center.SettleOneAsync();

        Assert.Equal(2, center.Log.CountOf(7107));
        Assert.All(center.Events<CallbackMissed>(), missed => Assert.Equal(CallbackFailure.Failed, missed.Reason));
        Assert.Equal(CallRecordEnding.Unserved, record.Ending);
    }

    [Fact]
    public async Task A_queue_that_is_removed_meanwhile_ends_the_ringing_on_both_sides()
    {
        await using var center = await TestCenter.StartAsync(OfferingCallbacks);
        var customer = await CustomerAsync(center, new() { RingTime = TimeSpan.FromSeconds(8) });
        await BookAsync(center, isExtension: true);
        var alice = await center.AliceAsync();
        await center.AdvanceAsync(5);
        Assert.Null(Assert.Single(customer.Calls).EndedAt);

        center.Center.Change(options =>
        {
            options.Queues.Remove("support");
            options.DialPlan.Remove("500");
        });
        await center.AdvanceAsync(1);

        Assert.NotNull(customer.Calls[0].EndedAt);
        Assert.NotNull(Assert.Single(alice.Calls).EndedAt);
        var record = await center.SettleOneAsync();
        Assert.Equal((CallRecordEnding.Unserved, CallbackState.GivenUp, QueueExit.Closed), (record.Ending, record.Callback, record.QueueExit));
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }

    [Fact]
    public async Task A_callback_outlives_the_process()
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(OfferingCallbacks, world);
        await CustomerAsync(first, new() { Talk = TimeSpan.FromSeconds(5) });
        await BookAsync(first, isExtension: true);
        await world.AdvanceAsync(5);
        var memory = await first.KillAsync();

        await using var second = await TestCenter.StartAsync(OfferingCallbacks, world, memory);
        await second.AliceAsync();
        await world.AdvanceAsync(15);
        var record = await second.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, CallbackState.Reached), (record.Ending, record.Callback));
        Assert.InRange(record.Talk.TotalSeconds, 5, 5.1);
    }

    private static void OfferingCallbacks(CallCenterBuilder cc) => cc
        .AddQueue("support", queue =>
        {
            queue.RingTime = TimeSpan.FromSeconds(10);
            (queue.Callback.Key, queue.Callback.Attempts, queue.Callback.RetryAfter) = ('1', 2, TimeSpan.FromSeconds(20));
        })
        .Configure(options => options.DialPlan.TryAdd("49305*", "extension:201"));

    private static Task<ScriptedAgent> CustomerAsync(TestCenter center, AgentScript script) =>
        center.World.AgentAsync("201", script with { Voice = PhoneVoice.Tone(Sounds.Customer) });

    private static ScriptedPhone Phone201(TestCenter center) => center.World.Phones.First(phone => phone.Options.User == "201");

    /// <summary>The customer calls, keys 1, and is hearing goodbye.</summary>
    private static async Task<ScriptedCall> BookAsync(TestCenter center, bool isExtension)
    {
        var call = isExtension ? Phone201(center).Dial("500") : center.Dial("500");
        await center.AdvanceAsync(2);
        await center.PressAsync(call, "1");
        await center.AdvanceAsync(0.4);
        Assert.Single(center.Events<CallbackBooked>());
        return call;
    }
}
