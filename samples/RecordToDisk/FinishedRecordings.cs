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

    /// <summary>One line: the file, how long it plays, its size and checksum, or why it stopped early.</summary>
    private static string Line(RecordingEnded ended, string file) =>
        $"{file} {ended.Length:hh\\:mm\\:ss\\.ff} {ended.Bytes:N0} bytes, {(ended.Fault is null ? $"sha256 {ended.Sha256}" : $"ended early: {ended.Fault}")}";
}
