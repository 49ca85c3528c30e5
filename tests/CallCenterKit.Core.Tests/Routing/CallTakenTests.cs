using CallCenterKit.Live;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Voice;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

/// <summary>Calls that come to an agent by no offer: dialled, to the extension, handed over.</summary>
public class CallTakenTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice, Bob) with { WrapUp = Seconds(30), WrapUpMode = WrapUpMode.Optional });

    [Fact]
    public void An_agent_in_a_call_of_their_own_is_offered_nothing()
    {
        _center.LogIn(Alice, Desk1);
        var call = Take(Alice);
        _center.Enqueue(Sales);

        Assert.Null(_center.FindRinging(Alice));
        Assert.Equal(AgentState.Talking, _center.Board(Alice));

        _center.Send(new AssignmentEnded(Alice, call));

        Assert.Equal(Sales, _center.RingingAt(Alice).Queue);
    }

    [Fact]
    public void What_rings_at_an_agent_who_takes_another_call_goes_to_the_next()
    {
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(1));
        _center.LogIn(Bob, Desk2);
        var caller = _center.Enqueue(Sales);
        var offer = _center.RingingAt(Alice);

        var effects = _center.Send(new CallTaken(Alice, _center.NewInteraction()));

        Assert.Collection(
            effects,
            effect => Assert.Equal((offer.Id, OfferEnd.Withdrawn), (Assert.IsType<WithdrawOffer>(effect).Id, ((WithdrawOffer)effect).Reason)),
            effect => Assert.Equal((Bob, caller), (Assert.IsType<Offer>(effect).Agent, ((Offer)effect).Interaction)));
        Assert.Null(_center.Last<OfferEnded>().RestUntil);
    }

    [Fact]
    public void A_phone_that_still_rings_when_the_call_is_over_is_waited_for()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var call = Take(Alice);

        _center.Send(new AssignmentEnded(Alice, call));
        Assert.Null(_center.FindRinging(Alice));
        _center.Settle(Alice);

        Assert.Equal(Sales, _center.RingingAt(Alice).Queue);
    }

    [Fact]
    public void A_second_call_fits_an_agent_who_carries_two()
    {
        var center = new TestCenter(ModelOf([QueueOf(Sales, Alice)], AgentOf(Alice, voice: 2)));
        center.LogIn(Alice, Desk1);
        center.Send(new CallTaken(Alice, center.NewInteraction()));

        var caller = center.Enqueue(Sales);

        Assert.Equal(caller, center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void There_is_no_after_call_work_without_a_queue()
    {
        _center.LogIn(Alice, Desk1);
        var call = Take(Alice);

        _center.Send(new AssignmentEnded(Alice, call));

        Assert.Equal(AgentState.Available, _center.Board(Alice));
        Assert.Null(_center.Last<AssignmentOver>().Queue);
    }

    [Fact]
    public void The_queue_that_is_named_gives_its_after_call_work()
    {
        _center.LogIn(Alice, Desk1);
        var call = Take(Alice, Sales);

        _center.Send(new AssignmentEnded(Alice, call));
        Assert.Equal(AgentState.WrappingUp, _center.Board(Alice));
        _center.Send(new FinishWrapUp(Alice, call, "resolved", Boss));

        Assert.Equal(AgentState.Available, _center.Board(Alice));
        Assert.Equal("resolved", _center.Last<WrapUpEnded>().Disposition);
    }

    [Fact]
    public void A_call_in_vain_has_no_after_call_work()
    {
        _center.LogIn(Alice, Desk1);
        var call = Take(Alice, Sales);

        _center.Send(new AssignmentEnded(Alice, call) { InVain = true });

        Assert.Equal(AgentState.Available, _center.Board(Alice));
    }

    [Fact]
    public void After_call_work_that_goes_on_does_not_keep_an_agent_from_calling()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Serve(Alice, Seconds(5));
        Assert.Equal(AgentState.WrappingUp, _center.Board(Alice));

        var call = Take(Alice);
        Assert.Equal(AgentState.Talking, _center.Board(Alice));
        _center.Advance(Seconds(60));
        _center.Send(new AssignmentEnded(Alice, call));

        Assert.Equal(AgentState.Available, _center.Board(Alice));
    }

    [Fact]
    public void The_same_call_is_taken_once()
    {
        _center.LogIn(Alice, Desk1);
        var call = Take(Alice);

        _center.Send(new CallTaken(Alice, call));

        Assert.Single(_center.StateOf(Alice).Assignments);
    }

    [Fact]
    public void Nobody_who_is_unknown_takes_a_call()
    {
        _center.Send(new CallTaken(new("zoe"), _center.NewInteraction()));

        Assert.Empty(_center.Events.OfType<AssignmentTaken>());
    }

    [Fact]
    public void An_agent_who_leaves_when_free_leaves_after_the_call()
    {
        _center.LogIn(Alice, Desk1);
        var call = Take(Alice);
        _center.Send(new LogOut(Alice, Boss, WhenFree: true));
        Assert.Equal(AgentState.Talking, _center.Board(Alice));

        _center.Send(new AssignmentEnded(Alice, call));

        Assert.Equal(AgentState.LoggedOut, _center.Board(Alice));
    }

    [Fact]
    public void How_long_it_took_says_nothing_about_the_queue()
    {
        _center.LogIn(Alice, Desk1);
        var call = Take(Alice, Sales);
        _center.Advance(TimeSpan.FromMinutes(10));
        _center.Send(new AssignmentEnded(Alice, call) { InVain = true });

        Assert.Equal(0, _center.Engine.TakeSnapshot().Queues.Single(queue => queue.Queue == Sales).Rates.Services);
    }

    [Fact]
    public void The_longest_idle_is_who_was_longest_in_no_call_of_any_kind()
    {
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(1));
        _center.LogIn(Bob, Desk2);
        var call = Take(Alice);
        _center.Advance(Seconds(5));
        _center.Send(new AssignmentEnded(Alice, call));

        var caller = _center.Enqueue(Sales);

        Assert.Equal(caller, _center.RingingAt(Bob).Interaction);
    }

    [Fact]
    public void A_board_says_who_began_the_call()
    {
        _center.LogIn(Alice, Desk1);
        _center.LogIn(Bob, Desk2);
        var call = Take(Alice, direction: CallDirection.Outbound);
        Take(Bob, direction: CallDirection.Inbound);

        var board = new LiveBoard(_center.Engine.TakeSnapshot()).Current.Agents;

        Assert.Equal((call, CallDirection.Outbound), (board[0].Interaction, board[0].Direction));
        Assert.Equal(CallDirection.Inbound, board[1].Direction);
        Assert.Null(board[2].Direction);
    }

    [Fact]
    public void A_restart_ends_it_as_it_ends_every_call_and_keeps_the_after_call_work()
    {
        _center.LogIn(Alice, Desk1);
        _center.LogIn(Bob, Desk2);
        Take(Alice);
        var done = Take(Bob, Sales);
        _center.Send(new AssignmentEnded(Bob, done));

        var next = _center.Restart();

        Assert.Equal(AgentState.Available, next.Board(Alice));
        Assert.Equal(AgentState.WrappingUp, next.Board(Bob));
    }

    [Fact]
    public void What_comes_back_while_it_is_wrapped_up_is_wrapped_up_when_it_is_over()
    {
        _center.LogIn(Alice, Desk1);
        var call = Take(Alice, Sales);
        _center.Send(new AssignmentEnded(Alice, call));
        Assert.Equal(AgentState.WrappingUp, _center.Board(Alice));

        _center.Send(new CallTaken(Alice, call) { Queue = Sales });

        Assert.Null(Assert.Single(_center.StateOf(Alice).Assignments).WrapUpUntil);
        _center.Advance(TimeSpan.FromHours(2));
        Assert.Equal(AgentState.Talking, _center.Board(Alice));
        _center.Send(new AssignmentEnded(Alice, call));
        Assert.Equal(AgentState.WrappingUp, _center.Board(Alice));
    }

    [Fact]
    public void A_snapshot_keeps_direction_and_queue()
    {
        _center.LogIn(Alice, Desk1);
        Take(Alice, Sales, CallDirection.Outbound);

        var kept = Assert.Single(_center.StateOf(Alice).Assignments);

        Assert.Equal((Sales, true, CallDirection.Outbound), (kept.Queue!.Value, kept.IsTaken, kept.Direction));
    }

    [Fact]
    public void Who_helps_with_it_is_somebody_else()
    {
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(1));
        _center.LogIn(Bob, Desk2);
        var call = Take(Alice);

        _center.Send(new Escalate(Alice, call, Sales, Boss));

        Assert.Equal(call, _center.RingingAt(Bob).Interaction);
    }

    private InteractionId Take(AgentId agent, QueueId? queue = null, CallDirection direction = CallDirection.Outbound)
    {
        var interaction = _center.NewInteraction();
        _center.Send(new CallTaken(agent, interaction) { Queue = queue, Direction = direction });
        return interaction;
    }
}
