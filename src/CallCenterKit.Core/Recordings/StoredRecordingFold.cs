using System.Diagnostics;
using CallCenterKit.Records;
using CallCenterKit.Voice;

namespace CallCenterKit.Recordings;

/// <summary>What a store keeps after each change. The one place that says so; every store asks here.</summary>
public static class StoredRecordingFold
{
    /// <summary>The fault of a recording that was running when the process died.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Why a recording was erased whose customer did not want it.</summary>
    public const string Refused = "consent refused";

    /// <summary>Why a message was erased that said nothing.</summary>
    public const string TooShort = "too short";

    /// <summary>Why a message was erased that somebody deleted.</summary>
    public const string Deleted = "deleted";

    /// <summary>The recording after one more change; null when it is about a recording that is not known.</summary>
    public static StoredRecording? Apply(StoredRecording? before, RecordingChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change is RecordingChange.Known known)
            return Know(before, known.Facts);
        if (before is null)
            return null;
        return change switch
        {
            RecordingChange.Starred e => before with { Starred = e.On },
            RecordingChange.Commented e => before with { Comments = before.Comments.Contains(e.Comment) ? before.Comments : [.. before.Comments, e.Comment] },
            RecordingChange.Listed e => before with { Lists = e.On ? [.. before.Lists.Append(e.List).Distinct().Order(StringComparer.Ordinal)] : [.. before.Lists.Where(list => list != e.List)] },
            RecordingChange.Heard e => before with { Heard = before.Heard ?? e.Mark },
            RecordingChange.Deleted e => before with { Deleted = before.Deleted ?? e.Mark },
            RecordingChange.Held e => before with { Hold = e.Hold },
            RecordingChange.Released => before with { Hold = null },
            RecordingChange.Sealed e => before with { Sha256 = e.Sha256, Bytes = e.Bytes },
            RecordingChange.Erased e => WithoutPerson(before with { Erased = e.Erasure, Comments = [] }),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>What the record of a call says about each of its recordings.</summary>
    public static IEnumerable<StoredRecording> Of(CallRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Recordings.Count == 0)
            return [];
        var isOurs = record.Direction == CallDirection.Outbound;
        var agents = record.Legs.Select(leg => leg.Agent).Append(record.Agent).OfType<AgentId>().Distinct().ToArray();
        var extensions = record.Legs.Where(leg => !leg.IsOutside).Select(leg => leg.Endpoint).Distinct().ToArray();
        return record.Recordings.Select(recording => new StoredRecording
        {
            Recording = recording.Recording,
            Interaction = record.Interaction,
            File = recording.File,
            StartedAt = recording.StartedAt,
            Length = recording.Length,
            Bytes = recording.Bytes,
            Sha256 = recording.Sha256,
            Fault = recording.Fault,
            Kind = recording.Mailbox is null ? RecordingKind.Conversation : RecordingKind.Voicemail,
            Mailbox = recording.Mailbox,
            Direction = record.Direction,
            Customer = record.Party,
            Caller = isOurs ? record.Dialled : record.Number,
            Dialled = isOurs ? record.Number : record.Dialled,
            Queue = record.Queue,
            Agents = agents,
            Extensions = extensions,
            Disposition = record.Disposition,
        });
    }

    /// <summary>What a file that was found says of its recording.</summary>
    public static StoredRecording Of(RecordingFound found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return new()
        {
            Recording = found.Recording,
            Interaction = found.Interaction,
            File = found.File,
            StartedAt = found.StartedAt,
            Length = found.Length,
            Bytes = found.Bytes,
            Fault = Interrupted,
            Customer = found.Party,
            Queue = found.Queue,
        };
    }

    /// <summary>Whether two say the same of the call; what people have added is not looked at.</summary>
    internal static bool SameFacts(StoredRecording one, StoredRecording other) =>
        one with { Agents = [], Extensions = [] } == other with { Agents = [], Extensions = [] }
        && one.Agents.SequenceEqual(other.Agents)
        && one.Extensions.SequenceEqual(other.Extensions);

    /// <summary>An entry that is read again after a restart must not bring back what was erased.</summary>
    private static StoredRecording Know(StoredRecording? before, StoredRecording facts)
    {
        if (before is null)
            return facts;
        var after = facts with
        {
            Sha256 = facts.Sha256 ?? SealOf(before),
            Starred = before.Starred,
            Lists = before.Lists,
            Comments = before.Comments,
            Heard = before.Heard,
            Deleted = before.Deleted,
            Hold = before.Hold,
            Erased = before.Erased,
        };
        return after.Erased is null ? after : WithoutPerson(after);
    }

    /// <summary>The checksum that was taken after the call, which the call knows nothing of, perhaps before it was known how the recording ended.</summary>
    private static string? SealOf(StoredRecording before) => before is { Length: null } or { Fault: Interrupted } ? before.Sha256 : null;

    /// <summary>The customer's number is the one that is not ours.</summary>
    private static StoredRecording WithoutPerson(StoredRecording recording) => recording.Direction == CallDirection.Outbound
        ? recording with { Dialled = "" }
        : recording with { Caller = "" };
}
