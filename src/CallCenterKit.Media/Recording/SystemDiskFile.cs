using Microsoft.Win32.SafeHandles;

namespace CallCenterKit.Media.Recording;

/// <summary>A file of this machine, read by others while it is written.</summary>
/// <remarks>Writes go to the system at once and in the calling thread: what is written outlives the process.</remarks>
internal sealed class SystemDiskFile(string path) : IRecordingDiskFile
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(_file, bytes, offset);
        }
        catch (ArgumentOutOfRangeException fault)             // how .NET tells EFBIG
        {
            throw new IOException($"The file '{path}' may not grow beyond {offset} bytes.", fault);
        }
    }

    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(_file, bytes, offset);

    public void Cut(long length)
    {
        if (RandomAccess.GetLength(_file) > length)
            RandomAccess.SetLength(_file, length);
    }

    public void Delete() => File.Delete(path);

    public void Dispose() => _file.Dispose();
}
