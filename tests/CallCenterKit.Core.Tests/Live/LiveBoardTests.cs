using CallCenterKit.Core.Tests.Routing;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Routing;
using CallCenterKit.Voice;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Live;

public class LiveBoardTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice, Bob) with { WrapUp = Seconds(10) }, QueueOf(Help, Carol));
    private readonly LiveBoard _board = new();
    private int _read;

    [Fact]
    public void An_agent_is_shown_with_state_since_endpoint_and_interaction()
    {
        _center.LogIn(Alice, Desk1);
        _center.Advance(Seconds(5));
        var interaction = _center.Enqueue(Sales);
        Assert.Equal(new LiveAgent(Alice, "alice", AgentState.Ringing, Noon + Seconds(5), Desk1, null, interaction) { Direction = CallDirection.Inbound }, Show().Agents[0]);

        _center.Advance(Seconds(2));
        _center.Answer(Alice);

        Assert.Equal(new LiveAgent(Alice, "alice", AgentState.Talking, Noon + Seconds(7), Desk1, null, interaction) { Direction = CallDirection.Inbound }, Show().Agents[0]);
        Assert.Equal(AgentState.LoggedOut, Show().Agents[1].State);
    }

    [Fact]
    public void Those_who_wait_are_shown_queue_by_queue_in_order_of_their_place()
    {
        var first = _center.Enqueue(Sales);
        _center.Advance(Seconds(1));
        var other = _center.Enqueue(Help);
        var second = _center.Enqueue(Sales);
        _center.LogIn(Alice, Desk1);

        Assert.Equal(
            [(other, 1, null), (first, 1, Alice), (second, 2, (AgentId?)null)],
            Show().Waiting.Select(entry => (entry.Interaction, entry.Place, entry.OfferedTo)));
    }

    [Fact]
    public void A_queue_is_shown_with_its_figures()
    {
        _center.LogIn(Alice, Desk1);
        _center.LogIn(Bob, Desk2);
        _center.Send(new Pause(Bob, "lunch", Boss));
        _center.Enqueue(Sales);
        _center.Enqueue(Sales);
        _center.Enqueue(Sales);

        Assert.Equal(new LiveQueue(Sales, "sales", 2, 1, Noon, 2, 0), Show().Queues.Single(queue => queue.Id == Sales));
        _center.LogIn(Carol, Desk3);
        Assert.Equal(new LiveQueue(Help, "help", 0, 0, null, 1, 1), Show().Queues.Single(queue => queue.Id == Help));
    }

    [Fact]
    public void A_picture_once_taken_does_not_change()
    {
        _center.LogIn(Alice, Desk1);
        var before = Show();
        Assert.Same(before, Show());

        _center.Enqueue(Sales);

        Assert.Empty(before.Waiting);
        Assert.NotSame(before, Show());
    }

    [Fact]
    public void Events_of_others_are_ignored()
    {
        var before = Show();

        _board.Apply(new(Streams.Center, 1, 1, Noon, new CenterStopped()));

        Assert.Same(before, Show());
    }

    private LiveView Show()
    {
        for (; _read < _center.Journal.Count; _read++)
            _board.Apply(_center.Journal[_read]);
        return _board.Current;
    }
}
