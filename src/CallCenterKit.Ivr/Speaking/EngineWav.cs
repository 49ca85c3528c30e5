using System.Buffers.Binary;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Reads what an engine writes: 16-bit mono PCM as WAV, at any rate, its length perhaps unknown when the header was written.</summary>
internal static class EngineWav
{
    private const int ChunkHeaderSize = 8;

    /// <exception cref="SpeechException">It is something else.</exception>
    public static SpokenAudio Read(ReadOnlySpan<byte> wav, string engine)
    {
        var rateHz = 0;
        if (wav.Length > 12 && wav.StartsWith("RIFF"u8) && wav[8..].StartsWith("WAVE"u8))
        {
            for (long at = 12; at + ChunkHeaderSize <= wav.Length;)
            {
                var chunk = wav[(int)at..];
                long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
                var body = chunk[ChunkHeaderSize..(int)Math.Min(ChunkHeaderSize + size, chunk.Length)];
                if (chunk.StartsWith("fmt "u8) && IsMonoPcm(body))
                    rateHz = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
                else if (chunk.StartsWith("data"u8) && rateHz is >= 8_000 and <= 48_000)
                    return new(Samples(body), rateHz);
                at += ChunkHeaderSize + size + (size & 1);
            }
        }

        throw new SpeechException($"{engine} has written {wav.Length} bytes that are no 16-bit mono WAV of 8,000 to 48,000 Hz.");
    }

    private static bool IsMonoPcm(ReadOnlySpan<byte> format) =>
        format.Length >= 16
        && BinaryPrimitives.ReadUInt16LittleEndian(format) == 1
        && BinaryPrimitives.ReadUInt16LittleEndian(format[2..]) == 1
        && BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) == 16;

    private static short[] Samples(ReadOnlySpan<byte> body)
    {
        var pcm = new short[body.Length / sizeof(short)];
        for (var i = 0; i < pcm.Length; i++)
            pcm[i] = BinaryPrimitives.ReadInt16LittleEndian(body[(sizeof(short) * i)..]);
        return pcm;
    }
}
