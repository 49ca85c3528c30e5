using System.Security.Cryptography;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Recording;

public sealed class RecordingFormatTests : RecordedLegs
{
    [Theory]
    [InlineData(RecordingFormat.WavPcm16, RecordingChannels.Stereo, 44 + 64000)]
    [InlineData(RecordingFormat.WavPcm16, RecordingChannels.Mono, 44 + 32000)]
    [InlineData(RecordingFormat.WavMuLaw, RecordingChannels.Stereo, 58 + 32000)]
    [InlineData(RecordingFormat.WavMuLaw, RecordingChannels.Mono, 58 + 16000)]
    public async Task Every_format_holds_both_voices_and_comes_with_its_size_and_checksum(RecordingFormat format, RecordingChannels channels, long bytes)
    {
        var result = await RecordTwoSecondsAsync(new RecordingOptions(Files.PathOf("call.wav")) { Format = format, Channels = channels });

        Assert.Null(result.Fault);
        Assert.Equal(TimeSpan.FromSeconds(2), result.Duration);
        var file = await File.ReadAllBytesAsync(result.Path, TestContext.Current.CancellationToken);
        Assert.Equal((bytes, bytes), (result.Bytes, file.Length));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), result.Sha256);
        var wav = WavReader.Load(result.Path);
        Assert.Equal((16000, format == RecordingFormat.WavMuLaw), (wav.Length, wav.Encoding == WavEncoding.MuLaw));
        Assert.Equal(channels == RecordingChannels.Mono ? 1 : 2, wav.Channels);
        AssertVoices(wav);
    }

    [Fact]
    public async Task A_folder_is_made_only_where_that_is_wanted()
    {
        var party = Media.Connect();
        Assert.ThrowsAny<IOException>(() => Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("2026/03/call.wav"))));

        var result = await RecordTwoSecondsAsync(new RecordingOptions(Files.PathOf("2026/03/call.wav")) { CreatesFolder = true });

        Assert.True(File.Exists(result.Path));
    }

    private static void AssertVoices(WavAudio wav)
    {
        var (said, sent) = (new short[wav.Length], new short[wav.Length]);
        wav.ReadChannel(0, 0, said);
        wav.ReadChannel(wav.Channels - 1, 0, sent);
        Assert.True(Tone.Has(said.AsSpan(320), 440));
        Assert.True(Tone.Has(sent.AsSpan(320), 700));
        Assert.Equal(wav.Channels == 2, Tone.Lacks(said, 700));
        Assert.Equal(wav.Channels == 2, Tone.Lacks(sent, 440));
    }

    private async Task<RecordingResult> RecordTwoSecondsAsync(RecordingOptions options)
    {
        var (alice, bob) = Bridged();
        var recording = Media.Engine.Record(alice.Leg, options);
        Talk(alice, bob, frames: 100);
        return await StopAsync(recording);
    }
}
