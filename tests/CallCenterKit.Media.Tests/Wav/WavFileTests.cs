using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Wav;

public sealed class WavFileTests
{
    private const string Name = "disk/call.wav";

    private readonly FakeDisk _disk = new();

    [Fact]
    public void A_late_frame_is_written_over_what_was_there()
    {
        using var file = Make(WavEncoding.Pcm16, 1);
        file.Write(0, [1, 2, 0, 0, 5]);
        file.Flush(0);
        file.Write(2, [3, 4]);
        file.Flush(5);
        Assert.Equal([1, 2, 3, 4, 5], Read().ToMono());
    }

    [Fact]
    public void What_is_written_counts_only_after_a_flush()
    {
        using var file = Make(WavEncoding.Pcm16, 2);
        file.Write(0, [1, 1, 2, 2]);
        file.Flush(0);
        file.Write(2, [3, 3]);
        Assert.Equal(2, Read().Length);
        file.Finish();
        Assert.Equal(3, Read().Length);
    }

    [Fact]
    public void A_file_of_odd_length_is_even_while_it_grows_and_padded_at_its_end()
    {
        using var file = Make(WavEncoding.MuLaw, 1);
        file.Write(0, [100, 200, 300]);
        file.Flush(3);
        AssertLengths(data: 2, whole: 58 + 3);
        file.Finish();
        AssertLengths(data: 3, whole: 58 + 4);
        Assert.Equal(3, Read().Length);
    }

    [Fact]
    public void After_an_error_only_what_was_flushed_is_left()
    {
        using var file = Make(WavEncoding.MuLaw, 2);
        file.Write(0, new short[200]);
        file.Flush(100);
        _disk.Free = 30;
        Assert.Throws<IOException>(() => file.Write(100, new short[100]));
        file.Salvage();
        AssertLengths(data: 200, whole: 58 + 200);
    }

    [Fact]
    public void The_end_of_what_its_lengths_can_hold_is_an_error()
    {
        using var file = Make(WavEncoding.Pcm16, 2);
        Assert.Throws<IOException>(() => file.Write((uint.MaxValue - 58) / 4, new short[2]));
    }

    private WavFile Make(WavEncoding encoding, int channels) => new(_disk.Create(Name, createsFolder: false), encoding, channels, 8000);

    private WavAudio Read()
    {
        Assert.True(WavReader.TryRead(_disk.Read(Name), out var audio, out var problem), problem);
        return audio;
    }

    private void AssertLengths(int data, int whole)
    {
        var file = _disk.Read(Name);
        Assert.Equal(whole, file.Length);
        Assert.Equal(data + 50 + (data & 1), BitConverter.ToInt32(file, 4));
        Assert.Equal("fact"u8, file.AsSpan(38, 4));
        Assert.Equal(data, BitConverter.ToInt32(file, 54));
    }
}
