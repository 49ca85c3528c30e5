using System.Buffers.Binary;

namespace CallCenterKit.Media.Wav;

/// <summary>What stands before the samples: 44 bytes for 16-bit PCM, 58 for G.711, which also tells the number of frames.</summary>
internal static class WavHeader
{
    /// <summary>The longest header.</summary>
    public const int MostBytes = 58;

    /// <summary>The most sample bytes whose length any header can hold.</summary>
    public const long MaxDataBytes = uint.MaxValue - MostBytes;

    private const int Pcm = 1;
    private const int PcmFormatBytes = 16;
    private const int OtherFormatBytes = 18;             // with the length of an extension, here 0
    private const int FactBytes = 12;

    /// <summary>44 or 58 bytes.</summary>
    public static int SizeOf(WavEncoding encoding) => encoding == WavEncoding.Pcm16 ? SizeOf(PcmFormatBytes, Pcm) : SizeOf(OtherFormatBytes, (int)encoding);

    /// <summary>Writes a header of <see cref="SizeOf(WavEncoding)"/> bytes.</summary>
    public static void Write(Span<byte> header, WavEncoding encoding, int channels, int sampleRateHz, long dataBytes)
    {
        var isPcm = encoding == WavEncoding.Pcm16;
        var bytesPerFrame = channels * (isPcm ? sizeof(short) : 1);
        Span<byte> format = stackalloc byte[OtherFormatBytes];
        format = format[..(isPcm ? PcmFormatBytes : OtherFormatBytes)];
        format.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)encoding);
        BinaryPrimitives.WriteUInt16LittleEndian(format[2..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(format[4..], (uint)sampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(format[8..], (uint)(sampleRateHz * bytesPerFrame));
        BinaryPrimitives.WriteUInt16LittleEndian(format[12..], (ushort)bytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(format[14..], isPcm ? (ushort)16 : (ushort)8);
        Write(header, format, dataBytes);
    }

    /// <summary>The header of samples whose format chunk is known (RIFF, WAVEFORMATEX), name and length left out.</summary>
    public static byte[] Of(ReadOnlySpan<byte> format, long dataBytes)
    {
        var header = new byte[SizeOf(format.Length, BinaryPrimitives.ReadUInt16LittleEndian(format))];
        Write(header, format, dataBytes);
        return header;
    }

    /// <summary>All but linear samples need a chunk that tells their number.</summary>
    private static int SizeOf(int formatBytes, int tag) => 12 + 8 + formatBytes + (formatBytes & 1) + (tag == Pcm ? 0 : FactBytes) + 8;

    private static void Write(Span<byte> header, ReadOnlySpan<byte> format, long dataBytes)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(header.Length - 8 + dataBytes + (dataBytes & 1)));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], (uint)format.Length);
        format.CopyTo(header[20..]);
        var rest = header[(20 + format.Length + (format.Length & 1))..];
        if (BinaryPrimitives.ReadUInt16LittleEndian(format) != Pcm)
        {
            "fact"u8.CopyTo(rest);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], 4);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[8..], (uint)(dataBytes / BinaryPrimitives.ReadUInt16LittleEndian(format[12..])));
            rest = rest[FactBytes..];
        }
        "data"u8.CopyTo(rest);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], (uint)dataBytes);
    }
}
