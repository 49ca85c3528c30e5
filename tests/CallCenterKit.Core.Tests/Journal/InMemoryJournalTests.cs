using CallCenterKit.Journal;
using CallCenterKit.Shared.Journal;

namespace CallCenterKit.Journal;

public class InMemoryJournalTests : EventJournalContract
{
    protected override IEventJournal Journal { get; } = new InMemoryJournal();
}

public class InMemorySnapshotTests : SnapshotStoreContract
{
    protected override ISnapshotStore Store { get; } = new InMemoryJournal();
}
