using System.Globalization;
using System.Runtime.CompilerServices;

namespace CallCenterKit.Recordings;

/// <summary>Audio in a folder on disk, a folder inside for each day.</summary>
/// <param name="folder">Absolute; need not exist.</param>
/// <param name="time">Says which day is over.</param>
internal sealed class RecordingFolder(string folder, TimeProvider time) : IRecordingFiles
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;

    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (!Directory.Exists(_root))
            yield break;
        foreach (var path in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Path.GetRelativePath(_root, path).Replace('\\', '/');
        }
    }

    public ValueTask<Stream?> OpenAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return new(new FileStream(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new((Stream?)null);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException($"The recording '{file}' may not be read: {fault.Message}", fault);
        }
    }

    public ValueTask<bool> DeleteAsync(string file, CancellationToken cancellationToken)
    {
        var path = PathOf(file);
        if (!File.Exists(path))
            return new(false);
        try
        {
            File.Delete(path);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException($"The recording '{path}' may not be removed: {fault.Message}", fault);
        }
        RemoveIfOver(Path.GetDirectoryName(path)!);
        return new(true);
    }

    /// <summary>No name leads out of the folder.</summary>
    private string PathOf(string file)
    {
        var path = Path.GetFullPath(file, _root);
        return path.StartsWith(_root, StringComparison.Ordinal)
            ? path
            : throw new IOException($"The recording '{file}' lies outside of '{_root}'.");
    }

    /// <summary>Nothing is put any more into the folder of a day before yesterday.</summary>
    private void RemoveIfOver(string day)
    {
        if (!DateOnly.TryParseExact(Path.GetFileName(day), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date >= DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1)
            || Directory.EnumerateFileSystemEntries(day).Any())
            return;
        try
        {
            Directory.Delete(day);
        }
        catch (IOException)
        {
            // Somebody has put something there, or looks at it: it stays, and harms nobody.
        }
    }
}
