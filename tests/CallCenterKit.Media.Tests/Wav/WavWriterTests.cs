using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Wav;

public sealed class WavWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wav").FullName;

    private string FilePath => Path.Combine(_folder, "call.wav");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What another program, or the next start after a kill, would see now.
    private byte[] OnDisk()
    {
        using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private WavAudio Read()
    {
        Assert.True(WavReader.TryRead(OnDisk(), out var audio, out var problem), problem);
        return audio;
    }

    private void AssertLengths(int dataBytes)
    {
        var file = OnDisk();
        Assert.Equal(44 + dataBytes, file.Length);
        Assert.Equal(36 + dataBytes, BitConverter.ToInt32(file, 4));
        Assert.Equal(dataBytes, BitConverter.ToInt32(file, 40));
    }

    [Fact]
    public void A_new_file_is_valid_and_empty()
    {
        using var writer = WavWriter.Create(FilePath, channels: 1);
        AssertLengths(0);
        Assert.Equal(0, Read().Length);
    }

    [Fact]
    public void Each_sample_of_8_kHz_plays_125_microseconds_exactly()
    {
        using var writer = WavWriter.Create(FilePath, channels: 1);
        for (var samples = 1; samples <= 200; samples++)
        {
            writer.Append(new short[1]);
            Assert.Equal(TimeSpan.FromMicroseconds(125L * samples), writer.Duration);
        }
    }

    [Fact]
    public void After_each_flush_the_lengths_are_right()
    {
        using var writer = WavWriter.Create(FilePath, channels: 2);
        var frame = new short[320];
        for (var flush = 1; flush <= 50; flush++)
        {
            for (var i = 0; i < 10; i++)
            {
                Array.Fill(frame, (short)flush);
                Assert.True(writer.Append(frame));
            }

            writer.Flush();
            AssertLengths(flush * 6400);
        }

        Assert.Equal(TimeSpan.FromSeconds(10), writer.Duration);
        Assert.Equal(Enumerable.Range(0, 80_000).Select(i => (short)(1 + (i / 1600))), Read().ToMono());
    }

    [Fact]
    public void What_is_not_flushed_is_missing_and_the_file_is_valid()
    {
        using var writer = WavWriter.Create(FilePath, channels: 1);
        writer.Append([1, 2, 3]);
        writer.Flush();
        writer.Append([4, 5]);
        AssertLengths(6);
        Assert.Equal([1, 2, 3], Read().ToMono());
    }

    [Fact]
    public void A_file_cut_off_between_samples_and_header_opens_with_what_its_header_says()
    {
        using (var writer = WavWriter.Create(FilePath, channels: 1))
        {
            writer.Append([1, 2, 3]);
        }

        File.AppendAllBytes(FilePath, WavBytes.Pcm(4, 5));
        Assert.Equal([1, 2, 3], Read().ToMono());
    }

    [Fact]
    public void Disposing_flushes()
    {
        var writer = WavWriter.Create(FilePath, channels: 2);
        writer.Append([1, -1, 2, -2]);
        writer.Dispose();
        writer.Dispose();

        var left = new short[2];
        Assert.Equal(2, Read().ReadChannel(0, 0, left));
        Assert.Equal([1, 2], left);
        Assert.Throws<ObjectDisposedException>(() => writer.Append([1, 1]));
        Assert.Throws<ObjectDisposedException>(writer.Flush);
    }

    [Fact]
    public void Long_appends_pass_the_pipe_whole()
    {
        var samples = new short[100_000];
        new Random(5).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples.AsSpan()));
        using (var writer = WavWriter.Create(FilePath, channels: 1))
        {
            writer.Append(samples.AsSpan(0, 99_999));
            writer.Append(samples.AsSpan(99_999));
        }

        Assert.Equal(samples, Read().ToMono());
    }

    [Fact]
    public void A_recording_is_never_written_over()
    {
        WavWriter.Create(FilePath, channels: 1).Dispose();
        Assert.Throws<IOException>(() => WavWriter.Create(FilePath, channels: 1));
    }

    [Fact]
    public void Half_a_stereo_frame_is_the_callers_mistake()
    {
        using var writer = WavWriter.Create(FilePath, channels: 2);
        Assert.Throws<ArgumentException>(() => writer.Append([1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WavWriter.Create(FilePath, channels: 3));
    }

    [Fact]
    public void Appending_and_flushing_do_not_allocate_per_frame()
    {
        using var writer = WavWriter.Create(FilePath, channels: 2);
        var frame = new short[320];
        Run(20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(100);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 256);

        void Run(int flushes)
        {
            for (var flush = 0; flush < flushes; flush++)
            {
                for (var i = 0; i < 10; i++)
                    writer.Append(frame);
                writer.Flush();
            }
        }
    }
}
