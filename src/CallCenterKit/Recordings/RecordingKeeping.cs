namespace CallCenterKit.Recordings;

/// <summary>How long recordings are kept. Immutable.</summary>
/// <param name="Default">Those of no queue, and of queues that say nothing; null keeps them for good.</param>
/// <param name="Queues">Those of these queues.</param>
internal sealed record RecordingKeeping(TimeSpan? Default, IReadOnlyDictionary<QueueId, TimeSpan> Queues)
{
    /// <summary>Which recordings' time is over.</summary>
    public IEnumerable<DueRecordings> DueAt(DateTimeOffset now)
    {
        foreach (var (queue, kept) in Queues)
            yield return new(now - kept) { Queue = queue };
        if (Default is { } others)
            yield return new(now - others) { Except = [.. Queues.Keys] };
    }
}
