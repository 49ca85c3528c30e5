using System.Runtime.CompilerServices;

namespace CallCenterKit.Media.Codecs;

/// <summary>ITU-T G.711 by tables: one byte per sample, 8,000 samples per second. Any thread.</summary>
public static class G711
{
    // A code depends on the upper 12 bits (A-law) or 14 bits (µ-law) of a 16-bit sample.
    private const int ALawDroppedBits = 4;
    private const int MuLawDroppedBits = 2;
    private const int MuLawBias = 33;

    private static readonly short[] ALawToLinear = BuildDecodeTable(ExpandALaw);
    private static readonly short[] MuLawToLinear = BuildDecodeTable(ExpandMuLaw);
    private static readonly byte[] LinearToALaw = BuildEncodeTable(CompressALaw, ALawDroppedBits);
    private static readonly byte[] LinearToMuLaw = BuildEncodeTable(CompressMuLaw, MuLawDroppedBits);

    /// <summary>The A-law code of silence.</summary>
    public static byte ALawSilence => 0xD5;

    /// <summary>The µ-law code of silence.</summary>
    public static byte MuLawSilence => 0xFF;

    /// <summary>Decodes A-law until either span ends.</summary>
    /// <param name="payload">One byte per sample.</param>
    /// <param name="pcm">16-bit linear PCM.</param>
    /// <returns>Samples written.</returns>
    public static int DecodeALaw(ReadOnlySpan<byte> payload, Span<short> pcm) => Decode(ALawToLinear, payload, pcm);

    /// <summary>Decodes µ-law until either span ends.</summary>
    /// <param name="payload">One byte per sample.</param>
    /// <param name="pcm">16-bit linear PCM.</param>
    /// <returns>Samples written.</returns>
    public static int DecodeMuLaw(ReadOnlySpan<byte> payload, Span<short> pcm) => Decode(MuLawToLinear, payload, pcm);

    /// <summary>Encodes to A-law until either span ends.</summary>
    /// <param name="pcm">16-bit linear PCM.</param>
    /// <param name="payload">One byte per sample.</param>
    /// <returns>Bytes written.</returns>
    public static int EncodeALaw(ReadOnlySpan<short> pcm, Span<byte> payload) =>
        Encode(LinearToALaw, ALawDroppedBits, pcm, payload);

    /// <summary>Encodes to µ-law until either span ends.</summary>
    /// <param name="pcm">16-bit linear PCM.</param>
    /// <param name="payload">One byte per sample.</param>
    /// <returns>Bytes written.</returns>
    public static int EncodeMuLaw(ReadOnlySpan<short> pcm, Span<byte> payload) =>
        Encode(LinearToMuLaw, MuLawDroppedBits, pcm, payload);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Decode(short[] table, ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        var count = Math.Min(payload.Length, pcm.Length);
        for (var i = 0; i < count; i++)
            pcm[i] = table[payload[i]];
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Encode(byte[] table, int droppedBits, ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        var count = Math.Min(payload.Length, pcm.Length);
        for (var i = 0; i < count; i++)
            payload[i] = table[(ushort)pcm[i] >> droppedBits];
        return count;
    }

    private static short[] BuildDecodeTable(Func<int, int> expand)
    {
        var table = new short[256];
        for (var code = 0; code < table.Length; code++)
            table[code] = (short)expand(code);
        return table;
    }

    private static byte[] BuildEncodeTable(Func<int, int> compress, int droppedBits)
    {
        var table = new byte[65536 >> droppedBits];
        for (var index = 0; index < table.Length; index++)
            table[index] = (byte)compress((short)(index << droppedBits));
        return table;
    }

    private static int ExpandALaw(int code)
    {
        var bits = code ^ 0x55;                               // even bits are inverted on the line (G.711 §2.2)
        int segment = (bits >> 4) & 7, step = bits & 15;
        var magnitude = segment == 0 ? (step << 4) + 8 : ((step << 4) + 0x108) << (segment - 1);
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static int ExpandMuLaw(int code)
    {
        var bits = ~code;                                     // all bits are inverted on the line
        int segment = (bits >> 4) & 7, step = bits & 15;
        var magnitude = (((2 * step) + MuLawBias) << segment) - MuLawBias;
        return (bits & 0x80) != 0 ? -magnitude * 4 : magnitude * 4;
    }

    // Negative samples are mirrored by their one's complement, as the ITU-T software library (G.191) does,
    // so that both halves of the scale have the same decision values.
    private static int CompressALaw(int sample)
    {
        var magnitude = (sample < 0 ? ~sample : sample) >> ALawDroppedBits;
        var segment = 0;
        while (magnitude > 31)
        {
            magnitude >>= 1;
            segment++;
        }

        if (magnitude > 15)
            segment++;
        return ((sample < 0 ? 0 : 0x80) | (segment << 4) | (magnitude & 15)) ^ 0x55;
    }

    private static int CompressMuLaw(int sample)
    {
        var magnitude = Math.Min(((sample < 0 ? ~sample : sample) >> MuLawDroppedBits) + MuLawBias, 0x1FFF);
        var segment = 0;
        while (magnitude >> (segment + 6) != 0)
            segment++;
        return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 1)) & 15));
    }
}
