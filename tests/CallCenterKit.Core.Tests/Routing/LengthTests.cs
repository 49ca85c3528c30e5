using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class LengthTests
{
    private static readonly Overflow ToVoicemail = new(OverflowKind.Voicemail, "sales");

    private readonly TestCenter _center = new(QueueOf(Sales, Alice) with { MaxLength = 3, Overflow = ToVoicemail });

    [Fact]
    public void One_who_waits_one_who_is_offered_and_a_callback_count_alike()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Send(new RequestCallback(_center.Enqueue(Sales)));
        Assert.Empty(_center.Send(new Enqueue(_center.NewInteraction(), Sales)));

        Assert.Equal(new QueueOutcome.Full(ToVoicemail), OutcomeOf(Assert.Single(_center.Send(new Enqueue(_center.NewInteraction(), Sales)))));
    }

    [Fact]
    public void A_party_that_is_being_called_back_counts_until_it_is_there()
    {
        _center.LogIn(Alice, Desk1);
        _center.Send(new RequestCallback(_center.Enqueue(Sales)));
        _center.Settle(Alice);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id));
        Assert.Equal((true, true, false), (Enters(), Enters(), Enters()));

        _center.Send(new PartyReached(offer.Id));

        Assert.True(Enters());
    }

    [Fact]
    public void Whoever_is_scored_counts()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { MaxLength = 1, Scorer = "crm" });
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);

        Assert.Equal(new QueueOutcome.Full(null), OutcomeOf(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)))));
    }

    [Fact]
    public void A_merged_callback_frees_its_place()
    {
        var party = new PartyId(new Guid(7, 0, 0, new byte[8]));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var interaction = _center.NewInteraction();
            _center.Send(new Enqueue(interaction, Sales) { Party = party }, new RequestCallback(interaction));
        }

        Assert.Equal((true, true, false), (Enters(), Enters(), Enters()));
    }

    [Fact]
    public void One_who_leaves_while_rung_frees_the_place()
    {
        _center.LogIn(Alice, Desk1);
        var first = _center.Enqueue(Sales);
        Assert.Equal((true, true, false), (Enters(), Enters(), Enters()));

        _center.Send(new Leave(first, QueueExit.Abandoned));

        Assert.Equal((true, false), (Enters(), Enters()));
    }

    [Fact]
    public void The_places_are_counted_after_a_restart()
    {
        foreach (var _ in Enumerable.Range(0, 2))
            _center.Send(new Enqueue(_center.NewInteraction(), Sales, Reach: PartyReach.ToBeCalled));
        _center.Enqueue(Sales); // Its call dies with the process.
        var next = _center.Restart();

        next.Enqueue(Sales);

        Assert.Equal(new QueueOutcome.Full(ToVoicemail), OutcomeOf(Assert.Single(next.Send(new Enqueue(next.NewInteraction(), Sales)))));
    }

    [Fact]
    public void A_smaller_queue_sends_nobody_away_who_is_in_it()
    {
        foreach (var _ in Enumerable.Range(0, 3))
            _center.Enqueue(Sales);

        Assert.Empty(_center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice) with { MaxLength = 1 }]))));
        Assert.Equal(3, _center.Engine.TakeSnapshot().Entries.Count);
    }

    [Fact]
    public void One_who_is_moved_to_a_full_queue_by_the_flow_stays_and_it_is_told()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { MaxLength = 0 }, QueueOf(Help, Bob));
        var interaction = center.Enqueue(Help);

        center.Send(new Enqueue(interaction, Sales));

        Assert.Equal(Help, center.EntryOf(interaction).Queue);
        Assert.Equal(new(interaction, Sales), center.Last<QueueRefused>());
    }

    private bool Enters() => !_center.Send(new Enqueue(_center.NewInteraction(), Sales)).OfType<Release>().Any();
}
