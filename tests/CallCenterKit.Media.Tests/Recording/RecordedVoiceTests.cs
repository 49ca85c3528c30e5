using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Recording;

public class RecordedVoiceTests
{
    private const int WidebandHz = 16000;
    private const int WidebandFrame = WidebandHz / 50;

    private readonly RecordingScratch _scratch = new();

    [Fact]
    public void Wideband_is_concealed_as_well()
    {
        using var voice = new RecordedVoice(WidebandHz);
        using var encoder = AudioCodecs.G722.CreateEncoder();
        var last = 0.0;
        for (var i = 0; i < 20; i++)
        {
            // As a tone of half the rate: the finder counts samples of 8 kHz.
            var payload = new byte[WidebandFrame];
            var length = encoder.Encode(Tone.Sine(400, i * WidebandFrame, WidebandFrame), payload);
            if (i is 10 or 11)
                continue;
            var missing = (ushort)(i == 12 ? 2 : 0);
            var sound = voice.Take(new(0, 0, missing, i * WidebandFrame), AudioCodecs.G722, payload.AsSpan(0, length), _scratch, out var from);

            Assert.Equal(((i - missing) * WidebandFrame, (1 + missing) * WidebandFrame), (from, sound.Length));
            last = Tone.LevelOf(sound[..WidebandFrame], 400);
            Assert.True(i < 2 || last > 6000, $"Frame {i} has level {last}.");
        }
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void A_hole_is_filled_up_to_three_tenths_of_a_second(int lost, bool isFilled)
    {
        using var voice = new RecordedVoice(Tone.RateHz);
        var payload = new byte[Tone.FrameSamples];
        voice.Take(new(0, 0, 0, 0), AudioCodecs.Pcma, payload, _scratch, out _);

        var position = (lost + 1) * Tone.FrameSamples;
        voice.Take(new(0, 0, (ushort)lost, position), AudioCodecs.Pcma, payload, _scratch, out var from);

        Assert.Equal(isFilled ? Tone.FrameSamples : position, from);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_packet_or_for_one_that_is_lost()
    {
        using var voice = new RecordedVoice(Tone.RateHz);
        using var encoder = AudioCodecs.Pcma.CreateEncoder();
        var payload = new byte[Tone.FrameSamples];
        encoder.Encode(Tone.Sine(437, 0, Tone.FrameSamples), payload);
        voice.Take(new(0, 0, 0, 0), AudioCodecs.Pcma, payload, _scratch, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 2; i < 200; i += 2)
            voice.Take(new(0, 0, 1, i * Tone.FrameSamples), AudioCodecs.Pcma, payload, _scratch, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
