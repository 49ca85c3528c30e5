using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Tests.Wav;

namespace CallCenterKit.Media.Tests.Playback;

public sealed class PromptRateTests : IDisposable
{
    private readonly SteppedMedia _media = new();
    private readonly TestWav _files = new();

    public void Dispose()
    {
        _media.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData(8000, "PCMA", 440)]
    [InlineData(8000, "G722", 440)]
    [InlineData(16000, "G722", 6000)]
    [InlineData(44100, "PCMU", 1000)]
    [InlineData(48000, "PCMA", 3000)]
    public void A_prompt_of_any_rate_is_heard_at_its_pitch_and_length_in_any_format(int rateHz, string codec, int frequencyHz)
    {
        var party = _media.Connect(AudioCodecs.Find(codec));
        var playback = party.Leg.Play(new PlayList([new PlayItem.File(Create(rateHz, frequencyHz))]));

        _media.Step(50);
        Assert.False(playback.Completed.IsCompleted);
        var heard = party.Heard();
        _media.Step(2);

        Assert.True(playback.Completed.IsCompleted);
        var heardHz = party.Codec.SampleRateHz;
        Assert.InRange(heard.Length, heardHz * 49 / 50, heardHz);
        Assert.InRange(Spectrum.LevelOf(heard.AsSpan(heardHz / 10, heardHz / 2), frequencyHz, heardHz), 7500, 8500);
    }

    // One second of a sine.
    private string Create(int rateHz, int frequencyHz)
    {
        var pcm = new short[rateHz];
        for (var i = 0; i < pcm.Length; i++)
            pcm[i] = (short)(8000 * Math.Sin(2 * Math.PI * frequencyHz * i / rateHz));
        var path = _files.PathOf($"{rateHz}.wav");
        File.WriteAllBytes(path, WavBytes.File(WavBytes.Chunk("fmt ", WavBytes.Format(1, 1, rateHz, 16)), WavBytes.Chunk("data", WavBytes.Pcm(pcm))));
        return path;
    }
}
