using CallCenterKit.Model;

namespace CallCenterKit.Routing;

// What falls due for those who wait. One deadline an entry: the earliest of all that can happen to it.
internal sealed partial class RoutingIndex
{
    /// <summary>A shorter longest wait counts as this, so that two queues that overflow into each other cannot turn in circles at one instant.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    /// <summary>How long one stays at least in a queue that is empty already: two such queues may lead into each other.</summary>
    private static readonly TimeSpan ShortestStay = TimeSpan.FromSeconds(1);

    /// <summary>The next step of the chain that is to be tried, and when; null when none is left.</summary>
    public static DateTimeOffset? NextStep(QueueModel queue, QueueEntry entry) => entry.StepsMissed < queue.Steps.Count
        ? entry.EnteredAt + AtLeast(queue.Steps[entry.StepsMissed].After)
        : null;

    /// <summary>What opens next to more agents, and when; null when nothing will.</summary>
    public static DateTimeOffset? NextOpening(QueueModel queue, QueueEntry entry, out OpeningKind kind)
    {
        DateTimeOffset? at = null;
        kind = OpeningKind.Owner;
        if (entry.WaitsForOwner)
            at = entry.EnteredAt + queue.StickyWait;
        if (entry.TiersOpened < queue.TierOpenings.Count && !(at <= entry.EnteredAt + queue.TierOpenings[entry.TiersOpened]))
            (at, kind) = (entry.EnteredAt + queue.TierOpenings[entry.TiersOpened], OpeningKind.Tier);
        if (entry.Relaxed < queue.Relaxation.Count && !(at <= entry.EnteredAt + queue.Relaxation[entry.Relaxed].After))
            (at, kind) = (entry.EnteredAt + queue.Relaxation[entry.Relaxed].After, OpeningKind.Requirement);
        return at;
    }

    /// <summary>When its party is told next how things stand; null when it is not.</summary>
    public static DateTimeOffset? NextAnnouncement(QueueModel queue, QueueEntry entry) => (queue.Announcements, entry.AnnouncedAt) switch
    {
        (null, _) => null,
        ({ } rules, null) => entry.EnteredAt + rules.First,
        ({ } rules, { } last) => last + rules.Every,
    };

    /// <summary>When one who came into a queue that had been empty for too long already leaves it; null otherwise, also while somebody is there.</summary>
    public static DateTimeOffset? LeavesEmpty(QueueBook book, QueueEntry entry) =>
        book is { EmptySince: { } since, Model.LeaveRule: { } rule } && since + rule.Grace <= entry.EnteredAt ? entry.EnteredAt + (rule.Grace < ShortestStay ? ShortestStay : rule.Grace) : null;

    private static TimeSpan AtLeast(TimeSpan wait) => wait < ShortestWait ? ShortestWait : wait;

    private void SetWait(QueueEntry entry) => entry.WaitUntil =
        _queues.TryGetValue(entry.Queue, out var queue) && queue.Model.MaxWait is { } longest ? entry.EnteredAt + AtLeast(longest) : null;

    private void SetDue(ServedQueue queue, QueueEntry entry)
    {
        var due = Earlier(entry.ScoresUntil, NextOpening(queue.Model, entry, out _));
        if (entry.Reach == PartyReach.ToBeCalled)
            due = Earlier(Earlier(due, entry.RetryAt > Now ? entry.RetryAt : null), entry.BookedAt + queue.Model.Callbacks.Expiry);
        else
            due = Earlier(Earlier(Earlier(due, entry.WaitUntil), NextStep(queue.Model, entry)), LeavesEmpty(queue.Book, entry));
        if (entry.Reach == PartyReach.Present)
            due = Earlier(due, NextAnnouncement(queue.Model, entry));
        if (due == entry.DueAt)
            return;
        entry.DueAt = due;
        if (due is { } at)
            Deadlines.Add(at, entry);
    }

    private void SetDeadlines(Presence agent)
    {
        foreach (var assignment in agent.Assignments)
        {
            if (assignment.WrapUpUntil is { } until)
                WrapUpBegan(agent, until);
        }
        if (agent.RestUntil is { } rest)
            RestBegan(agent, rest);
        if (agent is { IsMarked: true, QualifyAt: { } qualify })
            MarkBegan(agent, qualify);
        AgentChanged(agent);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
