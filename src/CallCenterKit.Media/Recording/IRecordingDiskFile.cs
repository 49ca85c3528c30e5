namespace CallCenterKit.Media.Recording;

/// <summary>A file on a <see cref="IRecordingDisk"/>, open for one thread at a time; any call may take as long as the disk likes.</summary>
/// <remarks>The seam for encryption at rest: it sees every write and every rewrite, the header's included, before the disk does.</remarks>
internal interface IRecordingDiskFile : IDisposable
{
    /// <summary>Writes all of it at a place, over what is there.</summary>
    /// <exception cref="IOException">The disk is full or gone; a part may have been written.</exception>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Reads from a place.</summary>
    /// <returns>Bytes read; 0 at the end.</returns>
    /// <exception cref="IOException">The disk is gone.</exception>
    int Read(Span<byte> bytes, long offset);

    /// <summary>Cuts the file off.</summary>
    /// <exception cref="IOException">The disk is gone.</exception>
    void Cut(long length);

    /// <summary>Removes it from its folder.</summary>
    /// <exception cref="IOException">The disk is gone.</exception>
    void Delete();
}
