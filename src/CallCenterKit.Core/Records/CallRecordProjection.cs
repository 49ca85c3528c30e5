using CallCenterKit.Journal;
using CallCenterKit.Recordings;

namespace CallCenterKit.Records;

/// <summary>Keeps a store of call records, and one of their recordings, in step with the journal.</summary>
/// <param name="store">Takes the records.</param>
/// <param name="recordings">Told of every entry and every record that changes, before the record is written; null when nobody keeps recordings.</param>
/// <remarks>One thread at a time.</remarks>
public sealed class CallRecordProjection(ICallRecordStore store, RecordingProjection? recordings = null) : IEventFold
{
    private readonly Dictionary<InteractionId, CallRecord> _open = [];
    private readonly Dictionary<InteractionId, CallRecord> _changed = [];
    private long _position;

    /// <summary>How many interactions have not ended.</summary>
    public int OpenInteractions => _open.Values.Count(record => record.Ending == CallRecordEnding.Open);

    /// <summary>The records to which more can follow.</summary>
    public IEnumerable<CallRecord> Open => _open.Values;

    /// <summary>Begins with what the store holds and returns the position after which entries are wanted.</summary>
    public async ValueTask<long> LoadAsync(CancellationToken cancellationToken)
    {
        _position = await store.GetPositionAsync(cancellationToken).ConfigureAwait(false);
        foreach (var record in await store.ListOpenAsync(cancellationToken).ConfigureAwait(false))
            _open[record.Interaction] = record;
        return _position;
    }

    /// <inheritdoc />
    public void Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Position <= _position)
            return;
        _position = entry.Position;
        recordings?.Apply(entry);
        if (CallRecordFold.InteractionOf(entry.Event) is not { } interaction)
            return;
        _open.TryGetValue(interaction, out var before);
        if (CallRecordFold.Apply(before, entry) is not { } after)
            return;
        _changed[interaction] = after;
        if (after.IsOpen)
            _open[interaction] = after;
        else
            _open.Remove(interaction);
    }

    /// <summary>Writes what has changed since the last time; does nothing when nothing has.</summary>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (recordings is not null)
            await recordings.CommitAsync(_changed.Values, cancellationToken).ConfigureAwait(false);
        if (_changed.Count == 0)
            return;
        await store.CommitAsync(_changed.Values, _position, cancellationToken).ConfigureAwait(false);
        _changed.Clear();
    }
}
