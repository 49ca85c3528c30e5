namespace CallCenterKit.Recordings;

/// <summary>Where finished audio lies. Any thread. Names are relative, with slashes, as events and store say them.</summary>
/// <remarks>A recording is always begun in the recording folder; a host that moves audio elsewhere brings its own port.</remarks>
public interface IRecordingFiles
{
    /// <summary>The names of all files.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken);

    /// <summary>Opens a file for reading, also while it is written; null when there is none. It can be sought in.</summary>
    /// <exception cref="IOException">It cannot be read; the message names it.</exception>
    ValueTask<Stream?> OpenAsync(string file, CancellationToken cancellationToken);

    /// <summary>Removes a file for good; false when there is none.</summary>
    /// <exception cref="IOException">It cannot be removed; the message names it.</exception>
    ValueTask<bool> DeleteAsync(string file, CancellationToken cancellationToken);
}
