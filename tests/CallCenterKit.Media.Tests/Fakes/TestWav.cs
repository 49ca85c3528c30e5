using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>WAV files in a folder of their own, gone with the test.</summary>
internal sealed class TestWav : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("media-tests").FullName;

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Create(string name, short[] pcm)
    {
        var path = PathOf(name);
        using var writer = WavWriter.Create(path, channels: 1);
        writer.Append(pcm);
        return path;
    }

    public static (short[] Left, short[] Right) ReadStereo(string path)
    {
        var wav = WavReader.Load(path);
        Assert.Equal(2, wav.Channels);
        var (left, right) = (new short[wav.Length], new short[wav.Length]);
        wav.ReadChannel(0, 0, left);
        wav.ReadChannel(1, 0, right);
        return (left, right);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
