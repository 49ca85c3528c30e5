using CallCenterKit.Model;
using CallCenterKit.Queues;

namespace CallCenterKit.Routing;

// Entering, leaving and overflowing queues.
public sealed partial class RoutingEngine
{
    /// <summary>How many full queues a party is passed through before it is given back.</summary>
    private const int MostHops = 16;

    private void Decide(Enqueue command, RoutingOutput output)
    {
        if (_state.EntriesByInteraction.TryGetValue(command.Interaction, out var waiting))
            Move(waiting, command, output);
        else if (FindPlace(command.Interaction, command.Queue, output, out var overflow, out var refusal) is not { } place)
            Refuse(command, overflow, refusal, output);
        else if (command is { Reach: PartyReach.ToBeCalled, Party: { } party } && _state.Callbacks.ContainsKey((place.Id, party)))
            output.Add(new Release(command.Interaction, place.Id, new QueueOutcome.CallbackBooked(TimeSpan.Zero, Already: true)));
        else
            Enter(command, Earlier(command.EnqueuedAt, Now), place, output);
    }

    private void Decide(Escalate command, RoutingOutput output)
    {
        if (FindTalking(command.Agent, command.Interaction) is not { } assignment || _state.EntriesByInteraction.ContainsKey(command.Interaction))
            return;
        if (!assignment.IsHeld)
            Happen(new AssignmentHeld(command.Agent, command.Interaction, Held: true), output);
        Decide(new Enqueue(command.Interaction, command.Queue, assignment.Channel, assignment.Cost) { Requirement = command.Requirement }, output);
    }

    private static void Refuse(Enqueue command, Overflow? overflow, QueueRefusal refusal, RoutingOutput output) =>
        output.Add(new Release(command.Interaction, command.Queue, refusal switch
        {
            QueueRefusal.Empty => new QueueOutcome.Empty(TimeSpan.Zero, overflow),
            QueueRefusal.OutOfHours => new QueueOutcome.Closed(TimeSpan.Zero, overflow),
            _ => new QueueOutcome.Full(overflow),
        }));

    private void Decide(Leave command, RoutingOutput output)
    {
        if (!_state.EntriesByInteraction.TryGetValue(command.Interaction, out var entry))
            return;
        var exit = command.Reason is QueueExit.Abandoned or QueueExit.Withdrawn or QueueExit.Closed or QueueExit.TimedOut ? command.Reason : QueueExit.Withdrawn;
        if (entry.Reach == PartyReach.ToBeCalled && exit == QueueExit.Abandoned)
            return; // Hanging up is what the party was told to do.
        Exit(entry, exit, output);
        output.Add(new Release(entry.Interaction, entry.Queue, new QueueOutcome.Abandoned(Now - entry.EnqueuedAt)));
    }

    /// <summary>To another queue, time kept. Without a place there it stays where it is.</summary>
    private void Move(QueueEntry entry, Enqueue command, RoutingOutput output)
    {
        if (command.Queue == entry.Queue || FindPlace(entry.Interaction, command.Queue, output, out _, out _) is not { } place || place.Id == entry.Queue)
            return;
        Exit(entry, QueueExit.Moved, output);
        Enter(command, Earlier(entry.EnqueuedAt, Earlier(command.EnqueuedAt, Now)), place, output);
    }

    /// <summary>To the queue the overflow leads to, time kept; to a callback; otherwise back to the flow with whatever else it leads to.</summary>
    private void SendAway(QueueEntry entry, Overflow? overflow, QueueExit exit, RoutingOutput output)
    {
        if (exit == QueueExit.Closed && overflow is { Kind: OverflowKind.Callback })
            overflow = null; // The queue is gone, and with it its places.
        if (!TrySend(entry, ref overflow, output))
            GiveBack(entry, overflow, exit, output);
    }

    private bool TrySend(QueueEntry entry, ref Overflow? overflow, RoutingOutput output)
    {
        if (overflow is { Kind: OverflowKind.Callback } && entry.Reach == PartyReach.Present)
        {
            Book(entry, output);
            return true;
        }
        if (FollowOverflow(entry.Interaction, ref overflow, output, out _) is not { } place || place.Id == entry.Queue)
            return false;
        Exit(entry, QueueExit.Moved, output);
        var moved = new Enqueue(entry.Interaction, place.Id, entry.Channel, entry.Cost, entry.Reach)
        {
            Requirement = entry.Requirement,
            Credits = entry.Credits,
            Vip = entry.Vip,
            Party = entry.Party,
        };
        Enter(moved, entry.EnqueuedAt, place, output);
        return true;
    }

    private void GiveBack(QueueEntry entry, Overflow? overflow, QueueExit exit, RoutingOutput output)
    {
        Exit(entry, exit, output);
        var waited = Now - entry.EnqueuedAt;
        output.Add(new Release(entry.Interaction, entry.Queue, exit switch
        {
            QueueExit.Emptied => new QueueOutcome.Empty(waited, overflow),
            QueueExit.OutOfHours => new QueueOutcome.Closed(waited, overflow),
            _ => new QueueOutcome.TimedOut(waited, overflow),
        }));
    }

    private void Enter(Enqueue command, DateTimeOffset enqueuedAt, QueueModel queue, RoutingOutput output)
    {
        var id = new EntryId(_state.Epoch, _state.LastEntry + 1);
        Happen(
            new QueueEntered(id, command.Interaction, queue.Id, command.Channel, Math.Max(1, command.Cost), command.Reach, enqueuedAt)
            {
                Requirement = command.Requirement,
                Credits = command.Credits,
                Vip = command.Vip,
                Party = command.Party,
                Owner = command.Owner is { } owner && IsWorthWaiting(owner, queue) ? owner : null,
                Except = WhoCarries(command.Interaction),
            },
            output);
    }

    private List<AgentId>? WhoCarries(InteractionId interaction) => _state.Carriers.TryGetValue(interaction, out var agents)
        ? [.. agents.Select(agent => agent.Id).OrderBy(id => id.Value, StringComparer.Ordinal)]
        : null;

    private void Exit(QueueEntry entry, QueueExit exit, RoutingOutput output)
    {
        while (entry.IsOffered)
            Withdraw(entry.Offers[0], OfferEnd.CallerLeft, restUntil: null, output);
        if (entry.CallingFor is { } calling)
            StopCalling(entry, calling, output);
        Happen(new QueueLeft(entry.Id, entry.Interaction, entry.Queue, exit, Now - entry.EnqueuedAt), output);
    }

    /// <summary>The queue, or the one its overflow leads to; null when there is no place, with what else the overflow says.</summary>
    private QueueModel? FindPlace(InteractionId interaction, QueueId wanted, RoutingOutput output, out Overflow? overflow, out QueueRefusal refusal)
    {
        if (_index.Find(wanted) is { } queue && WhyNoPlace(queue) is null)
        {
            (overflow, refusal) = (null, default);
            return queue.Model;
        }
        overflow = new(OverflowKind.Queue, wanted.Value);
        return FollowOverflow(interaction, ref overflow, output, out refusal);
    }

    private QueueModel? FollowOverflow(InteractionId interaction, ref Overflow? overflow, RoutingOutput output, out QueueRefusal refusal)
    {
        refusal = QueueRefusal.Full;
        for (var hop = 0; overflow is { Kind: OverflowKind.Queue } && hop < MostHops; hop++)
        {
            var id = new QueueId(overflow.Name);
            var queue = _index.Find(id);
            if (WhyNoPlace(queue) is not { } why)
                return queue!.Model;
            Happen(new QueueRefused(interaction, id, why), output);
            (overflow, refusal) = (OverflowOf(queue?.Model, why), why);
        }
        if (overflow is { Kind: OverflowKind.Queue })
            overflow = null; // The queues lead in a circle, and none has a place.
        return null;
    }

    private QueueRefusal? WhyNoPlace(ServedQueue? queue)
    {
        if (queue is null)
            return QueueRefusal.Unknown;
        if (queue.Book.Length >= queue.Model.MaxLength)
            return QueueRefusal.Full;
        if (!queue.IsOpenAt(Now))
            return QueueRefusal.OutOfHours;
        return queue.Model.JoinRule is { } rule && queue.Book.IsEmpty(rule.Counts) ? QueueRefusal.Empty : null;
    }

    private static Overflow? OverflowOf(QueueModel? queue, QueueRefusal why) => why switch
    {
        QueueRefusal.Empty => queue?.EmptyOverflow ?? queue?.Overflow,
        QueueRefusal.OutOfHours => queue?.ClosedOverflow ?? queue?.Overflow,
        _ => queue?.Overflow,
    };

    /// <summary>Nobody has been at work for the grace time: whoever waits goes.</summary>
    private void GraceTimePassed(QueueBook book, RoutingOutput output)
    {
        foreach (var entry in PresentIn(book.Id))
        {
            if (RoutingIndex.LeavesEmpty(book, entry) > Now)
                _index.EntryChanged(entry); // It came in this very instant: it goes at its own.
            else
                SendAway(entry, book.Model!.EmptyOverflow ?? book.Model.Overflow, QueueExit.Emptied, output);
        }
    }

    private void ClosingTime(QueueBook book, RoutingOutput output)
    {
        if (_index.Find(book.Id) is not { } queue)
            return;
        if (!queue.IsOpenAt(Now))
        {
            foreach (var entry in PresentIn(book.Id))
                SendAway(entry, queue.Model.ClosedOverflow ?? queue.Model.Overflow, QueueExit.OutOfHours, output);
        }
        _index.ArmClosing(queue);
    }

    private List<QueueEntry> PresentIn(QueueId queue) =>
        [.. _state.Entries.Values.Where(entry => entry.Queue == queue && entry.Reach != PartyReach.ToBeCalled).OrderBy(entry => entry.Rank)];

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
