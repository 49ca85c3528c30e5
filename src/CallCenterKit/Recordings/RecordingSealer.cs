using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Recordings;

/// <summary>Takes the checksums of recordings that were cut off: nobody writes their files any more.</summary>
internal sealed class RecordingSealer(IRecordingFiles files, RecordingActs acts, ILogger logger)
{
    /// <summary>Whether a recording is one that was cut off and has no checksum.</summary>
    public static bool IsOpen(StoredRecording recording) => recording is { Fault: StoredRecordingFold.Interrupted, Sha256: null, Erased: null };

    /// <summary>Reads the whole file. One that is missing stays without; one that cannot be read is told.</summary>
    public async Task SealAsync(StoredRecording recording, CancellationToken cancellationToken)
    {
        try
        {
            var file = await files.OpenAsync(recording.File, cancellationToken).ConfigureAwait(false);
            if (file is null)
                return;
            await using (file.ConfigureAwait(false))
            {
                var sum = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
                await acts.SealAsync(new(recording.Interaction, recording.Recording, sum, file.Length), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException fault)
        {
            RecordingLog.SealFailed(logger, fault, recording.File);
        }
    }
}
