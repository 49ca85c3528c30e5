using CallCenterKit.Journal;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>Turns entries into rows. An event that cannot be JSON is left out, so that it does not hold up all others.</summary>
internal sealed class EntryWriter(EventCatalog catalog, string file, ILogger logger)
{
    public void Write(JournalEntry entry, StoreStatements to)
    {
        var kind = catalog.KindOf(entry.Event);
        if (TryWrite(entry, kind, to.Json))
            to.Write(entry, kind, to.Json.Written);
    }

    private bool TryWrite(JournalEntry entry, string kind, JsonBuffer to)
    {
        try
        {
            to.Write(entry.Event);
            return true;
        }
#pragma warning disable CA1031 // Whatever a host's own converter throws, the other events go on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            StoreLog.EventLeftOut(logger, kind, entry.Position, file, fault);
            return false;
        }
    }
}
