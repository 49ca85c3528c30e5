using System.Buffers.Binary;

namespace CallCenterKit.Media.Wav;

/// <summary>What stands before the samples: 44 bytes for 16-bit PCM, 58 for G.711, which also tells the number of frames.</summary>
internal static class WavHeader
{
    /// <summary>The longest header.</summary>
    public const int MostBytes = 58;

    /// <summary>The most sample bytes whose length any header can hold.</summary>
    public const long MaxDataBytes = uint.MaxValue - MostBytes;

    private const int PcmBytes = 44;

    public static int SizeOf(WavEncoding encoding) => encoding == WavEncoding.Pcm16 ? PcmBytes : MostBytes;

    /// <summary>Writes a header of <see cref="SizeOf"/> bytes.</summary>
    public static void Write(Span<byte> header, WavEncoding encoding, int channels, int sampleRateHz, long dataBytes)
    {
        var isPcm = encoding == WavEncoding.Pcm16;
        var bytesPerFrame = channels * (isPcm ? sizeof(short) : 1);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(SizeOf(encoding) - 8 + dataBytes + (dataBytes & 1)));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], isPcm ? 16u : 18u);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], (ushort)encoding);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)sampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(sampleRateHz * bytesPerFrame));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)bytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], isPcm ? (ushort)16 : (ushort)8);
        if (!isPcm)
            WriteFact(header, dataBytes / bytesPerFrame);
        var data = header[(SizeOf(encoding) - 8)..];
        "data"u8.CopyTo(data);
        BinaryPrimitives.WriteUInt32LittleEndian(data[4..], (uint)dataBytes);
    }

    // Formats other than PCM have an extension of the format chunk, here empty, and a chunk that tells the frames.
    private static void WriteFact(Span<byte> header, long frames)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(header[36..], 0);
        "fact"u8.CopyTo(header[38..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[46..], (uint)frames);
    }
}
