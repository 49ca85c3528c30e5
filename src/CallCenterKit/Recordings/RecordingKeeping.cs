namespace CallCenterKit.Recordings;

/// <summary>How long recordings are kept. Immutable.</summary>
/// <param name="Default">Those of no queue and no mailbox, and of queues and mailboxes that say nothing; null keeps them for good.</param>
/// <param name="Queues">Those of these queues; a message's mailbox comes before its queue.</param>
/// <param name="Mailboxes">Messages of these mailboxes.</param>
internal sealed record RecordingKeeping(TimeSpan? Default, IReadOnlyDictionary<QueueId, TimeSpan> Queues, IReadOnlyDictionary<MailboxId, TimeSpan> Mailboxes)
{
    /// <summary>Which recordings' time is over.</summary>
    public IEnumerable<DueRecordings> DueAt(DateTimeOffset now)
    {
        MailboxId[] mailboxes = [.. Mailboxes.Keys];
        foreach (var (mailbox, kept) in Mailboxes)
            yield return new(now - kept) { Mailbox = mailbox };
        foreach (var (queue, kept) in Queues)
            yield return new(now - kept) { Queue = queue, ExceptMailboxes = mailboxes };
        if (Default is { } others)
            yield return new(now - others) { Except = [.. Queues.Keys], ExceptMailboxes = mailboxes };
    }
}
