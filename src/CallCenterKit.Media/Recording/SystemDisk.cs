using System.Collections.Concurrent;

namespace CallCenterKit.Media.Recording;

/// <summary>The disks of this machine.</summary>
internal sealed class SystemDisk : IRecordingDisk
{
    private readonly ConcurrentDictionary<string, string> _volumes = new(StringComparer.Ordinal);

    /// <summary>A link counts as where it lies, not as where it points to: following it would ask a disk that may hang.</summary>
    public string VolumeOf(string path) => _volumes.GetOrAdd(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path, FindVolume);

    public IRecordingDiskFile Create(string path, bool createsFolder)
    {
        if (createsFolder && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        return new SystemDiskFile(path);
    }

    private static string FindVolume(string folder)
    {
        var volume = Path.GetPathRoot(folder) ?? folder;
        foreach (var root in Roots())
        {
            if (root.Length > volume.Length && IsWithin(folder, root))
                volume = root;
        }

        return volume;
    }

    private static bool IsWithin(string folder, string root) =>
        folder.StartsWith(root, StringComparison.Ordinal)
        && (folder.Length == root.Length || Path.EndsInDirectorySeparator(root) || folder[root.Length] == Path.DirectorySeparatorChar);

    // The table of what is mounted; it does not ask the disks themselves.
    private static IEnumerable<string> Roots()
    {
        try
        {
            return DriveInfo.GetDrives().Select(drive => drive.Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];                                        // all recordings then wait for each other, as on one disk
        }
    }
}
