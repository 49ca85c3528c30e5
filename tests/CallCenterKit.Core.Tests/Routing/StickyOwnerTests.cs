using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class StickyOwnerTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice, Bob, Carol) with { StickyWait = Seconds(30), RingTime = Seconds(15) });

    [Fact]
    public void The_agent_who_knows_the_caller_is_rung_first()
    {
        _center.LogInAll();

        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(EnqueueFor(Carol))).Agent);
    }

    [Fact]
    public void A_busy_owner_is_waited_for_and_nobody_else_is_rung()
    {
        BusyCarol();

        Assert.Empty(EnqueueFor(Carol));
        _center.Advance(Seconds(29.999));
        Assert.Null(_center.FindRinging(Alice));

        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(EndCall(Carol))).Agent);
    }

    [Fact]
    public void After_the_wait_anybody_may_take_it()
    {
        BusyCarol();
        EnqueueFor(Carol);

        Assert.Empty(_center.Advance(Seconds(29.999)));
        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Advance(Seconds(0.001)))).Agent);

        var opened = _center.Last<EntryOpened>();
        Assert.Equal((OpeningKind.Owner, 1, _center.Now), (opened.Kind, opened.Step, _center.WhenLast<EntryOpened>()));
    }

    [Fact]
    public void Others_who_wait_are_served_meanwhile_and_the_place_is_kept()
    {
        BusyCarol();
        EnqueueFor(Carol);
        _center.Send(new Pause(Alice, "lunch", Boss), new Pause(Bob, "lunch", Boss));
        _center.Advance(Seconds(1));
        var later = _center.Enqueue(Sales);
        _center.Send(new Resume(Alice, Boss));
        Assert.Equal(later, _center.RingingAt(Alice).Interaction);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(29));

        var offer = Assert.IsType<Offer>(Assert.Single(_center.Send(new Resume(Bob, Boss))));

        Assert.Equal(_center.Events.OfType<EntryOpened>().Single().Interaction, offer.Interaction);
    }

    [Fact]
    public void An_owner_who_becomes_free_takes_whoever_has_waited_longest()
    {
        BusyCarol();
        _center.Send(new Pause(Alice, "lunch", Boss), new Pause(Bob, "lunch", Boss));
        var first = _center.Enqueue(Sales);
        _center.Advance(Seconds(1));
        EnqueueFor(Carol);

        Assert.Equal(first, Assert.IsType<Offer>(Assert.Single(EndCall(Carol))).Interaction);
    }

    public static TheoryData<RoutingCommand> NotAtWork =>
    [
        new LogOut(Carol, Boss),
        new Pause(Carol, "lunch", Boss),
        new ReachabilityChanged(Desk3, false),
    ];

    [Theory]
    [MemberData(nameof(NotAtWork))]
    public void An_owner_who_is_not_at_work_is_not_waited_for(RoutingCommand command)
    {
        _center.LogInAll();
        _center.Send(command);

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(EnqueueFor(Carol))).Agent);
        Assert.Null(_center.Last<QueueEntered>().Owner);
    }

    public static TheoryData<RoutingCommand> WaysToLeave =>
    [
        new LogOut(Carol, Boss),
        new LogOut(Carol, Boss, WhenFree: true),
        new Pause(Carol, "lunch", Boss),
        new ReachabilityChanged(Desk3, false),
        new LogIn(Alice, Desk3, Boss),
    ];

    [Theory]
    [MemberData(nameof(WaysToLeave))]
    public void A_busy_owner_who_leaves_is_waited_for_no_longer_at_once(RoutingCommand command)
    {
        BusyCarol();
        EnqueueFor(Carol);
        _center.Advance(Seconds(5));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Send(command))).Agent);
        Assert.Equal(OpeningKind.Owner, _center.Last<EntryOpened>().Kind);
    }

    public static TheoryData<RoutingCommand> WaysToLeaveWhileRung =>
    [
        new LogOut(Carol, Boss),
        new Pause(Carol, "lunch", Boss),
        new ReachabilityChanged(Desk3, false),
    ];

    [Theory]
    [MemberData(nameof(WaysToLeaveWhileRung))]
    public void A_rung_owner_who_leaves_is_waited_for_no_longer_at_once(RoutingCommand command)
    {
        _center.LogInAll();
        EnqueueFor(Carol);

        Assert.Collection(
            _center.Send(command),
            effect => Assert.Equal(Carol, Assert.IsType<WithdrawOffer>(effect).Agent),
            effect => Assert.Equal(Alice, Assert.IsType<Offer>(effect).Agent));
    }

    [Theory]
    [InlineData(OfferFailure.Rejected)]
    [InlineData(OfferFailure.Busy)]
    [InlineData(OfferFailure.NoAnswer)]
    [InlineData(OfferFailure.Unreachable)]
    public void An_owner_who_does_not_take_it_is_waited_for_no_longer_at_once(OfferFailure reason)
    {
        _center.LogInAll();
        EnqueueFor(Carol);

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Send(new OfferFailed(_center.RingingAt(Carol).Id, reason)))).Agent);
    }

    [Fact]
    public void An_owner_who_does_not_answer_is_waited_for_no_longer_after_the_ring_time()
    {
        _center.LogInAll();
        EnqueueFor(Carol);

        Assert.Collection(
            _center.Advance(Seconds(15)),
            effect => Assert.Equal((Carol, OfferEnd.NoAnswer), (Assert.IsType<WithdrawOffer>(effect).Agent, ((WithdrawOffer)effect).Reason)),
            effect => Assert.Equal(Alice, Assert.IsType<Offer>(effect).Agent));
    }

    [Fact]
    public void The_wait_that_passes_while_the_owner_is_rung_lets_it_ring()
    {
        BusyCarol();
        EnqueueFor(Carol);
        _center.Advance(Seconds(20));
        EndCall(Carol);

        Assert.Empty(_center.Advance(Seconds(14.999)));
        Assert.Equal(Carol, _center.RingingAt(Carol).Agent);
        Assert.Contains(_center.Advance(Seconds(0.001)), effect => effect is Offer offer && offer.Agent == Alice);
    }

    [Fact]
    public void One_who_does_not_serve_the_queue_is_not_waited_for()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob) with { StickyWait = Seconds(30) });
        center.LogInAll();

        center.Send(new Enqueue(center.NewInteraction(), Sales) { Owner = Carol });

        Assert.NotNull(center.FindRinging(Alice));
    }

    [Fact]
    public void Without_a_time_for_it_nobody_is_waited_for_or_preferred()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob, Carol));
        center.LogInAll();

        center.Send(new Enqueue(center.NewInteraction(), Sales) { Owner = Carol });

        Assert.NotNull(center.FindRinging(Alice));
    }

    [Fact]
    public void An_owner_who_is_removed_from_the_queue_is_waited_for_no_longer()
    {
        BusyCarol();
        EnqueueFor(Carol);

        var effects = _center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice, Bob) with { StickyWait = Seconds(30) }])));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(effects)).Agent);
    }

    [Theory]
    [InlineData(21, true)]
    [InlineData(19, false)]
    public void A_busy_owner_is_waited_for_only_while_that_is_not_expected_to_be_slower_than_anybody_by_more_than_the_time_for_it(int seconds, bool waits)
    {
        // A conversation takes 30 s, so one of three agents is expected after 10 s and the owner after 30 s.
        var center = new TestCenter(QueueOf(Sales, Alice, Bob, Carol) with { StickyWait = Seconds(seconds) });
        center.LogInAll();
        foreach (var _ in Enumerable.Range(0, 6))
        {
            center.Enqueue(Sales);
            center.Serve(center.Effects.OfType<Offer>().Last().Agent, Seconds(30));
        }
        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);
        center.Answer(Alice);
        center.Answer(Bob);
        center.Answer(Carol);

        center.Send(new Enqueue(center.NewInteraction(), Sales) { Owner = Carol });

        Assert.Equal(waits ? Carol : (AgentId?)null, center.Last<QueueEntered>().Owner);
    }

    [Fact]
    public void A_free_owner_is_rung_however_slow_the_queue()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob, Carol) with { StickyWait = Seconds(1) });
        center.LogInAll();
        foreach (var _ in Enumerable.Range(0, 6))
        {
            center.Enqueue(Sales);
            center.Serve(center.Effects.OfType<Offer>().Last().Agent, Seconds(600));
        }

        center.Send(new Enqueue(center.NewInteraction(), Sales) { Owner = Carol });

        Assert.NotNull(center.FindRinging(Carol));
    }

    [Fact]
    public void Those_who_wait_for_an_owner_who_leaves_are_opened_in_the_order_of_their_places()
    {
        BusyCarol();
        _center.Send(new Pause(Alice, "lunch", Boss), new Pause(Bob, "lunch", Boss));
        foreach (var _ in Enumerable.Range(0, 3))
            EnqueueFor(Carol);

        _center.Send(new Pause(Carol, "lunch", Boss));

        Assert.Equal([2, 3, 4], _center.Events.OfType<EntryOpened>().Select(opened => (int)opened.Entry.Number));
    }

    private void BusyCarol()
    {
        _center.LogIn(Carol, Desk3);
        _center.Enqueue(Sales);
        _center.Answer(Carol);
        _center.Advance(Seconds(1));
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(1));
        _center.LogIn(Bob, Desk2);
    }

    private IReadOnlyList<RoutingEffect> EndCall(AgentId agent) =>
        _center.Send(new AssignmentEnded(agent, _center.StateOf(agent).Assignments[0].Interaction));

    private IReadOnlyList<RoutingEffect> EnqueueFor(AgentId owner) => _center.Send(new Enqueue(_center.NewInteraction(), Sales) { Owner = owner });
}
