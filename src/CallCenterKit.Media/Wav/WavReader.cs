using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace CallCenterKit.Media.Wav;

/// <summary>Reads WAV files with 8,000 to 48,000 samples per second, one or two channels, 16-bit PCM or 8-bit G.711.</summary>
/// <remarks>
/// Chunks may come in any order but the format before the samples; unknown ones are skipped. A file cut short, or one whose
/// writer never came back to fill in the length (0 or 0xFFFFFFFF), is read as far as it goes.
/// </remarks>
public static class WavReader
{
    /// <summary>The rate of telephones, at which a prompt needs no conversion; the lowest that is read.</summary>
    public const int SampleRateHz = 8000;

    private const int HighestSampleRateHz = 48000;

    private const int ChunkHeaderSize = 8;
    private const int FormatSize = 16;
    private const int ExtensibleTag = 0xFFFE;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">A file of up to 2 GB.</param>
    /// <exception cref="InvalidDataException">It is no WAV file or of a kind that is not read; the message names the file, what it is, and what is allowed.</exception>
    /// <exception cref="IOException">The file is missing or can't be read.</exception>
    public static WavAudio Load(string path) => TryRead(File.ReadAllBytes(path), out var audio, out var problem)
        ? audio
        : throw new InvalidDataException($"The sound file '{path}' can't be used: {problem}");

    /// <summary>Reads a file from memory without copying the samples.</summary>
    /// <param name="file">Whatever it holds; must not change while the audio is used.</param>
    /// <param name="audio">Null if false is returned.</param>
    /// <param name="problem">One sentence that names the value and what is allowed; null if true is returned.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> file,
        [NotNullWhen(true)] out WavAudio? audio,
        [NotNullWhen(false)] out string? problem)
    {
        audio = null;
        var bytes = file.Span;
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
        {
            problem = "it is no WAV file (RIFF and WAVE are missing at its beginning).";
            return false;
        }

        if (!TryFindChunks(bytes, out var format, out var data))
        {
            problem = "it has no format chunk followed by a data chunk.";
            return false;
        }

        problem = Check(bytes[format], out var encoding, out var channels, out var sampleRateHz);
        if (problem is not null)
            return false;
        audio = new WavAudio(encoding, channels, sampleRateHz, file[data]);
        return true;
    }

    private static bool TryFindChunks(ReadOnlySpan<byte> bytes, out Range format, out Range data)
    {
        (format, data) = (default, default);
        var hasFormat = false;
        for (long at = 12; at + ChunkHeaderSize <= bytes.Length;)
        {
            var header = bytes.Slice((int)at, ChunkHeaderSize);
            var start = (int)at + ChunkHeaderSize;
            long size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var end = (int)Math.Min(start + size, bytes.Length);
            if (header.StartsWith("fmt "u8) && end - start >= FormatSize)
            {
                format = start..end;
                hasFormat = true;
            }
            else if (header.StartsWith("data"u8) && hasFormat)
            {
                data = size == 0 && !IsClosed(bytes) ? start..bytes.Length : start..end;
                return true;
            }

            at = start + size + (size & 1);                   // chunks begin at even places
        }

        return false;
    }

    // A writer that finished has set the length of the whole; where it did not, a length of 0 says nothing.
    private static bool IsClosed(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + (long)ChunkHeaderSize == bytes.Length;

    private static string? Check(ReadOnlySpan<byte> format, out WavEncoding encoding, out int channels, out int sampleRateHz)
    {
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (tag == ExtensibleTag && format.Length >= 26)
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]); // the sub-format begins with the tag
        channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rateHz = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        sampleRateHz = (int)Math.Min(rateHz, int.MaxValue);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);

        encoding = (WavEncoding)tag;
        if (encoding is not (WavEncoding.Pcm16 or WavEncoding.ALaw or WavEncoding.MuLaw))
            return $"its format is {tag}; allowed are 1 (PCM), 6 (A-law) and 7 (µ-law).";
        if (channels is not (1 or 2))
            return $"it has {channels} channels; allowed are 1 and 2.";
        if (rateHz is < SampleRateHz or > HighestSampleRateHz)
            return $"its sample rate is {rateHz} Hz; allowed are {SampleRateHz} to {HighestSampleRateHz} Hz.";
        var allowedBits = encoding == WavEncoding.Pcm16 ? 16 : 8;
        return bits == allowedBits ? null : $"it has {bits} bits per sample; allowed for format {tag} are {allowedBits}.";
    }
}
