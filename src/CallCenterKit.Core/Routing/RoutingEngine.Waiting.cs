using CallCenterKit.Model;
using CallCenterKit.Queues;

namespace CallCenterKit.Routing;

// What happens to those who wait by time alone: steps, openings, announcements.
public sealed partial class RoutingEngine
{
    private void DueFor(QueueEntry entry, RoutingOutput output)
    {
        var queue = entry.IsGone ? null : _index.Find(entry.Queue)?.Model;
        if (queue is null)
            return;
        if (entry.Reach == PartyReach.ToBeCalled)
            CallbackDue(queue, entry, output);
        else
            WaitPassed(queue, entry, output);
        while (!entry.IsGone && RoutingIndex.NextOpening(queue, entry, out var kind) <= Now)
            OpenFor(entry, kind, output);
        if (entry is { IsGone: false, ScoresUntil: { } until } && until <= Now)
            Happen(new ScoresEnded(entry.Id, entry.Rounds, ScoringOutcome.FellBack), output);
        if (entry is { IsGone: false, Reach: PartyReach.Present } && RoutingIndex.NextAnnouncement(queue, entry) <= Now)
            Announce(queue, entry, output);
        _index.EntryChanged(entry);
    }

    private void WaitPassed(QueueModel queue, QueueEntry entry, RoutingOutput output)
    {
        if (entry.WaitUntil <= Now)
        {
            SendAway(entry, queue.Overflow, QueueExit.TimedOut, output);
            return;
        }
        if (_state.FindBook(entry.Queue) is { } book && RoutingIndex.LeavesEmpty(book, entry) <= Now)
        {
            SendAway(entry, queue.EmptyOverflow ?? queue.Overflow, QueueExit.Emptied, output);
            return;
        }
        while (!entry.IsGone && entry.Reach != PartyReach.ToBeCalled && RoutingIndex.NextStep(queue, entry) <= Now)
        {
            var step = entry.StepsMissed;
            Overflow? overflow = queue.Steps[step].To;
            if (TrySend(entry, ref overflow, output))
                return;
            if (queue.Steps[step].To.Kind is OverflowKind.Queue or OverflowKind.Callback)
                Happen(new StepMissed(entry.Id, entry.Interaction, entry.Queue, step + 1), output);
            else
                GiveBack(entry, overflow, QueueExit.TimedOut, output);
        }
    }

    private void OpenFor(QueueEntry entry, OpeningKind kind, RoutingOutput output)
    {
        if (_index.Find(entry.Queue) is not { } queue)
            return;
        var (step, relaxed) = kind switch
        {
            OpeningKind.Owner => (1, entry.Relaxed),
            OpeningKind.Tier => (entry.TiersOpened + 2, entry.Relaxed),
            _ => (entry.Relaxed + 1, entry.Relaxed + 1),
        };
        Happen(new EntryOpened(entry.Id, entry.Interaction, entry.Queue, kind, step, queue.RequirementOf(entry.Requirement, relaxed)), output);
    }

    private void Announce(QueueModel queue, QueueEntry entry, RoutingOutput output)
    {
        var rules = queue.Announcements!;
        var place = _index.PlaceOf(entry);
        int? told = rules.Place ? Math.Min(place, entry.ToldPlace ?? int.MaxValue) : null;
        TimeSpan? wait = rules.Wait ? EstimateOf(entry, place)?.Mean : null;
        if (entry.ToldWait < wait)
            wait = entry.ToldWait;
        Happen(new PlaceAnnounced(entry.Id, entry.Interaction, entry.Queue, told, wait), output);
        output.Add(new Announce(entry.Id, entry.Interaction, entry.Queue, told, wait));
    }

    /// <summary>
    /// How long it is expected to wait from now on, counting agents at work who fulfil what it requires; null when too little
    /// is known yet.
    /// </summary>
    private WaitEstimate? EstimateOf(QueueEntry entry, int place) => _index.Find(entry.Queue) is { } queue
        ? queue.Book.Estimate(place - 1, _index.AgentsAtWorkFor(entry, queue))
        : null;

    /// <summary>
    /// Whether the agent who knows a caller should be waited for: at work in this queue, and not expected to be slower than
    /// anybody by more than the time that is given for it.
    /// </summary>
    private bool IsWorthWaiting(AgentId owner, QueueModel queue)
    {
        if (queue.StickyWait <= TimeSpan.Zero
            || _index.Find(queue.Id) is not { } served
            || served.MemberOf(owner) is not { Agent: { IsAtWork: true } agent })
        {
            return false;
        }
        return !agent.IsBusy
            || served.Book.Estimate(served.WaitingFor(owner), 1) is not { } alone
            || served.Book.Estimate(served.Book.Length, served.AgentsAtWork) is not { } pool
            || alone.Mean <= pool.Mean + queue.StickyWait;
    }
}
