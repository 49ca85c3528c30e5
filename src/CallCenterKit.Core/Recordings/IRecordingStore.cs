namespace CallCenterKit.Recordings;

/// <summary>Knows every recording: a projection of the journal, and what people have added.</summary>
/// <remarks>Any thread. What a change means is said by <see cref="StoredRecordingFold"/>, and which recordings a query finds by <see cref="RecordingQuery.Matches"/>.</remarks>
public interface IRecordingStore
{
    /// <summary>Makes the changes in order, all or none. Those about recordings that are not known are passed over.</summary>
    ValueTask CommitAsync(IReadOnlyCollection<RecordingChange> changes, CancellationToken cancellationToken);

    /// <summary>One recording; null when it is not known.</summary>
    ValueTask<StoredRecording?> FindAsync(RecordingId recording, CancellationToken cancellationToken);

    /// <summary>One page of the recordings that meet the query, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size of the page is not 1 to 1,000.</exception>
    ValueTask<RecordingPage> SearchAsync(RecordingQuery query, CancellationToken cancellationToken);

    /// <summary>The oldest recordings whose time is over: not erased, not held, not running.</summary>
    /// <param name="due">Which.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StoredRecording>> ListDueAsync(DueRecordings due, int limit, CancellationToken cancellationToken);
}

/// <summary>Which recordings' time is over.</summary>
/// <param name="Before">Begun before this instant.</param>
public sealed record DueRecordings(DateTimeOffset Before)
{
    /// <summary>Of this queue alone; null is of any.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>Not of these queues.</summary>
    public IReadOnlyCollection<QueueId> Except { get; init; } = [];

    /// <summary>Of this mailbox alone; null is of any, and conversations.</summary>
    public MailboxId? Mailbox { get; init; }

    /// <summary>Not of these mailboxes.</summary>
    public IReadOnlyCollection<MailboxId> ExceptMailboxes { get; init; } = [];

    /// <summary>Goes on behind this one, oldest first; null begins.</summary>
    public RecordingMark? After { get; init; }

    /// <summary>Whether a recording is one of them.</summary>
    public bool Matches(StoredRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return recording is { IsRunning: false, Hold: null, Erased: null }
            && recording.StartedAt < Before
            && (Queue is null || recording.Queue == Queue)
            && !(recording.Queue is { } queue && Except.Contains(queue))
            && (Mailbox is null || recording.Mailbox == Mailbox)
            && !(recording.Mailbox is { } mailbox && ExceptMailboxes.Contains(mailbox))
            && (After is not { } mark || mark.CompareTo(RecordingMark.Of(recording)) < 0);
    }
}
