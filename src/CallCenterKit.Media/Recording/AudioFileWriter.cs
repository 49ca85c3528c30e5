using System.Security.Cryptography;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Recording;

/// <summary>Makes a file of one format out of frames: one 16-bit sample of each channel, side by side.</summary>
/// <remarks>
/// One thread at a time. Frames may be written again until they are settled, because packets come late. A format that can be
/// written over does so at once; one that can't, such as Ogg, keeps what is not settled to itself. Every writer owns its whole
/// file, header and all. A process killed between two calls leaves a file that opens and holds what the last
/// <see cref="Flush"/> promised.
/// </remarks>
internal abstract class AudioFileWriter(IRecordingDiskFile file) : IDisposable
{
    private const int ReadBytes = 64 * 1024;

    protected IRecordingDiskFile File { get; } = file;

    /// <summary>Makes the file, valid and empty.</summary>
    /// <exception cref="IOException">The file exists, its folder does not, or the disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static AudioFileWriter Create(IRecordingDisk disk, RecordingOptions options, int rateHz)
    {
        var file = disk.Create(options.Path, options.CreatesFolder);
        try
        {
            var channels = options.Channels == RecordingChannels.Mono ? 1 : 2;
            return options.Format switch
            {
                RecordingFormat.WavPcm16 => new WavFile(file, WavEncoding.Pcm16, channels, rateHz),
                RecordingFormat.WavMuLaw => new WavFile(file, WavEncoding.MuLaw, channels, rateHz),
                _ => throw new ArgumentOutOfRangeException(nameof(options), options.Format, "Recordings are WAV files of PCM16 or µ-law."),
            };
        }
        catch
        {
            Discard(file);
            throw;
        }
    }

    /// <summary>Writes frames.</summary>
    /// <param name="frame">Where they begin: nowhere before what is settled, and nowhere behind the last frame written.</param>
    /// <param name="pcm">Whole frames.</param>
    /// <exception cref="IOException">The disk is full or gone, or the file has reached the most its format can hold.</exception>
    public abstract void Write(long frame, ReadOnlySpan<short> pcm);

    /// <summary>Makes the file valid with what was written so far.</summary>
    /// <param name="settled">No frame before this one will be written again.</param>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public abstract void Flush(long settled);

    /// <summary>All is written: makes the file final.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public abstract void Finish();

    /// <summary>After an error: cuts off what is not part of the valid file.</summary>
    /// <exception cref="IOException">The disk is gone.</exception>
    public abstract void Salvage();

    /// <summary>Reads the file back.</summary>
    /// <returns>64 lower-case hexadecimal digits, and how long the file is.</returns>
    /// <exception cref="IOException">The disk is gone.</exception>
    public (string Sha256, long Bytes) Sum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ReadBytes];
        long length = 0;
        for (int count; (count = File.Read(buffer, length)) > 0; length += count)
            hash.AppendData(buffer, 0, count);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }

    public void Dispose() => File.Dispose();

    // Half a header is no file that anybody could open.
    private static void Discard(IRecordingDiskFile file)
    {
        file.Dispose();
        try
        {
            file.Delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What kept the header from being written says more.
        }
    }
}
