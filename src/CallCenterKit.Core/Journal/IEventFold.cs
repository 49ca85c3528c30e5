namespace CallCenterKit.Journal;

/// <summary>A figure, a board, a record: whatever is computed from the stream of events.</summary>
/// <remarks>Called with every entry, in order, by one thread at a time. Ignores kinds it does not know.</remarks>
public interface IEventFold
{
    /// <summary>Takes one entry in.</summary>
    void Apply(JournalEntry entry);
}
