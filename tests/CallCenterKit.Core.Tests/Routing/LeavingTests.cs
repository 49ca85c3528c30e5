using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class LeavingTests
{
    private readonly TestCenter _center = new(ModelOf([QueueOf(Sales, Alice) with { WrapUp = Seconds(10) }], AgentOf(Alice, voice: 2)));

    [Fact]
    public void One_who_is_free_leaves_at_once()
    {
        _center.LogIn(Alice, Desk1);
        Leave();

        Assert.Null(_center.StateOf(Alice).Endpoint);
    }

    [Fact]
    public void One_who_is_rung_leaves_at_once_and_the_caller_keeps_the_place()
    {
        _center.LogIn(Alice, Desk1);
        var interaction = _center.Enqueue(Sales);

        Assert.IsType<WithdrawOffer>(Assert.Single(Leave()));

        Assert.Null(_center.StateOf(Alice).Endpoint);
        Assert.Equal(interaction, _center.EntryOf(interaction).Interaction);
    }

    [Fact]
    public void One_who_talks_leaves_after_the_after_call_work_and_takes_nothing_more()
    {
        var interaction = Talk();
        _center.Enqueue(Sales);
        _center.Answer(Alice);
        Leave();
        Assert.Empty(_center.Send(new Enqueue(_center.NewInteraction(), Sales)));
        Assert.Equal(AgentState.Talking, _center.Board(Alice));

        foreach (var each in _center.StateOf(Alice).Assignments)
            _center.Send(new AssignmentEnded(Alice, each.Interaction));
        _center.Send(new FinishWrapUp(Alice, interaction, null, Boss));
        Assert.Empty(_center.Advance(Seconds(10) - TimeSpan.FromTicks(1)));
        Assert.Equal(Desk1, _center.StateOf(Alice).Endpoint);
        Assert.Empty(_center.Advance(TimeSpan.FromTicks(1)));

        Assert.Null(_center.StateOf(Alice).Endpoint);
        Assert.Equal((_center.Now, Boss), (_center.WhenLast<AgentLoggedOut>(), _center.Last<AgentLoggedOut>().By));
    }

    [Fact]
    public void One_who_ends_the_work_early_leaves_early()
    {
        var interaction = Talk();
        Leave();
        _center.Send(new AssignmentEnded(Alice, interaction), new FinishWrapUp(Alice, interaction, null, Boss));

        Assert.Null(_center.StateOf(Alice).Endpoint);
    }

    [Fact]
    public void One_who_changes_their_mind_stays()
    {
        var interaction = Talk();
        Leave();
        _center.Send(new Resume(Alice, Boss), new AssignmentEnded(Alice, interaction));
        _center.Advance(Seconds(10));

        Assert.Equal(AgentState.Available, _center.Board(Alice));
    }

    [Fact]
    public void One_who_logs_in_again_meanwhile_stays()
    {
        var interaction = Talk();
        Leave();
        _center.LogIn(Alice, Desk1);
        _center.Send(new AssignmentEnded(Alice, interaction));
        _center.Advance(Seconds(10));

        Assert.Equal(AgentState.Available, _center.Board(Alice));
    }

    [Fact]
    public void One_whose_disposition_is_missing_leaves_all_the_same_and_finds_it_missing_next_time()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { WrapUpMode = CallCenterKit.Model.WrapUpMode.Mandatory, WrapUp = Seconds(10) });
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        var interaction = center.Answer(Alice);
        center.Send(new LogOut(Alice, Boss, WhenFree: true), new AssignmentEnded(Alice, interaction));
        center.Advance(Seconds(10));
        Assert.Null(center.StateOf(Alice).Endpoint);

        center.LogIn(Alice, Desk1);

        Assert.Equal(PauseReasons.DispositionMissing, center.StateOf(Alice).PauseReason);
    }

    [Fact]
    public void One_who_was_to_leave_is_gone_after_a_restart()
    {
        Talk();
        Leave();

        Assert.Null(_center.Restart().StateOf(Alice).Endpoint);
    }

    private InteractionId Talk()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        return _center.Answer(Alice);
    }

    private IReadOnlyList<RoutingEffect> Leave() => _center.Send(new LogOut(Alice, Boss, WhenFree: true));
}
