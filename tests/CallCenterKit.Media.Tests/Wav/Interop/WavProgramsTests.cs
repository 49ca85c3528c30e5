using System.Globalization;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Wav.Interop;

/// <summary>What was written opens in the programs people use.</summary>
public sealed class WavProgramsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wav").FullName;

    private string FilePath => Path.Combine(_folder, "call.wav");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Run(string program, params string[] arguments) => OtherProgram.Run(program, arguments);

    private WavWriter WriteThreeSeconds()
    {
        var writer = WavWriter.Create(FilePath, channels: 2);
        for (var i = 0; i < 15; i++)
        {
            writer.Append(new short[3200]);
            writer.Flush();
        }

        return writer;
    }

    [Fact]
    public void An_open_recording_opens_in_sox_with_its_length()
    {
        using var writer = WriteThreeSeconds();
        Assert.Equal("24000", Run("soxi", "-s", FilePath));
        Assert.Equal("2", Run("soxi", "-c", FilePath));
    }

    [Fact]
    public void An_open_recording_opens_in_ffmpeg_with_its_length()
    {
        using var writer = WriteThreeSeconds();
        var seconds = Run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", FilePath);
        Assert.Equal(3.0, double.Parse(seconds, CultureInfo.InvariantCulture), 3);
    }

    [Fact]
    public void A_recording_cut_off_between_samples_and_header_opens_in_both()
    {
        WriteThreeSeconds().Dispose();
        File.AppendAllBytes(FilePath, new byte[6400]);

        Assert.Equal("24000", Run("soxi", "-s", FilePath));
        var seconds = Run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", FilePath);
        Assert.Equal(3.0, double.Parse(seconds, CultureInfo.InvariantCulture), 3);
    }

    [Theory]
    [InlineData("a-law", WavEncoding.ALaw)]
    [InlineData("u-law", WavEncoding.MuLaw)]
    [InlineData("signed-integer", WavEncoding.Pcm16)]
    public void Files_made_by_sox_are_read(string encoding, WavEncoding expected)
    {
        var bits = expected == WavEncoding.Pcm16 ? "16" : "8";
        Run("sox", "-n", "-r", "8000", "-c", "1", "-b", bits, "-e", encoding, FilePath, "synth", "0.5", "sine", "440");

        var audio = WavReader.Load(FilePath);

        Assert.Equal((expected, 4000), (audio.Encoding, audio.Length));
        Assert.True(audio.ToMono().Max() > 20_000);
    }
}
