using System.Globalization;
using System.Security.Cryptography;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Recording.Interop;

/// <summary>A disk that is really full, under a call that must not notice.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int RoomBytes = 96 * 1024;

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2), TimeProvider.System);
    private readonly string _folder = Directory.CreateTempSubdirectory("full").FullName;
    private string? _mounted;

    private string Disk => Path.Combine(_folder, "disk");

    public void Dispose()
    {
        _limit.Dispose();
        if (_mounted is not null)
            SoundPrograms.Run("umount", _mounted);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_small_disk_runs_full_and_the_call_goes_on()
    {
        MountSmallDisk();
        using var process = RecordingProcess.Start(_folder);

        await RecordUntilFullAsync(process, Path.Combine(Disk, "call.wav"));
        await process.RecordAsync(Path.Combine(Disk, "next.wav"), "WavPcm16", "Stereo", _limit.Token);
        var refused = await process.WaitForAsync($"completed {Disk}/next.wav 0 ", _limit.Token);

        Assert.Equal(["0", "-", "IOException"], refused[3..]);
        await process.WaitForAsync($"alarm {Disk}/next.wav", _limit.Token);
        Assert.False(File.Exists(Path.Combine(Disk, "next.wav")));
        await AssertOthersAndCallAreWellAsync(process);
    }

    [Fact]
    public async Task A_file_that_may_not_grow_ends_its_recording_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Limits the size of files as Unix does.");
        using var process = RecordingProcess.Start(_folder, RoomBytes);

        await RecordUntilFullAsync(process, Path.Combine(_folder, "call.wav"));
        await AssertOthersAndCallAreWellAsync(process);
    }

    private async Task RecordUntilFullAsync(RecordingProcess process, string path)
    {
        await process.RecordAsync(path, "WavPcm16", "Stereo", _limit.Token);
        await process.WaitForAsync($"alarm {path}", _limit.Token);
        var completed = await process.WaitForAsync($"completed {path} ", _limit.Token);

        var file = await File.ReadAllBytesAsync(path, _limit.Token);
        Assert.Equal((file.Length.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(file)), "IOException"), (completed[3], completed[4], completed[5]));
        Assert.InRange(file.Length, RoomBytes - 16384, RoomBytes);
        Assert.Equal(double.Parse(completed[2], CultureInfo.InvariantCulture), SoundPrograms.Open(path).TotalSeconds, tolerance: 0.001);
        var (left, right) = TestWav.ReadStereo(path);
        Assert.True(Tone.PeakLevelOf(left, 440) > 6000);
        Assert.True(Tone.PeakLevelOf(right, 700) > 6000);
    }

    private async Task AssertOthersAndCallAreWellAsync(RecordingProcess process)
    {
        var other = Path.Combine(_folder, "other.wav");
        await process.RecordAsync(other, "WavMuLaw", "Mono", _limit.Token);
        await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System, _limit.Token);
        await process.StopAsync();
        var completed = await process.WaitForAsync($"completed {other} ", _limit.Token);
        Assert.Equal("-", completed[5]);
        var heard = await process.WaitForAsync("heard ", _limit.Token);
        var said = int.Parse(heard[4], CultureInfo.InvariantCulture);
        Assert.All(heard[1..3], count => Assert.InRange(int.Parse(count, CultureInfo.InvariantCulture), said - 5, said + 5));
    }

    private void MountSmallDisk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Mounting a small disk needs root on Linux.");
        Directory.CreateDirectory(Disk);
        try
        {
            SoundPrograms.Run("mount", "-t", "tmpfs", "-o", $"size={RoomBytes}", "tmpfs", Disk);
        }
        catch (Xunit.Sdk.XunitException refused)
        {
            Assert.Skip($"A small disk can't be mounted here: {refused.Message}");
        }

        _mounted = Disk;
    }
}
