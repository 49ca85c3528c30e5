using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class WaitTests
{
    private static readonly Overflow ToHelp = new(OverflowKind.Queue, "help");
    private static readonly Overflow ToVoicemail = new(OverflowKind.Flow, "voicemail");

    [Fact]
    public void After_the_longest_wait_the_caller_goes_back_to_the_flow_with_the_overflow_target()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { MaxWait = Seconds(30), Overflow = ToVoicemail });
        center.Enqueue(Sales);

        Assert.Empty(center.Advance(Seconds(29.999)));
        var outcome = OutcomeOf(Assert.Single(center.Advance(Seconds(0.001))));

        Assert.Equal(new QueueOutcome.TimedOut(Seconds(30), ToVoicemail), outcome);
        Assert.Equal(QueueExit.TimedOut, center.Last<QueueLeft>().Exit);
    }

    [Fact]
    public void An_overflow_into_another_queue_keeps_the_time_and_starts_a_new_longest_wait()
    {
        var center = new TestCenter(
            QueueOf(Sales, Alice) with { MaxWait = Seconds(30), Overflow = ToHelp },
            QueueOf(Help, Bob) with { MaxWait = Seconds(10) });
        var interaction = center.Enqueue(Sales);

        Assert.Empty(center.Advance(Seconds(30)));

        var entered = center.Last<QueueEntered>();
        Assert.Equal((interaction, Help, Noon), (entered.Interaction, entered.Queue, entered.EnqueuedAt));
        Assert.Equal(QueueExit.Moved, center.Last<QueueLeft>().Exit);
        Assert.Empty(center.Advance(Seconds(9.999)));
        Assert.Equal(new QueueOutcome.TimedOut(Seconds(40), null), OutcomeOf(Assert.Single(center.Advance(Seconds(0.001)))));
    }

    [Fact]
    public void The_callers_own_deadline_wins_over_the_ring_time()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { RingTime = Seconds(20), MaxWait = Seconds(30) });
        center.Enqueue(Sales);
        center.Advance(Seconds(25));

        var offer = Assert.IsType<Offer>(Assert.Single(center.LogIn(Alice, Desk1)));
        Assert.Equal(Noon + Seconds(30), offer.ExpiresAt);

        Assert.Collection(
            center.Advance(Seconds(5)),
            effect => Assert.Equal(OfferEnd.CallerLeft, Assert.IsType<WithdrawOffer>(effect).Reason),
            effect => Assert.IsType<QueueOutcome.TimedOut>(OutcomeOf(effect)));
    }

    [Fact]
    public void An_overflow_into_a_full_queue_follows_the_overflow_of_that_queue()
    {
        var center = new TestCenter(
            QueueOf(Sales, Alice) with { MaxWait = Seconds(30), Overflow = ToHelp },
            QueueOf(Help, Bob) with { MaxLength = 0, Overflow = ToVoicemail });
        center.Enqueue(Sales);

        var outcome = OutcomeOf(Assert.Single(center.Advance(Seconds(30))));

        Assert.Equal(new QueueOutcome.TimedOut(Seconds(30), ToVoicemail), outcome);
        Assert.Equal(Help, center.Last<QueueRefused>().Queue);
    }

    [Fact]
    public void Queues_that_overflow_into_each_other_give_the_caller_back_when_all_are_full()
    {
        var center = new TestCenter(
            QueueOf(Sales, Alice) with { MaxLength = 0, Overflow = ToHelp },
            QueueOf(Help, Bob) with { MaxLength = 0, Overflow = new(OverflowKind.Queue, "sales") });

        var effect = Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)));

        Assert.Equal(new QueueOutcome.Full(null), OutcomeOf(effect));
    }

    [Fact]
    public void The_nth_caller_finds_a_place_and_the_next_does_not()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { MaxLength = 5, Overflow = ToVoicemail });
        center.LogIn(Alice, Desk1);
        foreach (var _ in Enumerable.Range(0, 5))
            center.Enqueue(Sales);
        Assert.Empty(center.Effects.OfType<Release>());

        var sixth = Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)));

        Assert.Equal(new QueueOutcome.Full(ToVoicemail), OutcomeOf(sixth));
        Assert.Equal(Sales, center.Last<QueueRefused>().Queue);
    }

    [Fact]
    public void An_answered_caller_makes_a_place_free()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { MaxLength = 1 });
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        center.Answer(Alice);

        Assert.Empty(center.Send(new Enqueue(center.NewInteraction(), Sales)));
    }

    [Fact]
    public void A_full_queue_sends_the_caller_to_its_overflow_queue()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { MaxLength = 0, Overflow = ToHelp }, QueueOf(Help, Bob));

        center.Enqueue(Sales);

        Assert.Equal(Help, center.Last<QueueEntered>().Queue);
    }

    [Fact]
    public void A_queue_nobody_knows_gives_the_caller_back()
    {
        var center = new TestCenter(QueueOf(Sales, Alice));

        var effect = Assert.Single(center.Send(new Enqueue(center.NewInteraction(), new("nowhere"))));

        Assert.Equal(new QueueOutcome.Full(null), OutcomeOf(effect));
    }

    [Fact]
    public void A_caller_enqueued_twice_waits_once()
    {
        var center = new TestCenter(QueueOf(Sales, Alice));
        var interaction = center.Enqueue(Sales);

        Assert.Empty(center.Send(new Enqueue(interaction, Sales)));
        Assert.Single(center.Engine.TakeSnapshot().Entries);
    }

    [Fact]
    public void A_waiting_caller_can_be_moved_to_another_queue_and_keeps_the_time()
    {
        var center = new TestCenter(QueueOf(Sales, Alice), QueueOf(Help, Bob));
        var interaction = center.Enqueue(Sales);
        center.Advance(Seconds(10));

        center.Send(new Enqueue(interaction, Help));

        var entry = Assert.Single(center.Engine.TakeSnapshot().Entries);
        Assert.Equal((Help, Noon), (entry.Queue, entry.EnqueuedAt));
    }

    [Fact]
    public void A_waiting_caller_stays_where_the_other_queue_has_no_place()
    {
        var center = new TestCenter(QueueOf(Sales, Alice), QueueOf(Help, Bob) with { MaxLength = 0 });
        var interaction = center.Enqueue(Sales);

        Assert.Empty(center.Send(new Enqueue(interaction, Help)));

        Assert.Equal(Sales, Assert.Single(center.Engine.TakeSnapshot().Entries).Queue);
    }
}
