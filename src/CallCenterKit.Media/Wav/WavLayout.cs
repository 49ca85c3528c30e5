using System.Buffers.Binary;

namespace CallCenterKit.Media.Wav;

/// <summary>What the chunks before the samples of a WAV file say, and where the samples are.</summary>
/// <param name="Format">The format chunk without its name and length (RIFF, WAVEFORMATEX): 16 bytes or more.</param>
/// <param name="DataStart">Where the samples begin.</param>
/// <param name="DataBytes">Whole samples of all channels that are there; of a file cut off fewer than its header says.</param>
internal sealed record WavLayout(byte[] Format, long DataStart, long DataBytes)
{
    private const int MostFormatBytes = 64;

    /// <summary>Samples of one channel in a second.</summary>
    public int RateHz => (int)BinaryPrimitives.ReadUInt32LittleEndian(Format.AsSpan(4));

    /// <summary>Bytes of one sample of all channels.</summary>
    public int FrameBytes => BinaryPrimitives.ReadUInt16LittleEndian(Format.AsSpan(12));

    /// <summary>How long it plays.</summary>
    public TimeSpan Length => TimeOf(Frames);

    /// <summary>Whole samples of each channel.</summary>
    public long Frames => DataBytes / FrameBytes;

    /// <summary>The number of the first frame at a time.</summary>
    public long FrameAt(TimeSpan time) => (long)((Int128)time.Ticks * RateHz / TimeSpan.TicksPerSecond);

    /// <summary>How long so many frames play.</summary>
    public TimeSpan TimeOf(long frames) => new((long)((Int128)frames * TimeSpan.TicksPerSecond / RateHz));

    /// <summary>Reads the chunks from the begin of a stream that can be sought in; null when it is no WAV file, or one without a sample rate.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static async ValueTask<WavLayout?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[12];
        stream.Position = 0;
        if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < header.Length
            || !header.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !header.AsSpan(8).SequenceEqual("WAVE"u8))
            return null;
        byte[]? format = null;
        var chunk = new byte[8];
        while (await stream.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == chunk.Length)
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4));
            var start = stream.Position;
            if (chunk.AsSpan(0, 4).SequenceEqual("data"u8))
                return format is null ? null : WithData(format, start, size, stream.Length);
            if (chunk.AsSpan(0, 4).SequenceEqual("fmt "u8) && size is >= 16 and <= MostFormatBytes)
            {
                format = new byte[size];
                if (await stream.ReadAtLeastAsync(format, format.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < format.Length)
                    return null;
            }
            stream.Position = start + size + (size & 1); // chunks begin at even places
        }
        return null;
    }

    private static WavLayout? WithData(byte[] format, long start, long size, long end)
    {
        var file = new WavLayout(format, start, 0);
        if (file.RateHz == 0 || file.FrameBytes == 0)
            return null;
        // A writer that never came back has left 0 or the most there is; a file cut off is shorter than it says.
        var bytes = size == 0 ? end - start : Math.Min(size, end - start);
        return file with { DataBytes = bytes / file.FrameBytes * file.FrameBytes };
    }
}
