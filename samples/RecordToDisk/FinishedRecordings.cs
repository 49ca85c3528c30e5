using CallCenterKit;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;

namespace RecordToDisk;

/// <summary>Prints each recording when its file is closed.</summary>
public sealed class FinishedRecordings : IEventFold
{
    private readonly Dictionary<RecordingId, string> _files = [];

    /// <inheritdoc />
    public void Apply(JournalEntry entry)
    {
        if (entry.Event is RecordingStarted started)
            _files[started.Recording] = started.File;
        if (entry.Event is RecordingEnded ended && _files.Remove(ended.Recording, out var file))
            Console.WriteLine(Line(ended, file));
    }

    /// <summary>One line: the file, how long it plays, and why it stopped early if it did.</summary>
    public static string Line(RecordingEnded ended, string file) =>
        $"{file} {ended.Length:mm\\:ss\\.ff}{(ended.Fault is null ? "" : $" ({ended.Fault})")}";
}
