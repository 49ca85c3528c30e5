using System.Buffers.Binary;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Recording;

namespace CallCenterKit.Media.Wav;

/// <summary>A WAV file of 16-bit PCM or µ-law: samples go to their place, then the header tells of them.</summary>
internal sealed class WavFile : AudioFileWriter
{
    private const int PartSamples = 4096;

    private readonly WavEncoding _encoding;
    private readonly int _channels;
    private readonly int _rateHz;
    private readonly int _headerBytes;
    private readonly int _sampleBytes;
    private readonly byte[] _part;              // samples as the file keeps them, where that differs from memory
    private long _written;
    private long _told;

    /// <summary>Writes a header that says the file is empty.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public WavFile(IRecordingDiskFile file, WavEncoding encoding, int channels, int rateHz)
        : base(file)
    {
        _encoding = encoding;
        _channels = channels;
        _rateHz = rateHz;
        _headerBytes = WavHeader.SizeOf(encoding);
        _sampleBytes = encoding == WavEncoding.Pcm16 ? sizeof(short) : 1;
        _part = IsAsInMemory ? [] : new byte[PartSamples * _sampleBytes];
        WriteHeader(0);
    }

    private bool IsAsInMemory => _encoding == WavEncoding.Pcm16 && BitConverter.IsLittleEndian;

    private int FrameBytes => _channels * _sampleBytes;

    /// <summary>The most frames that the header's 32-bit lengths can tell of.</summary>
    private long MostFrames => WavHeader.MaxDataBytes / FrameBytes;

    public override void Write(long frame, ReadOnlySpan<short> pcm)
    {
        var end = frame + (pcm.Length / _channels);
        if (end > MostFrames)
            throw new IOException("The recording has reached 4 GB, the most its format can hold.");
        var offset = _headerBytes + (frame * FrameBytes);
        if (IsAsInMemory)
            File.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pcm), offset);
        else
            WriteEncoded(pcm, offset);
        _written = Math.Max(_written, end);
    }

    public override void Flush(long settled)
    {
        // Chunks have an even length (a pad byte follows an odd one): a file still written to leaves its last odd byte for later.
        var whole = _written - (_written * FrameBytes & 1);
        if (whole <= _told)
            return;
        WriteHeader(whole);
        _told = whole;
    }

    public override void Finish()
    {
        if (_written == _told)
            return;
        if ((_written * FrameBytes & 1) != 0)
            File.Write([0], _headerBytes + (_written * FrameBytes));
        WriteHeader(_written);
        _told = _written;
    }

    public override void Salvage() => File.Cut(_headerBytes + (_told * FrameBytes) + (_told * FrameBytes & 1));

    private void WriteEncoded(ReadOnlySpan<short> pcm, long offset)
    {
        while (!pcm.IsEmpty)
        {
            var samples = pcm[..Math.Min(pcm.Length, PartSamples)];
            var part = _part.AsSpan(0, samples.Length * _sampleBytes);
            Encode(samples, part);
            File.Write(part, offset);
            offset += part.Length;
            pcm = pcm[samples.Length..];
        }
    }

    private void Encode(ReadOnlySpan<short> samples, Span<byte> part)
    {
        if (_encoding == WavEncoding.MuLaw)
        {
            G711.EncodeMuLaw(samples, part);
            return;
        }

        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(part[(i * sizeof(short))..], samples[i]);
    }

    private void WriteHeader(long frames)
    {
        Span<byte> header = stackalloc byte[WavHeader.MostBytes];
        header = header[.._headerBytes];
        WavHeader.Write(header, _encoding, _channels, _rateHz, frames * FrameBytes);
        File.Write(header, 0);
    }
}
