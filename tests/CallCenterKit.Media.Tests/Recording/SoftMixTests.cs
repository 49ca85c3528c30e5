using CallCenterKit.Media.Recording;

namespace CallCenterKit.Media.Tests.Recording;

public sealed class SoftMixTests
{
    [Fact]
    public void Voices_of_usual_level_are_added_up_as_they_are()
    {
        short[] frames = [100, 200, -7000, 3000, 12000, 12576, 0, 0];
        Assert.Equal(4, SoftMix.ToMono(frames));
        Assert.Equal([300, -4000, 24576, 0], frames[..4]);
    }

    [Fact]
    public void What_is_too_loud_is_bent_evenly_and_never_cut()
    {
        var before = 24576;
        for (var sum = 24576; sum <= 2 * short.MaxValue; sum++)
        {
            var left = (short)Math.Min(sum, short.MaxValue);
            short[] frames = [left, (short)(sum - left), (short)-left, (short)(left - sum)];
            SoftMix.ToMono(frames);
            Assert.InRange(frames[0] - before, 0, 1);
            Assert.Equal(frames[0], -frames[1]);
            before = frames[0];
        }

        Assert.InRange(before, 31000, short.MaxValue);
        short[] loudest = [short.MinValue, short.MinValue];
        SoftMix.ToMono(loudest);
        Assert.InRange(loudest[0], short.MinValue, -31000);
    }
}
