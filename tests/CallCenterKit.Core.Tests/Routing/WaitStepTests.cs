using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class WaitStepTests
{
    private static readonly Overflow ToHelp = new(OverflowKind.Queue, "help");
    private static readonly Overflow ToCallback = new(OverflowKind.Callback, "");
    private static readonly Overflow ToVoicemail = new(OverflowKind.Voicemail, "sales");

    [Fact]
    public void A_step_to_a_queue_is_taken_at_its_instant_and_keeps_the_time()
    {
        var center = new TestCenter(Steps((30, ToHelp)), QueueOf(Help, Bob));
        var interaction = center.Enqueue(Sales);

        center.Advance(Seconds(29.999));
        Assert.Equal(Sales, center.EntryOf(interaction).Queue);
        center.Advance(Seconds(0.001));

        Assert.Equal((Help, Noon, Noon + Seconds(30)), (center.EntryOf(interaction).Queue, center.EntryOf(interaction).EnqueuedAt, center.EntryOf(interaction).EnteredAt));
        Assert.Equal(QueueExit.Moved, center.Last<QueueLeft>().Exit);
    }

    [Fact]
    public void A_step_to_a_full_queue_leaves_the_caller_waiting_and_the_next_is_tried_at_its_time()
    {
        var center = new TestCenter(Steps((30, ToHelp), (40, ToVoicemail)), QueueOf(Help, Bob) with { MaxLength = 0 });
        var interaction = center.Enqueue(Sales);

        Assert.Empty(center.Advance(Seconds(39.999)));
        Assert.Equal((interaction, 1, Noon + Seconds(30)), (center.Last<StepMissed>().Interaction, center.Last<StepMissed>().Step, center.WhenLast<StepMissed>()));

        Assert.Equal(new QueueOutcome.TimedOut(Seconds(40), ToVoicemail), OutcomeOf(Assert.Single(center.Advance(Seconds(0.001)))));
    }

    [Fact]
    public void A_missed_step_is_not_tried_again_when_there_is_a_place_later()
    {
        var center = new TestCenter(Steps((30, ToHelp)), QueueOf(Help, Bob) with { MaxLength = 1 });
        var blocker = center.Enqueue(Help);
        var interaction = center.Enqueue(Sales);
        center.Advance(Seconds(30));
        center.Send(new Leave(blocker, QueueExit.Abandoned));
        center.Advance(Seconds(600));

        Assert.Equal(Sales, center.EntryOf(interaction).Queue);
    }

    [Fact]
    public void A_step_to_a_full_queue_follows_the_overflow_of_that_queue_to_another()
    {
        var billing = new QueueId("billing");
        var center = new TestCenter(Steps((30, ToHelp)), QueueOf(Help, Bob) with { MaxLength = 0, Overflow = new(OverflowKind.Queue, "billing") }, QueueOf(billing, Carol));
        var interaction = center.Enqueue(Sales);

        center.Advance(Seconds(30));

        Assert.Equal(billing, center.EntryOf(interaction).Queue);
    }

    [Fact]
    public void A_step_to_a_full_queue_that_overflows_back_leaves_the_caller_where_they_are()
    {
        var center = new TestCenter(Steps((30, ToHelp)), QueueOf(Help, Bob) with { MaxLength = 0, Overflow = new(OverflowKind.Queue, "sales") });
        var interaction = center.Enqueue(Sales);

        Assert.Empty(center.Advance(Seconds(30)));

        Assert.Equal((Sales, Noon), (center.EntryOf(interaction).Queue, center.EntryOf(interaction).EnteredAt));
        Assert.Equal(1, center.Last<StepMissed>().Step);
    }

    [Fact]
    public void A_step_to_a_callback_keeps_the_place_and_lets_the_caller_go()
    {
        var center = new TestCenter(Steps((30, ToCallback)));
        var interaction = center.Enqueue(Sales);

        Assert.Equal(new QueueOutcome.CallbackBooked(Seconds(30), false), OutcomeOf(Assert.Single(center.Advance(Seconds(30)))));

        Assert.Equal((PartyReach.ToBeCalled, Noon), (center.EntryOf(interaction).Reach, center.EntryOf(interaction).EnqueuedAt));
    }

    [Fact]
    public void A_chat_cannot_be_called_back_and_waits_on()
    {
        var center = new TestCenter(Steps((30, ToCallback)));
        center.Send(new Enqueue(center.NewInteraction(), Sales, Channels.Chat, Reach: PartyReach.ByMessage));

        Assert.Empty(center.Advance(Seconds(30)));

        Assert.Equal(1, center.Last<StepMissed>().Step);
    }

    [Theory]
    [InlineData(OverflowKind.Flow)]
    [InlineData(OverflowKind.Voicemail)]
    [InlineData(OverflowKind.Message)]
    [InlineData(OverflowKind.Number)]
    [InlineData(OverflowKind.HangUp)]
    public void A_step_to_anything_else_gives_the_caller_back_with_the_target(OverflowKind kind)
    {
        var center = new TestCenter(Steps((30, new(kind, "target"))));
        center.Enqueue(Sales);

        Assert.Equal(new QueueOutcome.TimedOut(Seconds(30), new(kind, "target")), OutcomeOf(Assert.Single(center.Advance(Seconds(30)))));
    }

    [Fact]
    public void A_chain_of_queue_callback_and_flow_goes_through_in_order()
    {
        var center = new TestCenter(
            Steps((10, ToHelp)),
            QueueOf(Help, Bob) with { Steps = [new(Seconds(5), new(OverflowKind.Queue, "nowhere")), new(Seconds(20), ToVoicemail)] });
        center.Enqueue(Sales);

        Assert.Empty(center.Advance(Seconds(29.999)));
        Assert.Equal(QueueRefusal.Unknown, center.Last<QueueRefused>().Reason);

        Assert.Equal(new QueueOutcome.TimedOut(Seconds(30), ToVoicemail), OutcomeOf(Assert.Single(center.Advance(Seconds(0.001)))));
    }

    [Fact]
    public void A_step_stops_what_rings()
    {
        var center = new TestCenter(Steps((30, ToHelp)), QueueOf(Help, Bob));
        center.Enqueue(Sales);
        center.Advance(Seconds(25));
        center.LogIn(Alice, Desk1);

        var withdrawn = Assert.IsType<WithdrawOffer>(Assert.Single(center.Advance(Seconds(5))));

        Assert.Equal((Alice, OfferEnd.CallerLeft), (withdrawn.Agent, withdrawn.Reason));
    }

    [Fact]
    public void A_step_that_is_missed_lets_it_ring()
    {
        var center = new TestCenter(Steps((30, ToHelp)), QueueOf(Help, Bob) with { MaxLength = 0 });
        center.Enqueue(Sales);
        center.Advance(Seconds(25));
        center.LogIn(Alice, Desk1);

        Assert.Empty(center.Advance(Seconds(5)));
        Assert.NotNull(center.FindRinging(Alice));
    }

    [Fact]
    public void A_callback_takes_no_steps()
    {
        var center = new TestCenter(Steps((30, ToHelp)) with { MaxWait = Seconds(60) }, QueueOf(Help, Bob));
        var interaction = center.Enqueue(Sales);
        center.Send(new RequestCallback(interaction));

        Assert.Empty(center.Advance(Seconds(600)));

        Assert.Equal(Sales, center.EntryOf(interaction).Queue);
    }

    [Fact]
    public void The_longest_wait_goes_before_a_step_at_the_same_instant()
    {
        var center = new TestCenter(Steps((30, ToHelp)) with { MaxWait = Seconds(30), Overflow = ToVoicemail }, QueueOf(Help, Bob));
        center.Enqueue(Sales);

        Assert.Equal(new QueueOutcome.TimedOut(Seconds(30), ToVoicemail), OutcomeOf(Assert.Single(center.Advance(Seconds(30)))));
    }

    [Fact]
    public void Two_queues_that_step_into_each_other_at_once_let_time_pass()
    {
        var center = new TestCenter(Steps((0, ToHelp)), QueueOf(Help, Bob) with { Steps = [new(TimeSpan.Zero, new(OverflowKind.Queue, "sales"))] });
        var interaction = center.Enqueue(Sales);

        center.Advance(TimeSpan.FromMilliseconds(9));

        Assert.Equal((Help, Noon), (center.EntryOf(interaction).Queue, center.EntryOf(interaction).EnqueuedAt));
    }

    [Fact]
    public void Steps_that_fell_due_while_nobody_was_there_are_tried_in_order()
    {
        var center = new TestCenter(Steps((10, new(OverflowKind.Queue, "nowhere")), (20, ToHelp), (30, ToVoicemail)), QueueOf(Help, Bob));
        var interaction = center.Enqueue(Sales);
        center.SetClock(Noon + Seconds(100));

        center.Send(new AdvanceClock());

        Assert.Equal(Help, center.EntryOf(interaction).Queue);
        Assert.Equal(1, Assert.Single(center.Events.OfType<StepMissed>()).Step);
    }

    private static QueueModel Steps(params (int After, Overflow To)[] steps) =>
        QueueOf(Sales, Alice) with { Steps = [.. steps.Select(step => new WaitStep(Seconds(step.After), step.To))] };
}
