using System.Buffers.Binary;

namespace CallCenterKit.Media.Wav;

/// <summary>The 44 bytes before the samples of a 16-bit PCM file.</summary>
internal static class WavHeader
{
    public const int Size = 44;

    /// <summary>The most sample bytes whose length the header can hold.</summary>
    public const long MaxDataBytes = uint.MaxValue - Size;

    public static void Write(Span<byte> header, int channels, int sampleRateHz, long dataBytes)
    {
        var bytesPerFrame = channels * sizeof(short);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(Size - 8 + dataBytes));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], (ushort)WavEncoding.Pcm16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)sampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(sampleRateHz * bytesPerFrame));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)bytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], (uint)dataBytes);
    }
}
