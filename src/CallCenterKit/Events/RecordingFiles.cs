namespace CallCenterKit.Events;

/// <summary>Files of recordings that are not to be kept.</summary>
internal static class RecordingFiles
{
    /// <summary>Deletes a file; what is not there is gone.</summary>
    /// <returns>Why it is still there; null when it is gone.</returns>
    public static Exception? Delete(string path)
    {
        try
        {
            if (File.Exists(path))
                File.Delete(path);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault;
        }
    }
}
