using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class CallbackOfPartyTests
{
    private static readonly PartyId Jane = new(new Guid(1, 0, 0, new byte[8])), John = new(new Guid(2, 0, 0, new byte[8]));

    private readonly TestCenter _center = new(QueueOf(Sales, Alice), QueueOf(Help, Bob));

    [Fact]
    public void A_party_has_one_callback_in_a_queue_and_it_keeps_the_first_place()
    {
        var first = Book(Jane);
        _center.Advance(Seconds(60));
        Book(John);
        var again = Wait(Jane, Sales);

        var outcome = OutcomeOf(Assert.Single(_center.Send(new RequestCallback(again))));

        Assert.Equal(new QueueOutcome.CallbackBooked(TimeSpan.Zero, Already: true), outcome);
        Assert.Equal(QueueExit.CallbackMerged, _center.Last<QueueLeft>().Exit);
        _center.LogIn(Alice, Desk1);
        Assert.Equal(first, _center.RingingAt(Alice).Interaction);
        Assert.Equal(2, _center.Engine.TakeSnapshot().Entries.Count);
    }

    [Fact]
    public void One_who_waits_on_the_line_meanwhile_waits_on_their_own()
    {
        Book(Jane);
        Wait(Jane, Sales);

        Assert.Equal(2, _center.Engine.TakeSnapshot().Entries.Count);
    }

    [Fact]
    public void In_another_queue_the_party_has_another()
    {
        Book(Jane);
        var other = Wait(Jane, Help);

        Assert.Equal(new QueueOutcome.CallbackBooked(TimeSpan.Zero, Already: false), OutcomeOf(Assert.Single(_center.Send(new RequestCallback(other)))));
    }

    [Fact]
    public void One_that_comes_over_from_another_queue_still_counts_when_the_first_is_gone()
    {
        var center = new TestCenter(QueueOf(Sales, Alice), QueueOf(Help, Bob) with { Overflow = new(OverflowKind.Queue, "sales") });
        var (first, other, again) = (center.NewInteraction(), center.NewInteraction(), center.NewInteraction());
        center.Send(
            new Enqueue(first, Sales, Reach: PartyReach.ToBeCalled) { Party = Jane },
            new Enqueue(other, Help, Reach: PartyReach.ToBeCalled) { Party = Jane },
            new ApplyModel(ModelOf([QueueOf(Sales, Alice)])),
            new Leave(first, QueueExit.Withdrawn),
            new Enqueue(again, Sales) { Party = Jane });

        Assert.Equal(new QueueOutcome.CallbackBooked(TimeSpan.Zero, Already: true), OutcomeOf(Assert.Single(center.Send(new RequestCallback(again)))));
    }

    [Fact]
    public void Parties_who_are_not_known_have_one_each()
    {
        foreach (var _ in Enumerable.Range(0, 3))
            _center.Send(new RequestCallback(_center.Enqueue(Sales)));

        Assert.Equal(3, _center.Engine.TakeSnapshot().Entries.Count);
    }

    [Fact]
    public void After_it_was_served_there_may_be_another()
    {
        Book(Jane);
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id), new PartyReached(offer.Id), new AssignmentEnded(Alice, offer.Interaction), new LogOut(Alice, Boss));

        Assert.Equal(new QueueOutcome.CallbackBooked(TimeSpan.Zero, Already: false), OutcomeOf(Assert.Single(_center.Send(new RequestCallback(Wait(Jane, Sales))))));
    }

    [Fact]
    public void It_is_remembered_over_a_restart()
    {
        var first = Book(Jane);
        var next = _center.Restart();
        var again = next.NewInteraction();
        next.Send(new Enqueue(again, Sales) { Party = Jane });

        Assert.Equal(new QueueOutcome.CallbackBooked(TimeSpan.Zero, Already: true), OutcomeOf(Assert.Single(next.Send(new RequestCallback(again)))));
        Assert.Equal(first, Assert.Single(next.Engine.TakeSnapshot().Entries).Interaction);
    }

    [Fact]
    public void One_that_the_host_enters_is_merged_too()
    {
        Book(Jane);

        var outcome = OutcomeOf(Assert.Single(_center.Send(new Enqueue(_center.NewInteraction(), Sales, Reach: PartyReach.ToBeCalled) { Party = Jane })));

        Assert.Equal(new QueueOutcome.CallbackBooked(TimeSpan.Zero, Already: true), outcome);
        Assert.Single(_center.Engine.TakeSnapshot().Entries);
    }

    private InteractionId Wait(PartyId party, QueueId queue)
    {
        var interaction = _center.NewInteraction();
        _center.Send(new Enqueue(interaction, queue) { Party = party });
        return interaction;
    }

    private InteractionId Book(PartyId party)
    {
        var interaction = Wait(party, Sales);
        _center.Send(new RequestCallback(interaction));
        return interaction;
    }
}
