using CallCenterKit.Records;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Recordings;

/// <summary>Compares files with what is known of them, and takes up recordings whose begin was lost with the process.</summary>
internal sealed class RecordingChecker(IRecordingStore store, IRecordingFiles files, ICallRecordStore records, RecordingActs acts, ILogger logger)
{
    private readonly RecordingSealer _sealer = new(files, acts, logger);

    /// <summary>After a crash: takes the checksums of what was cut off, and looks at what is no older than it can have left.</summary>
    public async Task TakeUpAsync(LeftRecordings left, DateTimeOffset bornBefore, CancellationToken cancellationToken)
    {
        foreach (var recording in left.CutOff)
        {
            // The store need not know yet how it ended.
            if (await store.FindAsync(recording, cancellationToken).ConfigureAwait(false) is { } known)
                await _sealer.SealAsync(known, cancellationToken).ConfigureAwait(false);
        }
        await RunAsync(left.From, bornBefore, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks at files and recordings.</summary>
    /// <param name="bornFrom">What is older is not looked at; null looks at all.</param>
    /// <param name="bornBefore">Files of younger recordings are not looked for in the store: their begin may be on its way there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RecordingCheck> RunAsync(DateTimeOffset? bornFrom, DateTimeOffset bornBefore, CancellationToken cancellationToken)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        List<RecordingId> found = [];
        List<string> foreign = [];
        await foreach (var file in files.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            there.Add(file);
            if (!RecordingName.TryRead(file, out var interaction, out var recording))
                foreign.Add(file);
            else if (RecordingName.BornAt(recording) is { } bornAt && !(bornAt < bornFrom) && bornAt < bornBefore && await TakeUpAsync(file, interaction, recording, cancellationToken).ConfigureAwait(false))
                found.Add(recording);
        }
        return new(await ListMissingAsync(there, new() { From = bornFrom, To = bornBefore }, cancellationToken).ConfigureAwait(false), found, foreign);
    }

    private async Task<bool> TakeUpAsync(string file, InteractionId interaction, RecordingId recording, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(recording, cancellationToken).ConfigureAwait(false) is not null)
            return false;
        var audio = await AudioFile.MeasureAsync(files, file, cancellationToken).ConfigureAwait(false);
        if (audio is null)
            return false;
        var record = await records.FindAsync(interaction, cancellationToken).ConfigureAwait(false);
        var startedAt = RecordingName.BornAt(recording)!.Value;
        var news = new RecordingFound(interaction, recording, file, startedAt, audio.Length, audio.Bytes) { Party = record?.Party, Queue = record?.Queue };
        if (!await acts.FoundAsync(news, cancellationToken).ConfigureAwait(false))
            return false;
        RecordingLog.Found(logger, file, recording);
        return true;
    }

    /// <summary>One that could not begin, or was empty, need not have a file. On the way, what has no checksum gets one.</summary>
    private async Task<List<RecordingId>> ListMissingAsync(HashSet<string> there, RecordingQuery query, CancellationToken cancellationToken)
    {
        List<StoredRecording> missing = [];
        await foreach (var recording in store.SearchAllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (RecordingSealer.IsOpen(recording))
                await _sealer.SealAsync(recording, cancellationToken).ConfigureAwait(false);
            if (!recording.IsRunning && recording.Length != TimeSpan.Zero && !there.Contains(recording.File.Replace('\\', '/')))
                missing.Add(recording);
        }
        if (missing.Count > 0)
            RecordingLog.Missing(logger, missing.Count, missing[0].File);
        return [.. missing.Select(recording => recording.Recording)];
    }
}
