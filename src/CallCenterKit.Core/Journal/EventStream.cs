namespace CallCenterKit.Journal;

/// <summary>The one stream of events of a center: gives positions, appends to the journal, tells the folds.</summary>
/// <remarks>Any thread. Subscribers are told in order and under a lock: they only hand over.</remarks>
public sealed class EventStream
{
    private readonly Lock _lock = new();
    private readonly IEventJournal _journal;
    private readonly Action<IReadOnlyList<JournalEntry>> _subscriber;
    private long _position;

    /// <summary>Goes on where the journal stands.</summary>
    /// <param name="journal">Keeps the events.</param>
    /// <param name="opening">What <see cref="IEventJournal.BeginEpochAsync"/> returned.</param>
    /// <param name="subscriber">Told of all that is appended.</param>
    public EventStream(IEventJournal journal, JournalOpening opening, Action<IReadOnlyList<JournalEntry>> subscriber)
    {
        ArgumentNullException.ThrowIfNull(opening);
        _journal = journal;
        _subscriber = subscriber;
        _position = opening.LastPosition;
        Epoch = opening.Epoch;
    }

    /// <summary>This life of the center.</summary>
    public long Epoch { get; }

    /// <summary>The position of the last event appended.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>A writer that numbers one stream from 1. One writer per stream and epoch.</summary>
    public EventWriter OpenWriter(string stream) => new(this, stream);

    internal long Append(string stream, ref long sequence, IReadOnlyList<CenterEvent> events, DateTimeOffset at)
    {
        var entries = new JournalEntry[events.Count];
        lock (_lock)
        {
            for (var i = 0; i < entries.Length; i++)
                entries[i] = new(stream, Epoch, ++sequence, at, events[i]) { Position = ++_position };
            _journal.Append(entries);
            _subscriber(entries);
            return _position;
        }
    }
}

/// <summary>Writes one stream. One thread at a time.</summary>
public sealed class EventWriter
{
    private readonly EventStream _events;
    private readonly string _stream;
    private long _sequence;

    internal EventWriter(EventStream events, string stream)
    {
        _events = events;
        _stream = stream;
    }

    /// <summary>Appends the events as one unit; does nothing when there are none.</summary>
    /// <returns>The position of the last one; 0 when there was none.</returns>
    public long Append(IReadOnlyList<CenterEvent> events, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Count == 0 ? 0 : _events.Append(_stream, ref _sequence, events, at);
    }
}
