using System.Buffers.Binary;

namespace CallCenterKit.Tests.Interop;

/// <summary>16-bit PCM of a WAV file. Deliberately not the library's reader, which it helps to check.</summary>
internal sealed record WavSamples(int SampleRateHz, IReadOnlyList<short[]> Channels)
{
    public TimeSpan Length => TimeSpan.FromSeconds((double)Channels[0].Length / SampleRateHz);

    public static WavSamples Read(string path)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        Assert.True(file.Length >= 12 && file[..4].SequenceEqual("RIFF"u8) && file[8..12].SequenceEqual("WAVE"u8), $"{path} is no WAV file.");
        int channels = 0, rate = 0;
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), (uint)rest.Length - 8);
            var body = rest.Slice(8, length);
            if (rest[..4].SequenceEqual("fmt "u8))
            {
                channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
                Assert.Equal(16, BinaryPrimitives.ReadUInt16LittleEndian(body[14..]));
            }
            else if (rest[..4].SequenceEqual("data"u8))
            {
                return new(rate, Split(body, channels));
            }

            rest = rest[Math.Min(8 + length + (length & 1), rest.Length)..];
        }

        throw new InvalidDataException($"{path} holds no data.");
    }

    /// <summary>One channel between two instants.</summary>
    public ReadOnlySpan<short> Between(int channel, TimeSpan from, TimeSpan to) =>
        Channels[channel].AsSpan()[(int)(from.TotalSeconds * SampleRateHz)..(int)(to.TotalSeconds * SampleRateHz)];

    /// <summary>The same as a recording of its own.</summary>
    public WavSamples Part(int channel, TimeSpan from, TimeSpan to) => new(SampleRateHz, [Between(channel, from, to).ToArray()]);

    /// <summary>One after the other, the first channel of each.</summary>
    public static WavSamples Join(IReadOnlyList<WavSamples> parts) => new(parts[0].SampleRateHz, [[.. parts.SelectMany(part => part.Channels[0])]]);

    private static short[][] Split(ReadOnlySpan<byte> interleaved, int channels)
    {
        var samples = interleaved.Length / 2 / channels;
        var split = Enumerable.Range(0, channels).Select(_ => new short[samples]).ToArray();
        for (var i = 0; i < samples * channels; i++)
            split[i % channels][i / channels] = BinaryPrimitives.ReadInt16LittleEndian(interleaved[(2 * i)..]);
        return split;
    }
}
