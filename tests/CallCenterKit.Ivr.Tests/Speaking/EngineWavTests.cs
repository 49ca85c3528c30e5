using CallCenterKit.Media.Wav;

namespace CallCenterKit.Ivr.Speaking;

public class EngineWavTests
{
    [Fact]
    public void A_length_that_was_not_known_is_that_of_what_came()
    {
        byte[] wav =
        [
            .. "RIFF"u8, 0x24, 0xF0, 0xFF, 0x7F, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x22, 0x56, 0, 0, 0x44, 0xAC, 0, 0, 2, 0, 16, 0,
            .. "data"u8, 0, 0xF0, 0xFF, 0x7F, 1, 0, 0xFF, 0xFF, 7,
        ];

        var audio = EngineWav.Read(wav, "espeak-ng");

        Assert.Equal(22_050, audio.SampleRateHz);
        Assert.Equal([1, -1], audio.Pcm.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Error: no voice")]
    [InlineData("RIFFxxxxWAVE")]
    public void Anything_else_is_refused(string output) =>
        Assert.Throws<SpeechException>(() => EngineWav.Read(System.Text.Encoding.ASCII.GetBytes(output), "espeak-ng"));

    [Fact]
    public void Every_cut_of_a_file_is_read_or_refused()
    {
        var folder = Directory.CreateTempSubdirectory("wav");
        try
        {
            var path = Path.Combine(folder.FullName, "a.wav");
            using (var writer = WavWriter.Create(path, channels: 1, sampleRateHz: 16_000))
                writer.Append(new short[10]);
            var wav = File.ReadAllBytes(path);
            for (var length = 0; length < 44; length++)
                Assert.Throws<SpeechException>(() => EngineWav.Read(wav.AsSpan(0, length), "flite"));
            Assert.Equal(10, EngineWav.Read(wav, "flite").Pcm.Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
