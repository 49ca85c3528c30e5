using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class EmptyQueueTests
{
    private static readonly Overflow ToVoicemail = new(OverflowKind.Voicemail, "sales");
    private static readonly Overflow ToHelp = new(OverflowKind.Queue, "help");

    [Theory]
    [InlineData(AgentState.LoggedOut, AgentPresences.None)]
    [InlineData(AgentState.Available, AgentPresences.Available)]
    [InlineData(AgentState.Ringing, AgentPresences.Ringing)]
    [InlineData(AgentState.Talking, AgentPresences.Talking)]
    [InlineData(AgentState.WrappingUp, AgentPresences.WrappingUp)]
    [InlineData(AgentState.Paused, AgentPresences.Paused)]
    [InlineData(AgentState.Unreachable, AgentPresences.Unreachable)]
    public void An_agent_counts_as_there_by_the_state_that_is_named_and_by_no_other(AgentState state, AgentPresences presence)
    {
        foreach (var counts in Enum.GetValues<AgentPresences>())
        {
            var center = new TestCenter(QueueOf(Sales, Alice) with { WrapUp = Seconds(10), JoinRule = new(counts) }, QueueOf(Help, Alice) with { WrapUp = Seconds(10) });
            Bring(center, state);

            var effects = center.Send(new Enqueue(center.NewInteraction(), Sales));

            Assert.Equal((counts & presence) == 0, effects.Any(effect => effect is Release { Outcome: QueueOutcome.Empty }));
        }
    }

    [Fact]
    public void A_caller_who_finds_nobody_goes_where_such_callers_go()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { JoinRule = new(AgentPresences.LoggedIn), EmptyOverflow = ToVoicemail, Overflow = ToHelp });

        Assert.Equal(new QueueOutcome.Empty(TimeSpan.Zero, ToVoicemail), OutcomeOf(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)))));
        Assert.Equal(QueueRefusal.Empty, center.Last<QueueRefused>().Reason);
    }

    [Fact]
    public void Without_a_place_for_such_callers_they_go_where_all_go()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { JoinRule = new(AgentPresences.LoggedIn), Overflow = ToHelp }, QueueOf(Help, Bob));

        Assert.Equal(Help, center.EntryOf(center.Enqueue(Sales)).Queue);
    }

    [Fact]
    public void One_member_who_is_there_is_enough()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob) with { JoinRule = new(AgentPresences.Working) });
        center.LogIn(Bob, Desk2);

        Assert.IsType<Offer>(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales))));
    }

    [Fact]
    public void Somebody_of_another_queue_does_not_count()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { JoinRule = new(AgentPresences.LoggedIn) });
        center.LogIn(Bob, Desk2);

        Assert.IsType<QueueOutcome.Empty>(OutcomeOf(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)))));
    }

    [Fact]
    public void When_the_last_agent_leaves_the_callers_go_after_the_grace_time_and_not_before()
    {
        var center = Leaving(grace: 30);
        var (first, second) = (center.Enqueue(Sales), center.Enqueue(Sales));
        center.Advance(Seconds(10));
        center.Send(new LogOut(Alice, Boss));

        Assert.Empty(center.Advance(Seconds(29.999)));
        var effects = center.Advance(Seconds(0.001)).Cast<Release>().ToList();

        Assert.Equal([first, second], effects.Select(release => release.Interaction));
        Assert.All(effects, release => Assert.Equal(new QueueOutcome.Empty(Seconds(40), ToVoicemail), release.Outcome));
        Assert.Equal(QueueExit.Emptied, center.Last<QueueLeft>().Exit);
    }

    [Fact]
    public void Without_grace_they_go_in_the_same_instant()
    {
        var center = Leaving(grace: 0);
        center.Enqueue(Sales);
        center.Advance(Seconds(1));

        Assert.Equal([typeof(WithdrawOffer), typeof(Release)], center.Send(new LogOut(Alice, Boss)).Select(effect => effect.GetType()));
    }

    [Fact]
    public void One_who_came_in_the_very_instant_in_which_the_last_agent_left_goes_a_second_later()
    {
        var center = Leaving(grace: 0);
        center.Enqueue(Sales);

        Assert.IsType<WithdrawOffer>(Assert.Single(center.Send(new LogOut(Alice, Boss))));
        Assert.Equal(new QueueOutcome.Empty(Seconds(1), ToVoicemail), OutcomeOf(Assert.Single(center.Advance(Seconds(1)))));
    }

    [Fact]
    public void One_who_comes_back_within_the_grace_time_begins_it_anew()
    {
        var center = Leaving(grace: 30);
        center.Send(new LogOut(Alice, Boss));
        center.Enqueue(Sales);
        center.Advance(Seconds(29));
        center.LogIn(Bob, Desk2);
        center.Advance(Seconds(10));
        center.Send(new LogOut(Bob, Boss));

        Assert.Empty(center.Advance(Seconds(29.999)));
        Assert.IsType<Release>(Assert.Single(center.Advance(Seconds(0.001))));
    }

    [Fact]
    public void One_who_comes_back_in_the_last_instant_is_in_time()
    {
        var center = Leaving(grace: 30);
        center.Enqueue(Sales);
        center.Send(new LogOut(Alice, Boss));
        center.Advance(Seconds(30) - TimeSpan.FromTicks(1));

        Assert.IsType<Offer>(Assert.Single(center.LogIn(Bob, Desk2)));
        Assert.DoesNotContain(center.Advance(Seconds(1)), effect => effect is Release);
    }

    [Fact]
    public void A_caller_who_comes_in_during_the_grace_time_goes_with_the_others()
    {
        var center = Leaving(grace: 30);
        center.Send(new LogOut(Alice, Boss));
        center.Advance(Seconds(20));
        center.Enqueue(Sales);

        Assert.Equal(new QueueOutcome.Empty(Seconds(10), ToVoicemail), OutcomeOf(Assert.Single(center.Advance(Seconds(10)))));
    }

    [Fact]
    public void A_caller_who_comes_in_after_the_grace_time_waits_that_long_and_no_longer()
    {
        var center = Leaving(grace: 30);
        center.Send(new LogOut(Alice, Boss));
        center.Advance(Seconds(600));
        center.Enqueue(Sales);

        Assert.Empty(center.Advance(Seconds(29.999)));
        Assert.Equal(new QueueOutcome.Empty(Seconds(30), ToVoicemail), OutcomeOf(Assert.Single(center.Advance(Seconds(0.001)))));
    }

    [Fact]
    public void A_callback_waits_on_in_an_empty_queue()
    {
        var center = Leaving(grace: 30);
        var interaction = center.Enqueue(Sales);
        center.Send(new RequestCallback(interaction));
        center.Send(new LogOut(Alice, Boss));

        Assert.Empty(center.Advance(Seconds(60)));
        Assert.Equal(interaction, center.EntryOf(interaction).Interaction);
    }

    [Fact]
    public void A_phone_that_is_lost_empties_the_queue()
    {
        var center = Leaving(grace: 30);
        center.Enqueue(Sales);
        center.Send(new ReachabilityChanged(Desk1, false));
        center.Settle(Alice);

        Assert.IsType<Release>(Assert.Single(center.Advance(Seconds(30))));
    }

    [Fact]
    public void A_new_model_that_names_nobody_empties_the_queue()
    {
        var center = Leaving(grace: 30);
        center.Send(new Pause(Alice, "lunch", Boss), new Resume(Alice, Boss));
        center.Enqueue(Sales);
        var rule = new EmptyRule(AgentPresences.Working, Seconds(30));
        center.Advance(Seconds(60));
        center.Answer(Alice);
        center.Enqueue(Sales);
        center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Bob) with { LeaveRule = rule }])));

        Assert.Empty(center.Advance(Seconds(29.999)));
        Assert.IsType<QueueOutcome.Empty>(OutcomeOf(Assert.Single(center.Advance(Seconds(0.001)))));
    }

    [Fact]
    public void The_grace_time_goes_on_over_a_restart()
    {
        var center = Leaving(grace: 30);
        center.Send(new LogOut(Alice, Boss));
        center.Advance(Seconds(20));
        var next = center.Restart();
        next.Enqueue(Sales);

        Assert.Empty(next.Advance(Seconds(9.999)));
        Assert.IsType<QueueOutcome.Empty>(OutcomeOf(Assert.Single(next.Advance(Seconds(0.001)))));
    }

    [Fact]
    public void Two_empty_queues_that_lead_into_each_other_give_the_caller_back()
    {
        var rule = new EmptyRule(AgentPresences.Working);
        var center = new TestCenter(
            QueueOf(Sales, Alice) with { LeaveRule = rule, EmptyOverflow = ToHelp },
            QueueOf(Help, Alice) with { JoinRule = rule, LeaveRule = rule, EmptyOverflow = new(OverflowKind.Queue, "sales") });
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        center.Advance(Seconds(1));

        var release = Assert.Single(center.Send(new LogOut(Alice, Boss)).OfType<Release>());

        Assert.IsType<QueueOutcome.Empty>(release.Outcome);
    }

    [Fact]
    public void Two_empty_queues_that_send_callers_to_each_other_do_so_once_a_second()
    {
        var rule = new EmptyRule(AgentPresences.Working);
        var center = new TestCenter(
            QueueOf(Sales, Alice) with { LeaveRule = rule, EmptyOverflow = ToHelp },
            QueueOf(Help, Alice) with { LeaveRule = rule, EmptyOverflow = new(OverflowKind.Queue, "sales") });
        center.Advance(Seconds(1));
        center.Enqueue(Sales);

        center.Advance(Seconds(10));

        Assert.Equal(11, center.Events.OfType<QueueEntered>().Count());
    }

    /// <summary>Alice is at work; the queue counts as empty when no member works.</summary>
    private static TestCenter Leaving(double grace)
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob) with
        {
            LeaveRule = new(AgentPresences.Working, Seconds(grace)),
            EmptyOverflow = ToVoicemail,
            RingTime = Seconds(1000),
        });
        center.LogIn(Alice, Desk1);
        return center;
    }

    private static void Bring(TestCenter center, AgentState state)
    {
        if (state != AgentState.LoggedOut)
            center.LogIn(Alice, Desk1);
        if (state is AgentState.Ringing or AgentState.Talking or AgentState.WrappingUp)
            center.Enqueue(Help);
        if (state is AgentState.Talking)
            center.Answer(Alice);
        if (state is AgentState.WrappingUp)
            center.Serve(Alice);
        if (state is AgentState.Paused)
            center.Send(new Pause(Alice, "lunch", Boss));
        if (state is AgentState.Unreachable)
            center.Send(new ReachabilityChanged(Desk1, false));
        Assert.Equal(state, center.Board(Alice));
    }
}
