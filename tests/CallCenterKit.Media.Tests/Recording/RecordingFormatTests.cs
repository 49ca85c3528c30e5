using System.Security.Cryptography;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Recording;

public sealed class RecordingFormatTests : IDisposable
{
    private readonly SteppedMedia _media = new();
    private readonly TestWav _files = new();

    public void Dispose()
    {
        _media.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData(RecordingFormat.WavPcm16, RecordingChannels.Stereo, 44 + 64000)]
    [InlineData(RecordingFormat.WavPcm16, RecordingChannels.Mono, 44 + 32000)]
    [InlineData(RecordingFormat.WavMuLaw, RecordingChannels.Stereo, 58 + 32000)]
    [InlineData(RecordingFormat.WavMuLaw, RecordingChannels.Mono, 58 + 16000)]
    public async Task Every_format_holds_both_voices_and_comes_with_its_size_and_checksum(RecordingFormat format, RecordingChannels channels, long bytes)
    {
        var result = await RecordTwoSecondsAsync(new RecordingOptions(_files.PathOf("call.wav")) { Format = format, Channels = channels });

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
        var party = _media.Connect();
        Assert.ThrowsAny<IOException>(() => _media.Engine.Record(party.Leg, new RecordingOptions(_files.PathOf("2026/03/call.wav"))));

        var result = await RecordTwoSecondsAsync(new RecordingOptions(_files.PathOf("2026/03/call.wav")) { CreatesFolder = true });

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
        var (alice, bob) = (_media.Connect(), _media.Connect());
        var bridge = _media.Engine.CreateBridge();
        bridge.Add(alice.Leg, new BridgeRole.Member());
        bridge.Add(bob.Leg, new BridgeRole.Member());
        _media.Run();
        var recording = _media.Engine.Record(alice.Leg, options);
        _media.Step(100, _ =>
        {
            alice.Say(440);
            bob.Say(700);
        });
        var stopping = recording.StopAsync();
        _media.Run();
        return await stopping;
    }
}
