using CallCenterKit.Calendars;
using CallCenterKit.Model;

namespace CallCenterKit.Routing;

// What strategies may know of an agent, counted over the window of the queue.
internal sealed partial class RoutingIndex
{
    private AgentFacts FactsOf(QueueMembership member, QueueLane lane, double score)
    {
        var agent = member.Agent;
        var (calls, talk) = CallsOf(agent, lane.Queue);
        return new(agent.Id, member.Ordinal)
        {
            Tier = member.Tier,
            Weight = member.Weight,
            Score = score,
            AvailableSince = agent.AvailableSince,
            LastCallEndedAt = agent.LastCallEndedAt,
            Calls = calls,
            TalkTime = talk,
        };
    }

    private (int Calls, TimeSpan Talk) CallsOf(Presence agent, ServedQueue queue)
    {
        if (queue.Model.Window == CallWindow.Shift)
            return (agent.Calls, agent.TalkTime);
        if (queue.Model.Window == CallWindow.Day)
            return agent.Tally.Since(queue.DayStart(Now));
        var from = Now - queue.Model.RollingWindow;
        if (agent.Tally.FirstSince(from) is { } oldest)
            MoveWindow(agent, oldest + queue.Model.RollingWindow + TimeSpan.FromMicroseconds(1));
        return agent.Tally.Since(from);
    }

    /// <summary>The earliest is kept: what follows is found out then.</summary>
    private void MoveWindow(Presence agent, DateTimeOffset at)
    {
        if (agent.WindowMovesAt > Now && agent.WindowMovesAt <= at)
            return;
        agent.WindowMovesAt = at;
        Deadlines.Add(at, DeadlineKind.Window, agent);
    }
}
