using CallCenterKit.Journal;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>Turns entries into rows. An event that cannot be JSON is left out, so that it does not hold up all others.</summary>
internal sealed class EntryWriter(EventCatalog catalog, string file, ILogger logger)
{
    public void Write(JournalEntry entry, StoreStatements to)
    {
        var kind = catalog.KindOf(entry.Event);
        if (ToJson(entry, kind) is { } json)
            to.Write(entry, kind, json);
    }

    private string? ToJson(JournalEntry entry, string kind)
    {
        try
        {
            return EventCatalog.Write(entry.Event);
        }
#pragma warning disable CA1031 // Whatever a host's own converter throws, the other events go on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            StoreLog.EventLeftOut(logger, kind, entry.Position, file, fault);
            return null;
        }
    }
}
