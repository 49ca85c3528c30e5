namespace CallCenterKit.Media.Wav;

/// <summary>One stretch of a WAV file as a WAV file of its own: a header, then samples as they lie in the file. Can be sought in.</summary>
public sealed class WavStretchStream : Stream
{
    private readonly Stream _file;
    private readonly byte[] _header;
    private readonly long _start;
    private long _position;

    private WavStretchStream(Stream file, WavLayout wav, TimeSpan from, TimeSpan? length)
    {
        _file = file;
        var first = Math.Min(wav.FrameAt(from), wav.Frames);
        var count = length is { } wanted ? Math.Min(wav.FrameAt(wanted), wav.Frames - first) : wav.Frames - first;
        count -= count * wav.FrameBytes & 1; // chunks have an even length; one sample of a single channel is no loss
        _start = wav.DataStart + (first * wav.FrameBytes);
        _header = WavHeader.Of(wav.Format, count * wav.FrameBytes);
        Duration = wav.TimeOf(count);
        Length = _header.Length + (count * wav.FrameBytes);
    }

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Cuts a stretch out of a file, also of one that is still written, or that was cut off.</summary>
    /// <param name="file">The whole file, which can be sought in; disposed with the stretch.</param>
    /// <param name="from">Where the stretch begins; at the end at the latest.</param>
    /// <param name="length">How long it is; null is to the end, and so is what is longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when it is no WAV file; then the stream is still the caller's.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async ValueTask<WavStretchStream?> OpenAsync(Stream file, TimeSpan from, TimeSpan? length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        return await WavLayout.ReadAsync(file, cancellationToken).ConfigureAwait(false) is { } wav ? new(file, wav, from, length) : null;
    }

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length { get; }

    /// <inheritdoc />
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (TryReadHeader(buffer, out var read))
            return read;
        _file.Position = _start + _position - _header.Length;
        read = _file.Read(buffer[..Fitting(buffer.Length)]);
        _position += read;
        return read;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (TryReadHeader(buffer.Span, out var read))
            return read;
        _file.Position = _start + _position - _header.Length;
        read = await _file.ReadAsync(buffer[..Fitting(buffer.Length)], cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => _position,
        SeekOrigin.End => Length,
        _ => 0,
    };

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
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
}
