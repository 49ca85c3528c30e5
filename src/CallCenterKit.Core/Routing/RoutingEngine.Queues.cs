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
        var wanted = new Party(command.Interaction, command.Channel, Math.Max(1, command.Cost), command.Reach, Earlier(command.EnqueuedAt, Now));
        if (_state.EntriesByInteraction.TryGetValue(command.Interaction, out var waiting))
            Move(waiting, wanted, command.Queue, output);
        else if (FindPlace(wanted.Interaction, command.Queue, output, out var overflow) is { } place)
            Enter(wanted, place, output);
        else
            output.Add(new Release(command.Interaction, command.Queue, new QueueOutcome.Full(overflow)));
    }

    private void Decide(Leave command, RoutingOutput output)
    {
        if (!_state.EntriesByInteraction.TryGetValue(command.Interaction, out var entry))
            return;
        var exit = command.Reason is QueueExit.Answered or QueueExit.Moved ? QueueExit.Withdrawn : command.Reason;
        Exit(entry, exit, output);
        output.Add(new Release(entry.Interaction, entry.Queue, new QueueOutcome.Abandoned(Now - entry.EnqueuedAt)));
    }

    /// <summary>To another queue, time kept. Without a place there it stays where it is.</summary>
    private void Move(QueueEntry entry, Party wanted, QueueId target, RoutingOutput output)
    {
        if (target == entry.Queue || FindPlace(entry.Interaction, target, output, out _) is not { } place || place.Id == entry.Queue)
            return;
        Exit(entry, QueueExit.Moved, output);
        Enter(wanted with { EnqueuedAt = Earlier(entry.EnqueuedAt, wanted.EnqueuedAt) }, place, output);
    }

    private void TimeOut(QueueEntry entry, RoutingOutput output) =>
        Overflow(entry, _state.Model.Queues[entry.Queue].Overflow, QueueExit.TimedOut, output);

    /// <summary>To the queue the overflow leads to, time kept; otherwise back to the flow with whatever else it leads to.</summary>
    private void Overflow(QueueEntry entry, Overflow? overflow, QueueExit exit, RoutingOutput output)
    {
        if (FollowOverflow(entry.Interaction, ref overflow, output) is { } place)
        {
            Exit(entry, QueueExit.Moved, output);
            Enter(new(entry.Interaction, entry.Channel, entry.Cost, entry.Reach, entry.EnqueuedAt), place, output);
            return;
        }
        Exit(entry, exit, output);
        output.Add(new Release(entry.Interaction, entry.Queue, new QueueOutcome.TimedOut(Now - entry.EnqueuedAt, overflow)));
    }

    private void Enter(Party party, QueueModel queue, RoutingOutput output)
    {
        var id = new EntryId(_state.Epoch, _state.LastEntry + 1);
        Happen(new QueueEntered(id, party.Interaction, queue.Id, party.Channel, party.Cost, party.Reach, party.EnqueuedAt), output);
    }

    private void Exit(QueueEntry entry, QueueExit exit, RoutingOutput output)
    {
        if (entry.Offer is { } offer)
            Withdraw(offer, OfferEnd.CallerLeft, restUntil: null, output);
        Happen(new QueueLeft(entry.Id, entry.Interaction, entry.Queue, exit, Now - entry.EnqueuedAt), output);
    }

    /// <summary>The queue, or the one its overflow leads to; null when there is no place, with what else the overflow says.</summary>
    private QueueModel? FindPlace(InteractionId interaction, QueueId wanted, RoutingOutput output, out Overflow? overflow)
    {
        overflow = new(OverflowKind.Queue, wanted.Value);
        return FollowOverflow(interaction, ref overflow, output);
    }

    private QueueModel? FollowOverflow(InteractionId interaction, ref Overflow? overflow, RoutingOutput output)
    {
        for (var hop = 0; overflow is { Kind: OverflowKind.Queue } && hop < MostHops; hop++)
        {
            var id = new QueueId(overflow.Name);
            if (_state.Model.Queues.TryGetValue(id, out var queue) && !(_state.LengthOf(id) >= queue.MaxLength))
                return queue;
            Happen(new QueueRefused(interaction, id), output);
            overflow = queue?.Overflow;
        }
        if (overflow is { Kind: OverflowKind.Queue })
            overflow = null; // The queues lead in a circle, and all are full.
        return null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    /// <summary>Who waits, whatever the queue.</summary>
    private sealed record Party(InteractionId Interaction, string Channel, int Cost, PartyReach Reach, DateTimeOffset EnqueuedAt);
}
