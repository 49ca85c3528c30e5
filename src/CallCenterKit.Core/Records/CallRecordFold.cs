using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Routing;
using CallCenterKit.Voice;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Records;

/// <summary>Turns events into call records. The one place that says what a record means.</summary>
public static class CallRecordFold
{
    /// <summary>The interaction an event is about; null when it is about none.</summary>
    public static InteractionId? InteractionOf(CenterEvent happened) => happened switch
    {
        InteractionStarted e => e.Interaction,
        PartyIdentified e => e.Interaction,
        InteractionCalledBack e => e.Interaction,
        CallbackBooked e => e.Interaction,
        CallbackCalled e => e.Interaction,
        CallbackMissed e => e.Interaction,
        DispositionMissing e => e.Interaction,
        DispositionGiven e => e.Interaction,
        FlowEntered e => e.Interaction,
        InteractionAnswered e => e.Interaction,
        QueueEntered e => e.Interaction,
        QueueRefused e => e.Interaction,
        QueueLeft e => e.Interaction,
        OfferMade e => e.Interaction,
        ConversationJoined e => e.Interaction,
        ConversationParted e => e.Interaction,
        ConversationHeld e => e.Interaction,
        ConversationResumed e => e.Interaction,
        PartyDialEnded e => e.Interaction,
        ConsultationBegan e => e.Interaction,
        ConsultationOver e => e.Interaction,
        TransferBegan e => e.Interaction,
        TransferOver e => e.Interaction,
        LegReplaced e => e.Interaction,
        CustomerChanged e => e.Interaction,
        InteractionMerged e => e.Interaction,
        SupervisionBegan e => e.Interaction,
        SupervisionChanged e => e.Interaction,
        SupervisionEnded e => e.Interaction,
        RecordingStarted e => e.Interaction,
        RecordingPaused e => e.Interaction,
        RecordingResumed e => e.Interaction,
        RecordingStopped e => e.Interaction,
        RecordingEnded e => e.Interaction,
        RecordingDiscarded e => e.Interaction,
        RecordingNotDiscarded e => e.Interaction,
        RecordingConsentAsked e => e.Interaction,
        RecordingConsentGiven e => e.Interaction,
        RecordingConsentRefused e => e.Interaction,
        VoicemailStarted e => e.Interaction,
        VoicemailLeft e => e.Interaction,
        VoicemailDiscarded e => e.Interaction,
        AssignmentStarted e => e.Interaction,
        AssignmentTaken e => e.Interaction,
        AssignmentOver e => e.Interaction,
        WrapUpEnded e => e.Interaction,
        InteractionEnded e => e.Interaction,
        InteractionInterrupted e => e.Interaction,
        _ => null,
    };

    /// <summary>The record after one more event; null when the event is not about a known interaction.</summary>
    /// <param name="record">The record so far; null before <see cref="InteractionStarted"/>.</param>
    /// <param name="entry">What happened.</param>
    public static CallRecord? Apply(CallRecord? record, JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Event is InteractionStarted started)
            return Begin(started, entry.At);
        // What the next life of the center closes in queues and at agents comes after the end of an interrupted call; only a callback outlives it.
        return record is null or { Ending: CallRecordEnding.Interrupted, Entry: null } ? record : CallRecordingFold.Mark(Continue(record, entry.Event, entry.At), entry.At);
    }

    private static CallRecord Begin(InteractionStarted started, DateTimeOffset at) => new()
    {
        Interaction = started.Interaction,
        Party = started.Party,
        Direction = started.Direction,
        Origin = started.Origin,
        Dialled = started.Dialled,
        CustomerLeg = started.Leg,
        StartedAt = at,
    };

    private static CallRecord Continue(CallRecord record, CenterEvent happened, DateTimeOffset at) => happened switch
    {
        PartyIdentified e => record with { Party = e.Party, Number = e.Number, Name = e.Name },
        CallbackBooked => Book(record),
        CallbackCalled e => record with { CallbackAttempts = e.Attempt },
        InteractionCalledBack e => record with { CustomerLeg = e.Leg, CustomerHolds = false, Ending = CallRecordEnding.Open, EndedAt = null, EndedBy = null, Cause = null, Callback = CallbackState.Reached },
        FlowEntered e => record with { Flow = record.Flow ?? e.Flow },
        InteractionAnswered => record with { AnsweredAt = record.AnsweredAt ?? at },
        QueueEntered e => record with { Queue = e.Queue, EnqueuedAt = e.EnqueuedAt, Entry = e.Entry, QueueExit = null, Waited = null, Vip = record.Vip || e.Vip },
        QueueRefused e when record.Entry is null => record with { Queue = e.Queue, QueueExit = ExitOf(e.Reason), Waited = record.Waited ?? TimeSpan.Zero },
        QueueLeft e when e.Entry == record.Entry => Leave(record, e),
        OfferMade => record with { Offers = record.Offers + 1 },
        ConversationJoined or ConversationParted or ConversationHeld or ConversationResumed or ConsultationBegan or ConsultationOver or LegReplaced or CustomerChanged
            => CallLegFold.Apply(record, (ConversationEvent)happened, at),
        TransferBegan e => record with { Transfers = [.. record.Transfers, new(e.Transfer, e.Kind, e.Agent, e.By, e.Target, at)] },
        TransferOver e => EndTransfer(record, e.End),
        PartyDialEnded { Purpose: DialPurpose.Return } e => ReturnTransfer(record, e.End == DialEnd.Answered),
        InteractionMerged e => record with { MergedInto = e.Into },
        RecordingStarted or RecordingPaused or RecordingResumed or RecordingStopped or RecordingEnded or RecordingDiscarded or RecordingNotDiscarded
            or RecordingConsentAsked or RecordingConsentGiven or RecordingConsentRefused or VoicemailStarted or VoicemailLeft or VoicemailDiscarded
            => CallRecordingFold.Apply(record, happened, at),
        SupervisionBegan e => record with { Supervisions = [.. record.Supervisions, new(e.By, e.Leg, e.Endpoint, [new(at, e.Agent, e.Role)], null)] },
        SupervisionChanged e => StepInto(record, e, at),
        SupervisionEnded e => EndSupervision(record, e, at),
        AssignmentStarted e => record with { Entry = null, Assignments = [.. Without(record, e.Agent), new(e.Agent, null)] },
        AssignmentTaken e => Take(record, e),
        AssignmentOver e => record with { Assignments = e.WrapUpUntil is null ? Without(record, e.Agent) : [.. Without(record, e.Agent), new(e.Agent, at)] },
        WrapUpEnded e => EndWrapUp(record, e.Agent, e.Disposition, at),
        DispositionMissing e => EndWrapUp(record, e.Agent, null, at),
        DispositionGiven e => record with { Disposition = e.Disposition },
        InteractionEnded e => End(record, EndingOf(record), at) with { EndedBy = e.By, Cause = e.Cause },
        InteractionInterrupted e => Interrupt(record, e.LastSeen),
        _ => record,
    };

    // Methods of their own, so that the events of every call do not pay for what these close over.
    private static CallRecord EndTransfer(CallRecord record, TransferEnd end) => WithLastTransfer(record, transfer => transfer with { End = end });

    private static CallRecord ReturnTransfer(CallRecord record, bool returned) => WithLastTransfer(record, transfer => transfer with { Returned = returned });

    private static CallRecord StepInto(CallRecord record, SupervisionChanged changed, DateTimeOffset at) =>
        WithSupervision(record, changed.Leg, each => each with { Steps = [.. each.Steps, new(at, changed.Agent, changed.Role)] });

    private static CallRecord EndSupervision(CallRecord record, SupervisionEnded ended, DateTimeOffset at) =>
        WithSupervision(record, ended.Leg, each => each with { EndedAt = at, End = ended.End });

    /// <summary>One at a time is on its way.</summary>
    private static CallRecord WithLastTransfer(CallRecord record, Func<CallTransferRecord, CallTransferRecord> change) =>
        record.Transfers.Count == 0 ? record : record with { Transfers = [.. record.Transfers.SkipLast(1), change(record.Transfers[^1])] };

    private static CallRecord WithSupervision(CallRecord record, CallId leg, Func<SupervisionRecord, SupervisionRecord> change) =>
        record with { Supervisions = [.. record.Supervisions.Select(each => each.Leg == leg && each.EndedAt is null ? change(each) : each)] };

    /// <summary>Of a call that an agent makes, the agent is known before anybody speaks with the party.</summary>
    private static CallRecord Take(CallRecord record, AssignmentTaken taken) => record with
    {
        Agent = record.Direction == CallDirection.Outbound ? record.Agent ?? taken.Agent : record.Agent,
        Queue = record.Queue ?? taken.Queue,
        Assignments = [.. Without(record, taken.Agent), new(taken.Agent, null)],
    };

    private static CallRecord End(CallRecord record, CallRecordEnding ending, DateTimeOffset at)
    {
        if (record.Ending != CallRecordEnding.Open)
            return record;
        var waited = record.Waited ?? (record.EnqueuedAt is { } since && ending != CallRecordEnding.Callback ? at - since : null);
        // The end of the call and the end of the wait are written by two authors, in either order.
        var left = record.EnqueuedAt is not null && ending is not (CallRecordEnding.Interrupted or CallRecordEnding.Callback) ? QueueExit.Abandoned : (QueueExit?)null;
        return CallLegFold.Count(record with { Ending = ending, EndedAt = at, Waited = waited, QueueExit = record.QueueExit ?? left, CustomerHolds = false }, at);
    }

    /// <summary>The place is kept also of a caller who has hung up already: the end of the call and the booking are written by two authors.</summary>
    private static CallRecord Book(CallRecord record) => record.Ending == CallRecordEnding.Abandoned
        ? record with { Callback = CallbackState.Booked, Ending = CallRecordEnding.Callback, QueueExit = null, Waited = null }
        : record with { Callback = CallbackState.Booked };

    /// <summary>Whoever was answered has an agent with the next event: until then the record is not done, also when the caller has left meanwhile.</summary>
    private static CallRecord Leave(CallRecord record, QueueLeft left)
    {
        var after = record with { QueueExit = left.Exit, Waited = left.Waited, Entry = left.Exit == QueueExit.Answered ? record.Entry : null };
        return record.Callback != CallbackState.Booked || left.Exit == QueueExit.Answered ? after : after with
        {
            Callback = CallbackState.GivenUp,
            Ending = record.Ending == CallRecordEnding.Callback ? CallRecordEnding.Unserved : record.Ending,
        };
    }

    private static QueueExit ExitOf(QueueRefusal refusal) => refusal switch
    {
        QueueRefusal.Empty => QueueExit.Emptied,
        QueueRefusal.OutOfHours => QueueExit.OutOfHours,
        QueueRefusal.Unknown => QueueExit.Closed,
        _ => QueueExit.TimedOut,
    };

    private static CallRecord EndWrapUp(CallRecord record, AgentId agent, string? disposition, DateTimeOffset at)
    {
        var since = record.Assignments.FirstOrDefault(each => each.Agent == agent)?.WrappingUpSince;
        return record with
        {
            WrapUp = record.WrapUp + Since(since, at),
            Assignments = Without(record, agent),
            Disposition = disposition ?? record.Disposition,
        };
    }

    private static IReadOnlyList<AssignmentRecord> Without(CallRecord record, AgentId agent) => record.Assignments switch
    {
        [] => record.Assignments,
        [var only] => only.Agent == agent ? [] : record.Assignments,
        _ => [.. record.Assignments.Where(each => each.Agent != agent)],
    };

    private static CallRecord Interrupt(CallRecord record, DateTimeOffset lastSeen)
    {
        var at = lastSeen < record.StartedAt ? record.StartedAt : lastSeen;
        var ended = End(record, CallRecordEnding.Interrupted, at);
        return CallLegFold.Count(ended with
        {
            // Of a call that had ended, the after-call work goes on in the next life of the center.
            Assignments = record.Ending == CallRecordEnding.Open ? [] : record.Assignments,
            Entry = record.Callback is not null || record.Ending != CallRecordEnding.Open ? record.Entry : null,
            Legs = [.. ended.Legs.Select(leg => leg with { LeftAt = leg.LeftAt ?? at })],
            RecordingConsent = record.RecordingConsent == RecordingConsent.Asked ? RecordingConsent.Refused : record.RecordingConsent,
            Supervisions = [.. record.Supervisions.Select(each => each with { EndedAt = each.EndedAt ?? at })],
            Recordings = [.. record.Recordings.Select(r => r is { Length: null, Fault: null } ? r with { Fault = "interrupted" } : r)],
        }, at);
    }

    private static CallRecordEnding EndingOf(CallRecord record) => record switch
    {
        { Callback: CallbackState.Booked } or { QueueExit: QueueExit.CallbackMerged } => CallRecordEnding.Callback,
        { Legs.Count: > 0 } => CallRecordEnding.Completed,
        { Direction: CallDirection.Outbound, EnqueuedAt: null, QueueExit: null } => record.Flow is null ? CallRecordEnding.Refused : CallRecordEnding.NotReached,
        { EnqueuedAt: not null, QueueExit: null or QueueExit.Abandoned or QueueExit.Answered } => CallRecordEnding.Abandoned,
        { Queue: not null } => CallRecordEnding.Unserved,
        { Flow: not null } => CallRecordEnding.EndedInFlow,
        _ => CallRecordEnding.Refused,
    };

    private static TimeSpan Since(DateTimeOffset? start, DateTimeOffset at) =>
        start is { } since && at > since ? at - since : TimeSpan.Zero;
}
