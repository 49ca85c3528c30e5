using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Tests.Engine;

public sealed class EModelTests
{
    // By hand from G.107: R = 93.2 - Id - Ie,eff, then Annex B.
    [Theory]
    [InlineData(0, 0, 4.41)]
    [InlineData(150, 0, 4.34)]
    [InlineData(300, 0, 3.71)]
    [InlineData(50, 0.01, 4.31)]
    [InlineData(50, 0.05, 3.87)]
    [InlineData(50, 0.2, 2.57)]
    [InlineData(200, 1, 1.03)]
    [InlineData(2000, 0, 1.0)]
    public void The_score_follows_from_delay_and_loss(int milliseconds, double loss, double mos) =>
        Assert.Equal(mos, EModel.Mos(TimeSpan.FromMilliseconds(milliseconds), loss), 0.02);

    [Fact]
    public void More_delay_or_more_loss_never_sounds_better()
    {
        for (var milliseconds = 0; milliseconds < 1000; milliseconds += 50)
        {
            for (var percent = 0; percent < 100; percent++)
            {
                var (delay, loss) = (TimeSpan.FromMilliseconds(milliseconds), percent / 100.0);
                var mos = EModel.Mos(delay, loss);
                Assert.InRange(mos, 1, 4.5);
                Assert.True(EModel.Mos(delay + TimeSpan.FromMilliseconds(50), loss) <= mos);
                Assert.True(EModel.Mos(delay, loss + 0.01) <= mos);
            }
        }
    }
}
