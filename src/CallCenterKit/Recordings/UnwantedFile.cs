namespace CallCenterKit.Recordings;

/// <summary>The file of a recording that was just made and is not to be kept.</summary>
internal static class UnwantedFile
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
