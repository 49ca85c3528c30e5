using CallCenterKit.Conversations;
using CallCenterKit.Records;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Recordings;

/// <summary>What the recordings hold that were running when the process died: their headers were right at any moment.</summary>
internal static class InterruptedRecordings
{
    /// <summary>How each of them ended. One whose file is missing or cannot be read ends with its interaction, without a length.</summary>
    public static async Task<ILookup<InteractionId, RecordingEnded>> MeasureAsync(
        IReadOnlyList<CallRecord> interrupted, IRecordingFiles files, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        List<RecordingEnded> ends = [];
        foreach (var (interaction, recording) in interrupted.SelectMany(record => record.Recordings.Select(recording => (record.Interaction, recording))))
        {
            if (recording is not { Length: null, Fault: null })
                continue;
            try
            {
                if (await AudioFile.MeasureAsync(files, recording.File, cancellationToken).ConfigureAwait(false) is { } audio)
                    ends.Add(new(interaction, recording.Recording, audio.Length, 0, StoredRecordingFold.Interrupted) { Bytes = audio.Bytes });
            }
            catch (IOException fault)
            {
                RecordingLog.LengthUnknown(loggers.CreateLogger("CallCenterKit.Recordings"), fault, recording.File);
            }
        }
        return ends.ToLookup(end => end.Interaction);
    }
}
