namespace CallCenterKit.Media.Recording;

/// <summary>Where recordings are written to. Any thread.</summary>
internal interface IRecordingDisk
{
    /// <summary>Names what a path lies on. Never touches the disk. Files of one volume share its troubles, those of two do not.</summary>
    string VolumeOf(string path);

    /// <summary>Makes an empty file.</summary>
    /// <param name="path">Must not exist.</param>
    /// <param name="createsFolder">Whether its folder is made where it is missing.</param>
    /// <exception cref="IOException">It exists, its folder does not, or the disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    IRecordingDiskFile Create(string path, bool createsFolder);
}
