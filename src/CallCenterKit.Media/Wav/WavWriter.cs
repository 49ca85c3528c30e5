using System.Buffers;
using CallCenterKit.Media.Recording;

namespace CallCenterKit.Media.Wav;

/// <summary>Writes a 16-bit PCM WAV file that is valid at any moment, also after the process was killed.</summary>
/// <remarks>
/// One thread at a time. <see cref="Append"/> only gathers; <see cref="Flush"/> hands the samples to the operating system
/// and then sets the lengths in the header, so a file that is cut off misses what came after the last flush and no more.
/// </remarks>
public sealed class WavWriter : IDisposable
{
    private readonly WavFile _file;
    private readonly ArrayBufferWriter<short> _gathered = new();
    private readonly int _channels;
    private readonly int _sampleRateHz;
    private long _flushed;
    private bool _disposed;

    private WavWriter(WavFile file, int channels, int sampleRateHz)
    {
        _file = file;
        _channels = channels;
        _sampleRateHz = sampleRateHz;
    }

    /// <summary>Samples of each channel appended so far.</summary>
    public long Length => _flushed + (_gathered.WrittenCount / _channels);

    /// <summary>How long the appended samples play.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Length * TimeSpan.TicksPerSecond / _sampleRateHz);

    /// <summary>Creates the file with a header that says it is empty.</summary>
    /// <param name="path">Must not exist; its folder must.</param>
    /// <param name="channels">1 or 2.</param>
    /// <param name="sampleRateHz">8,000 to 48,000.</param>
    /// <exception cref="IOException">The file exists already, or its folder does not, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static WavWriter Create(string path, int channels, int sampleRateHz = 8000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRateHz, 8000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRateHz, 48000);
        var file = new SystemDiskFile(path);
        try
        {
            return new WavWriter(new WavFile(file, WavEncoding.Pcm16, channels, sampleRateHz), channels, sampleRateHz);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gathers samples in memory.</summary>
    /// <param name="pcm">16-bit samples; in a stereo file left and right take turns, so the length is even.</param>
    /// <returns>False if the file is full (4 GB: 37 hours in stereo at 8,000 Hz); nothing is gathered then.</returns>
    /// <exception cref="ArgumentException">An odd number of samples for a stereo file.</exception>
    public bool Append(ReadOnlySpan<short> pcm)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (pcm.Length % _channels != 0)
            throw new ArgumentException($"{pcm.Length} samples are no whole frames of {_channels} channels.", nameof(pcm));
        if ((Length * _channels) + pcm.Length > WavHeader.MaxDataBytes / sizeof(short))
            return false;
        _gathered.Write(pcm);
        return true;
    }

    /// <summary>Writes what was gathered and makes the header say so. Blocks for two system calls; does nothing if nothing is new.</summary>
    /// <exception cref="IOException">The disk is full or gone; the file stays valid up to the flush before.</exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_gathered.WrittenCount == 0)
            return;
        var length = Length;
        _file.Write(_flushed, _gathered.WrittenSpan);
        _file.Flush(length);
        _flushed = length;
        _gathered.ResetWrittenCount();
    }

    /// <summary>Flushes and closes the file.</summary>
    /// <exception cref="IOException">The last flush failed; the file is closed all the same.</exception>
    public void Dispose()
    {
        if (_disposed)
            return;
        try
        {
            Flush();
        }
        finally
        {
            _disposed = true;
            _file.Dispose();
        }
    }
}
