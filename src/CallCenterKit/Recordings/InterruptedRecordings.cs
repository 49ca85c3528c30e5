using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Recordings;

/// <summary>Ends the recordings that were running when the process died: their headers were right at any moment.</summary>
internal sealed class InterruptedRecordings(IRecordingFiles files, ILogger logger)
{
    /// <summary>What is shorter was hardly begun to be said.</summary>
    private static readonly TimeSpan ShortestMessage = TimeSpan.FromSeconds(1);

    /// <summary>Which they are.</summary>
    public static IEnumerable<RecordingId> Of(IReadOnlyList<CallRecord> interrupted) =>
        interrupted.SelectMany(record => record.Recordings).Where(IsRunning).Select(recording => recording.Recording);

    /// <summary>How each of them ended. One whose file is missing or cannot be read ends with its interaction, without a length.</summary>
    public async Task<ILookup<InteractionId, CenterEvent>> EndAsync(IReadOnlyList<CallRecord> interrupted, CancellationToken cancellationToken)
    {
        List<(InteractionId Interaction, CenterEvent End)> ends = [];
        foreach (var record in interrupted)
        {
            foreach (var recording in record.Recordings.Where(IsRunning))
            {
                if (await TryEndAsync(record, recording, cancellationToken).ConfigureAwait(false) is { } end)
                    ends.Add((record.Interaction, end));
            }
        }
        return ends.ToLookup(end => end.Interaction, end => end.End);
    }

    private static bool IsRunning(RecordingRecord recording) => recording is { Length: null, Fault: null };

    private async ValueTask<CenterEvent?> TryEndAsync(CallRecord record, RecordingRecord recording, CancellationToken cancellationToken)
    {
        try
        {
            if (await AudioFile.MeasureAsync(files, recording.File, cancellationToken).ConfigureAwait(false) is not { } audio)
                return null;
            return recording.Mailbox is { } mailbox
                ? await EndMessageAsync(record, recording, mailbox, audio, cancellationToken).ConfigureAwait(false)
                : new RecordingEnded(record.Interaction, recording.Recording, audio.Length, 0, StoredRecordingFold.Interrupted) { Bytes = audio.Bytes };
        }
        catch (IOException fault)
        {
            RecordingLog.LengthUnknown(logger, fault, recording.File);
            return null;
        }
    }

    /// <summary>What the caller had said by then is a message like any other.</summary>
    private async ValueTask<CenterEvent> EndMessageAsync(CallRecord record, RecordingRecord message, MailboxId mailbox, AudioFile audio, CancellationToken cancellationToken)
    {
        VoicemailLog.Recovered(logger, message.Recording, mailbox, audio.Length);
        if (audio.Length >= ShortestMessage)
        {
            return new VoicemailLeft(record.Interaction, mailbox, message.Recording, record.Party, audio.Length, message.File)
            {
                Fault = StoredRecordingFold.Interrupted,
                Bytes = audio.Bytes,
            };
        }
        await files.DeleteAsync(message.File, cancellationToken).ConfigureAwait(false);
        return new VoicemailDiscarded(record.Interaction, mailbox, message.Recording, audio.Length);
    }
}
