using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Recordings;

/// <summary>Keeps a store of recordings in step with the journal.</summary>
/// <param name="store">What is kept in step.</param>
/// <param name="normalise">Writes callers' numbers in one way, so that one caller is found by one number; null leaves them as they came.</param>
/// <remarks>
/// One thread at a time. Has no position of its own: it is committed before the call records, and making a change twice is
/// as good as once, so that after a crash the entries behind the records' position bring both in step.
/// </remarks>
public sealed class RecordingProjection(IRecordingStore store, Func<string, string>? normalise = null)
{
    private readonly Dictionary<RecordingId, StoredRecording> _open = [];
    private readonly List<RecordingChange> _changes = [];

    /// <summary>Takes in what was done to kept recordings; other events reach it by the records they change.</summary>
    public void Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (ChangeBy(entry) is { } change)
            _changes.Add(change);
    }

    /// <summary>Writes what has changed since the last time; does nothing when nothing has.</summary>
    /// <param name="records">The call records that have changed.</param>
    /// <param name="cancellationToken">Gives up; the same is written the next time.</param>
    public async ValueTask CommitAsync(IReadOnlyCollection<CallRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (_changes.Count == 0 && records.All(record => record.Recordings.Count == 0))
            return; // most calls are not recorded
        var news = records.SelectMany(StoredRecordingFold.Of).Select(Normalise).Where(IsNews).ToList();
        if (news.Count == 0 && _changes.Count == 0)
            return;
        await store.CommitAsync([.. news.Select(facts => new RecordingChange.Known(facts)), .. _changes], cancellationToken).ConfigureAwait(false);
        _changes.Clear();
        Remember(news);
        foreach (var record in records.Where(record => !record.IsOpen))
            Forget(record);
    }

    private static RecordingChange? ChangeBy(JournalEntry entry) => entry.Event switch
    {
        RecordingErased e => new RecordingChange.Erased(e.Recording, new(e.By, entry.At, e.Why)),
        LegalHoldPlaced e => new RecordingChange.Held(e.Recording, new(e.By, entry.At, e.Why)),
        LegalHoldReleased e => new RecordingChange.Released(e.Recording),
        RecordingDiscarded e => new RecordingChange.Erased(e.Recording, new(RecordingPolicy.Actor, entry.At, StoredRecordingFold.Refused)),
        RecordingSealed e => new RecordingChange.Sealed(e.Recording, e.Sha256, e.Bytes),
        VoicemailDiscarded e => new RecordingChange.Erased(e.Message, new(RecordingPolicy.Actor, entry.At, StoredRecordingFold.TooShort)),
        VoicemailHeard e => new RecordingChange.Heard(e.Message, new(e.By, entry.At)),
        VoicemailDeleted e => new RecordingChange.Deleted(e.Message, new(e.By, entry.At)),
        RecordingFound e => new RecordingChange.Known(StoredRecordingFold.Of(e)),
        _ => null,
    };

    private StoredRecording Normalise(StoredRecording facts) => normalise is null
        ? facts
        : facts with { Caller = normalise(facts.Caller), Dialled = normalise(facts.Dialled) };

    /// <summary>Most events of a call say nothing new about its recording.</summary>
    private bool IsNews(StoredRecording facts) => !_open.TryGetValue(facts.Recording, out var before) || !StoredRecordingFold.SameFacts(before, facts);

    private void Remember(List<StoredRecording> news)
    {
        foreach (var facts in news)
            _open[facts.Recording] = facts;
    }

    private void Forget(CallRecord record)
    {
        foreach (var recording in record.Recordings)
            _open.Remove(recording.Recording);
    }
}
