using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class TimeInStateTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice) with { WrapUp = Seconds(10) });

    [Fact]
    public void The_times_in_all_states_add_up_to_the_time_since_login()
    {
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(1));
        _center.Enqueue(Sales);
        _center.Advance(Seconds(2));
        _center.Serve(Alice, Seconds(4));
        _center.Advance(Seconds(10 + 8));
        _center.Send(new Pause(Alice, "lunch", Boss));
        _center.Advance(Seconds(16));
        _center.Send(new Resume(Alice, Boss), new ReachabilityChanged(Desk1, false));
        _center.Advance(Seconds(32));
        _center.Send(new ReachabilityChanged(Desk1, true));

        var alice = _center.StateOf(Alice);
        Assert.Equal(
            [(AgentState.Unreachable, 32), (AgentState.Paused, 16), (AgentState.Available, 9), (AgentState.Ringing, 2), (AgentState.Talking, 4), (AgentState.WrappingUp, 10)],
            alice.TimeIn.OrderBy(pair => pair.Key).Select(pair => (pair.Key, (int)pair.Value.TotalSeconds)));
        Assert.Equal(_center.Now - alice.LoggedInAt, alice.TimeIn.Values.Aggregate(TimeSpan.Zero, (sum, time) => sum + time));
    }

    [Fact]
    public void A_move_to_another_phone_goes_on_counting_and_a_new_login_begins_anew()
    {
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(5));
        _center.LogIn(Alice, Desk2);
        _center.Advance(Seconds(5));
        _center.Send(new Pause(Alice, "lunch", Boss));
        Assert.Equal(Seconds(10), _center.StateOf(Alice).TimeIn[AgentState.Available]);

        _center.Send(new LogOut(Alice, Boss));
        Assert.Null(_center.StateOf(Alice).LoggedInAt);
        _center.Advance(Seconds(100));
        _center.LogIn(Alice, Desk1);

        Assert.Equal((_center.Now, 0), (_center.StateOf(Alice).LoggedInAt, _center.StateOf(Alice).TimeIn.Count));
    }

    [Fact]
    public void The_times_go_on_over_a_restart()
    {
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(5));
        var next = _center.Restart();
        next.Advance(Seconds(5));
        next.Send(new Pause(Alice, "lunch", Boss));

        Assert.Equal(Seconds(10), next.StateOf(Alice).TimeIn[AgentState.Available]);
    }

    [Fact]
    public void Since_is_the_beginning_of_the_present_state_however_much_happens_in_it()
    {
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(5));
        _center.Enqueue(Sales);
        var interaction = _center.Answer(Alice);
        _center.Advance(Seconds(5));
        _center.Send(new HoldAssignment(Alice, interaction, true), new Pause(Alice, "lunch", Boss), new LogIn(Alice, Desk2, Boss));

        Assert.Equal(Noon + Seconds(5), _center.StateOf(Alice).Since);
    }
}
