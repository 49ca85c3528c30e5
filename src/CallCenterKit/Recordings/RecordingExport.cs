using System.IO.Compression;
using System.Text.Json;
using CallCenterKit.Journal;

namespace CallCenterKit.Recordings;

/// <summary>Writes recordings and what is known of them into one ZIP file.</summary>
internal sealed class RecordingExport(RecordingArchive archive, IRecordingFiles files)
{
    private static readonly JsonSerializerOptions Json = new(EventCatalog.JsonOptions) { WriteIndented = true };

    public async Task<int> WriteAsync(RecordingQuery query, Stream to, RecordingViewer viewer, CancellationToken cancellationToken)
    {
        var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
        await using (zip.ConfigureAwait(false))
        {
            List<StoredRecording> all = [];
            do
            {
                var page = await archive.SearchAsync(query, viewer, cancellationToken).ConfigureAwait(false);
                foreach (var recording in page.Recordings)
                    all.Add(await AddAsync(zip, recording, cancellationToken).ConfigureAwait(false));
                query = query with { After = page.Next };
            }
            while (query.After is not null);
            var list = await zip.CreateEntry("recordings.json").OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (list.ConfigureAwait(false))
                await JsonSerializer.SerializeAsync(list, all, Json, cancellationToken).ConfigureAwait(false);
            return all.Count;
        }
    }

    /// <summary>The recording with the name its file has in the export; empty when it has none.</summary>
    private async Task<StoredRecording> AddAsync(ZipArchive zip, StoredRecording recording, CancellationToken cancellationToken)
    {
        var audio = recording.Erased is null ? await files.OpenAsync(recording.File, cancellationToken).ConfigureAwait(false) : null;
        if (audio is null)
            return recording with { File = "" };
        await using (audio.ConfigureAwait(false))
        {
            var name = $"audio/{recording.File.Replace('\\', '/')}";
            var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (entry.ConfigureAwait(false))
                await audio.CopyToAsync(entry, cancellationToken).ConfigureAwait(false);
            return recording with { File = name };
        }
    }
}
