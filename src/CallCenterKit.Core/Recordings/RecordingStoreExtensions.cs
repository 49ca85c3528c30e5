using System.Runtime.CompilerServices;

namespace CallCenterKit.Recordings;

/// <summary>What every store of recordings can be asked.</summary>
public static class RecordingStoreExtensions
{
    /// <summary>All recordings that meet the query, page by page, newest first. They may be changed meanwhile.</summary>
    public static async IAsyncEnumerable<StoredRecording> SearchAllAsync(this IRecordingStore store, RecordingQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        for (var next = query with { PageSize = RecordingQuery.MostPerPage }; ;)
        {
            var page = await store.SearchAsync(next, cancellationToken).ConfigureAwait(false);
            foreach (var recording in page.Recordings)
                yield return recording;
            if (page.Next is null)
                yield break;
            next = next with { After = page.Next };
        }
    }
}
