using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Routing;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Records;

/// <summary>Which recordings were made of a call, messages included, and what is on them from when on.</summary>
internal static class CallRecordingFold
{
    public static CallRecord Apply(CallRecord record, CenterEvent happened, DateTimeOffset at) => happened switch
    {
        RecordingStarted e => record with { Recordings = [.. record.Recordings, new(e.Recording, e.File, at, null, null) { Leg = e.Leg, By = e.By }] },
        RecordingPaused e => Change(record, e.Recording, recording => recording with { PausedBy = e.By }),
        RecordingResumed e => Change(record, e.Recording, recording => recording with { PausedBy = null }),
        RecordingStopped e => Change(record, e.Recording, recording => recording with { StoppedBy = e.By }),
        RecordingEnded e => Change(record, e.Recording, recording => recording with { Length = e.Length, Fault = e.Fault, Sha256 = e.Sha256, Bytes = e.Bytes }),
        RecordingDiscarded e => Change(record, e.Recording, recording => recording with { DiscardedAt = at }),
        RecordingNotDiscarded e => Change(record, e.Recording, recording => recording with { DiscardFault = e.Fault }),
        VoicemailStarted e => record with { Recordings = [.. record.Recordings, new(e.Message, e.File, at, null, null) { Mailbox = e.Mailbox }] },
        VoicemailLeft e => Change(record, e.Message, message => message with { Length = e.Length, Fault = e.Fault, Sha256 = e.Sha256, Bytes = e.Bytes }),
        VoicemailDiscarded e => Change(record, e.Message, message => message with { Length = e.Length, DiscardedAt = at }),
        RecordingConsentAsked when record.RecordingConsent != RecordingConsent.Refused => record with { RecordingConsent = RecordingConsent.Asked },
        RecordingConsentGiven => record with { RecordingConsent = RecordingConsent.Given },
        RecordingConsentRefused => record with { RecordingConsent = RecordingConsent.Refused },
        _ => record,
    };

    /// <summary>Marks where on the recording that is being made something else begins. A message is one thing from its beginning to its end.</summary>
    public static CallRecord Mark(CallRecord record, DateTimeOffset at)
    {
        if (record.Ending != CallRecordEnding.Open || record.Recordings.LastOrDefault(recording => recording.Mailbox is null) is not { Length: null, Fault: null, StoppedBy: null } running)
            return record;
        var offset = at > running.StartedAt ? at - running.StartedAt : TimeSpan.Zero;
        var now = SegmentOf(record, running, offset);
        return running.Segments is [.., var last] && IsSame(last, now)
            ? record
            : WithSegment(record, running.Recording, now);
    }

    private static CallRecord WithSegment(CallRecord record, RecordingId running, RecordingSegment now) => Change(
        record, running, recording => recording with { Segments = [.. recording.Segments.Where(segment => segment.Offset < now.Offset), now] });

    private static RecordingSegment SegmentOf(CallRecord record, RecordingRecord recording, TimeSpan offset)
    {
        if (recording.PausedBy is { } by)
            return new(offset, RecordingSegmentKind.Paused) { By = by };
        return record.Legs.Any(leg => leg.Activity == CallLegActivity.Talking)
            ? new(offset, RecordingSegmentKind.Talk) { Agents = [.. record.Legs.Where(leg => leg is { Activity: CallLegActivity.Talking, Agent: not null }).Select(leg => leg.Agent!.Value).Distinct()] }
            : new(offset, KindAlone(record));
    }

    /// <summary>What the customer, with whom nobody speaks, does meanwhile.</summary>
    private static RecordingSegmentKind KindAlone(CallRecord record)
    {
        if (record.Legs.Any(leg => leg.Activity == CallLegActivity.Holding))
            return RecordingSegmentKind.Hold;
        if (record.Legs.Any(leg => leg.Activity == CallLegActivity.Consulting))
            return RecordingSegmentKind.Consultation;
        return record is { Entry: not null, QueueExit: null or QueueExit.Answered } or { Transfers: [.., { End: null }] } or { Transfers: [.., { End: not TransferEnd.Completed, Returned: null }] }
            ? RecordingSegmentKind.Waiting
            : RecordingSegmentKind.Ivr;
    }

    private static bool IsSame(RecordingSegment one, RecordingSegment other) =>
        one.Kind == other.Kind && one.By == other.By && one.Agents.SequenceEqual(other.Agents);

    private static CallRecord Change(CallRecord record, RecordingId which, Func<RecordingRecord, RecordingRecord> change) =>
        record with { Recordings = [.. record.Recordings.Select(recording => recording.Recording == which ? change(recording) : recording)] };
}
