using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Recording;

public sealed class SystemDiskTests : IDisposable
{
    private readonly SystemDisk _disk = new();
    private readonly TestWav _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void What_is_mounted_apart_is_a_volume_apart()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Knows what Linux mounts.");
        Assert.Equal("/proc", _disk.VolumeOf("/proc/recordings/2026/call.wav"));
        Assert.Equal("/", _disk.VolumeOf("/processed/call.wav"));
        Assert.Equal("/", _disk.VolumeOf("/call.wav"));
    }

    [Fact]
    public void A_folder_below_another_is_of_its_volume_whether_it_exists_or_not() =>
        Assert.Equal(_disk.VolumeOf(_files.PathOf("call.wav")), _disk.VolumeOf(_files.PathOf("2026/03/call.wav")));

    [Fact]
    public void A_file_is_written_read_and_cut_where_it_was_told_to()
    {
        using (var file = _disk.Create(_files.PathOf("a"), createsFolder: false))
        {
            file.Write([1, 2, 3, 4], 0);
            file.Write([9], 1);
            var read = new byte[8];
            Assert.Equal(3, file.Read(read, 1));
            Assert.Equal([9, 3, 4], read[..3]);
            file.Cut(10);
            file.Cut(2);
        }

        Assert.Equal([1, 9], File.ReadAllBytes(_files.PathOf("a")));
        Assert.Throws<IOException>(() => _disk.Create(_files.PathOf("a"), createsFolder: false));
    }
}
