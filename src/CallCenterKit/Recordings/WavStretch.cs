using System.Buffers.Binary;

namespace CallCenterKit.Recordings;

/// <summary>One stretch of a WAV file as a WAV file of its own: a header, then samples as they lie in the file. Can be sought in.</summary>
internal sealed class WavStretch : Stream
{
    private const int Pcm = 1;

    private readonly Stream _file;
    private readonly byte[] _header;
    private readonly long _start;
    private long _position;

    /// <summary>Takes the stream over.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="wav">What it says of itself.</param>
    /// <param name="from">Where the stretch begins; at the end at the latest.</param>
    /// <param name="length">How long it is; null is to the end, and so is what is longer.</param>
    public WavStretch(Stream file, WavFile wav, TimeSpan from, TimeSpan? length)
    {
        _file = file;
        var frames = wav.DataBytes / wav.FrameBytes;
        var first = Math.Min(wav.FrameAt(from), frames);
        var count = length is { } wanted ? Math.Min(wav.FrameAt(wanted), frames - first) : frames - first;
        _start = wav.DataStart + (first * wav.FrameBytes);
        var bytes = count * wav.FrameBytes;
        _header = Header(wav, count, bytes);
        Length = _header.Length + bytes;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        if (TryReadHeader(buffer, out var read))
            return read;
        _file.Position = _start + _position - _header.Length;
        read = _file.Read(buffer[..Fitting(buffer.Length)]);
        _position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (TryReadHeader(buffer.Span, out var read))
            return read;
        _file.Position = _start + _position - _header.Length;
        read = await _file.ReadAsync(buffer[..Fitting(buffer.Length)], cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => _position,
        SeekOrigin.End => Length,
        _ => 0,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }

    private bool TryReadHeader(Span<byte> buffer, out int read)
    {
        read = 0;
        if (_position >= Length)
            return true;
        if (_position >= _header.Length)
            return false;
        var rest = _header.AsSpan((int)_position);
        read = Math.Min(rest.Length, buffer.Length);
        rest[..read].CopyTo(buffer);
        _position += read;
        return true;
    }

    private int Fitting(int wanted) => (int)Math.Min(wanted, Length - _position);

    /// <summary>All but linear samples need their number beside their bytes (RIFF, fact chunk).</summary>
    private static byte[] Header(WavFile wav, long frames, long bytes)
    {
        var fact = wav.Tag == Pcm ? 0 : 12;
        var header = new byte[12 + 8 + wav.Format.Length + (wav.Format.Length & 1) + fact + 8];
        var rest = header.AsSpan();
        "RIFF"u8.CopyTo(rest);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], (uint)(header.Length - 8 + bytes));
        "WAVEfmt "u8.CopyTo(rest[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[16..], (uint)wav.Format.Length);
        wav.Format.CopyTo(rest[20..]);
        rest = rest[(20 + wav.Format.Length + (wav.Format.Length & 1))..];
        if (fact > 0)
        {
            "fact"u8.CopyTo(rest);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], 4);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[8..], (uint)frames);
            rest = rest[fact..];
        }
        "data"u8.CopyTo(rest);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], (uint)bytes);
        return header;
    }
}
