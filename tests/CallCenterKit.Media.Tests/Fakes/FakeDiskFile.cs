using CallCenterKit.Media.Recording;

namespace CallCenterKit.Media.Tests.Fakes;

internal sealed class FakeDiskFile(FakeDisk disk, string path) : IRecordingDiskFile
{
    private readonly MemoryStream _bytes = new();
    private bool _isClosed;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        disk.Wait(path);
        ObjectDisposedException.ThrowIf(_isClosed, this);
        lock (_bytes)
        {
            Assert.InRange(offset, 0, _bytes.Length);         // a file with a hole in it
            var more = Math.Max(0, offset + bytes.Length - _bytes.Length);
            var fits = disk.Take(more);
            _bytes.Position = offset;
            _bytes.Write(bytes[..(int)(bytes.Length - more + fits)]);
            if (fits < more)
                throw new IOException("No space left on device.");
        }
    }

    public int Read(Span<byte> bytes, long offset)
    {
        disk.Wait(path);
        lock (_bytes)
        {
            _bytes.Position = offset;
            return _bytes.Read(bytes);
        }
    }

    public void Cut(long length)
    {
        disk.Wait(path);
        lock (_bytes)
            _bytes.SetLength(Math.Min(length, _bytes.Length));
    }

    public void Delete() => disk.Delete(path);

    public void Dispose() => _isClosed = true;

    public byte[] ToArray()
    {
        lock (_bytes)
            return _bytes.ToArray();
    }
}
