using System.Buffers.Binary;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Wav;

public class WavStretchStreamTests
{
    [Theory]
    [InlineData(1, 1, 8_000)]
    [InlineData(1, 2, 8_000)]
    [InlineData(7, 2, 8_000)]
    [InlineData(7, 1, 8_000)]
    [InlineData(1, 2, 16_000)]
    public async Task A_stretch_is_a_file_of_the_same_kind(int tag, int channels, int rateHz)
    {
        var file = Write(tag, channels, rateHz, seconds: 2);

        var stretch = await CutAsync(file, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        var wav = await WavLayout.ReadAsync(new MemoryStream(stretch), default);

        Assert.NotNull(wav);
        Assert.Equal((tag, rateHz, channels * (tag == 1 ? 2 : 1)), (BinaryPrimitives.ReadUInt16LittleEndian(wav.Format), wav.RateHz, wav.FrameBytes));
        Assert.Equal(TimeSpan.FromSeconds(1), wav.Length);
        Assert.Equal(stretch.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(stretch.AsSpan(4)));
        var from = file.Length - (2 * rateHz * wav.FrameBytes) + (rateHz / 2 * wav.FrameBytes);
        Assert.Equal(file.AsSpan(from, rateHz * wav.FrameBytes), stretch.AsSpan((int)wav.DataStart));
        if (rateHz == WavReader.SampleRateHz)
            Assert.True(WavReader.TryRead(stretch, out _, out var problem), problem);
    }

    [Fact]
    public async Task It_can_be_read_in_any_steps_and_from_any_place()
    {
        var file = Write(7, 2, 8_000, seconds: 1);
        var whole = await CutAsync(file, TimeSpan.FromSeconds(0.25), null);
        using var stretch = await WavStretchStream.OpenAsync(new MemoryStream(file), TimeSpan.FromSeconds(0.25), null, default);
        var rest = new byte[whole.Length];

        for (var (at, step) = (0, 1); at < rest.Length; step = (step * 3) + 1)
            at += stretch!.Read(rest, at, Math.Min(step, rest.Length - at));
        Assert.Equal(0, stretch!.Read(rest, 0, 1));
        stretch.Seek(-10, SeekOrigin.End);
        var end = new byte[20];
        var read = await stretch.ReadAsync(end);

        Assert.Equal(whole, rest);
        Assert.Equal(10, read);
        Assert.Equal(whole[^10..], end[..10]);
    }

    [Fact]
    public async Task A_chunk_of_odd_bytes_is_one_sample_shorter()
    {
        var stretch = await CutAsync(Write(7, 1, 8_000, seconds: 1), TimeSpan.Zero, TimeSpan.FromSeconds(11.0 / 8_000));

        Assert.Equal(10, (await WavLayout.ReadAsync(new MemoryStream(stretch), default))!.Frames);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(1_000_000u)]
    public async Task A_file_whose_writer_died_is_as_long_as_it_is(uint said)
    {
        var file = Write(1, 2, 8_000, seconds: 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), said);

        var wav = await WavLayout.ReadAsync(new MemoryStream(file[..^3]), default);

        Assert.Equal((8_000 * 4) - 4, wav!.DataBytes);
    }

    [Fact]
    public async Task What_is_no_file_of_sound_is_none()
    {
        var file = Write(1, 2, 8_000, seconds: 1);
        var withoutRate = file.ToArray();
        withoutRate.AsSpan(24, 4).Clear();

        foreach (var bytes in new[] { [], "RIFF"u8.ToArray(), file[..20], file[..40], withoutRate, new byte[1_000] })
            Assert.Null(await WavLayout.ReadAsync(new MemoryStream(bytes), default));
    }

    private static async Task<byte[]> CutAsync(byte[] file, TimeSpan from, TimeSpan? length)
    {
        using var stretch = await WavStretchStream.OpenAsync(new MemoryStream(file), from, length, default);
        using var memory = new MemoryStream();
        await stretch!.CopyToAsync(memory);
        return memory.ToArray();
    }

    /// <summary>Every byte of the sound is another than those around it.</summary>
    private static byte[] Write(int tag, int channels, int rateHz, int seconds)
    {
        var frame = channels * (tag == 1 ? 2 : 1);
        var file = new byte[44 + (rateHz * seconds * frame)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), (short)tag);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rateHz);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), rateHz * frame);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), (short)frame);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), (short)(tag == 1 ? 16 : 8));
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), file.Length - 44);
        for (var i = 44; i < file.Length; i++)
            file[i] = (byte)((i * 7) + (i >> 8));
        return file;
    }
}
