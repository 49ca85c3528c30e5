using System.Buffers.Binary;
using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Wav;

/// <summary>The samples of a WAV file in memory. Immutable; any thread may read it, and many streams may play it.</summary>
public sealed class WavAudio
{
    internal WavAudio(WavEncoding encoding, int channels, int sampleRateHz, ReadOnlyMemory<byte> data)
    {
        Encoding = encoding;
        Channels = channels;
        SampleRateHz = sampleRateHz;
        BytesPerFrame = channels * (encoding == WavEncoding.Pcm16 ? 2 : 1);
        Data = data[..(data.Length / BytesPerFrame * BytesPerFrame)];
    }

    /// <summary>How <see cref="Data"/> is kept.</summary>
    public WavEncoding Encoding { get; }

    /// <summary>1, or 2 with the samples of both taking turns.</summary>
    public int Channels { get; }

    /// <summary>Samples per second of each channel.</summary>
    public int SampleRateHz { get; }

    /// <summary>The samples as the file keeps them; of a mono A-law or µ-law file with 8,000 samples per second any part is an RTP payload.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Samples of each channel.</summary>
    public int Length => Data.Length / BytesPerFrame;

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Length * TimeSpan.TicksPerSecond / SampleRateHz);

    private int BytesPerFrame { get; }

    /// <summary>Reads linear samples of one channel. Does not allocate.</summary>
    /// <param name="channel">0, or 1 in a stereo file.</param>
    /// <param name="start">First sample, from 0 to <see cref="Length"/>.</param>
    /// <param name="pcm">Receives 16-bit samples.</param>
    /// <returns>Samples written; fewer than asked at the end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such channel or sample.</exception>
    public int ReadChannel(int channel, int start, Span<short> pcm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels);
        var frames = Frames(start, pcm.Length);
        return Encoding switch
        {
            _ when frames.IsEmpty => 0,
            WavEncoding.Pcm16 => ReadPcm(frames[(2 * channel)..], pcm),
            _ when Channels == 1 => Expand(frames, pcm),
            _ => ReadExpanded(frames[channel..], pcm),
        };
    }

    /// <summary>Reads linear samples; both channels of a stereo file are mixed at half their level. Does not allocate.</summary>
    /// <param name="start">First sample, from 0 to <see cref="Length"/>.</param>
    /// <param name="pcm">Receives 16-bit samples.</param>
    /// <returns>Samples written; fewer than asked at the end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such sample.</exception>
    public int ReadMono(int start, Span<short> pcm)
    {
        if (Channels == 1)
            return ReadChannel(0, start, pcm);

        var count = ReadChannel(0, start, pcm);
        Span<short> right = stackalloc short[160];
        for (var done = 0; done < count;)
        {
            var part = pcm[done..Math.Min(count, done + right.Length)];
            ReadChannel(1, start + done, right[..part.Length]);
            for (var i = 0; i < part.Length; i++)
                part[i] = (short)((part[i] + right[i]) / 2);
            done += part.Length;
        }

        return count;
    }

    /// <summary>All samples, linear and mono.</summary>
    public short[] ToMono()
    {
        var pcm = new short[Length];
        ReadMono(0, pcm);
        return pcm;
    }

    private ReadOnlySpan<byte> Frames(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length);
        return Data.Span.Slice(start * BytesPerFrame, Math.Min(count, Length - start) * BytesPerFrame);
    }

    private int ReadPcm(ReadOnlySpan<byte> frames, Span<short> pcm)
    {
        var count = 0;
        for (var at = 0; at + 2 <= frames.Length; at += BytesPerFrame)
            pcm[count++] = BinaryPrimitives.ReadInt16LittleEndian(frames[at..]);
        return count;
    }

    private int ReadExpanded(ReadOnlySpan<byte> frames, Span<short> pcm)
    {
        var count = 0;
        for (var at = 0; at < frames.Length; at += BytesPerFrame, count++)
            Expand(frames.Slice(at, 1), pcm[count..]);
        return count;
    }

    private int Expand(ReadOnlySpan<byte> codes, Span<short> pcm) =>
        Encoding == WavEncoding.ALaw ? G711.DecodeALaw(codes, pcm) : G711.DecodeMuLaw(codes, pcm);
}
