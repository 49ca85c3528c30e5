using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Tests.Transactions;

public class SipTimerWheelTests
{
    private sealed class TestTimer(Action<TestTimer> due) : SipTimer
    {
        internal long WantedTick { get; set; }

        internal override void OnDue() => due(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Timers_come_at_their_tick_whatever_is_started_and_cancelled_between(int seed)
    {
        var random = new Random(seed);
        var wheel = new SipTimerWheel();
        var fired = 0;
        var timers = Enumerable.Range(0, 300).Select(_ => new TestTimer(timer =>
        {
            Assert.Equal(timer.WantedTick, wheel.CurrentTick);
            timer.WantedTick = 0;
            fired++;
        })).ToArray();

        for (var i = 0; i < 20_000; i++)
        {
            var timer = timers[random.Next(timers.Length)];
            switch (random.Next(3))
            {
                case 0:
                    var delay = random.Next(5) switch { 0 => 1, 1 => random.Next(1, 64), 2 => random.Next(1, 5000), 3 => random.Next(1, 400_000), _ => random.Next(1, 40_000_000) };
                    timer.WantedTick = wheel.CurrentTick + delay;
                    wheel.Start(timer, timer.WantedTick);
                    break;
                case 1:
                    wheel.Cancel(timer);
                    timer.WantedTick = 0;
                    break;
                default:
                    wheel.Advance(wheel.CurrentTick + random.Next(random.Next(4) == 0 ? 3000 : 30));
                    Assert.DoesNotContain(timers, each => each.WantedTick != 0 && each.WantedTick <= wheel.CurrentTick);
                    break;
            }

            Assert.Equal(timers.Count(each => each.WantedTick != 0), wheel.Count);
        }

        Assert.True(fired > 100);
        wheel.Advance(wheel.CurrentTick + 50_000_000);
        Assert.Equal(0, wheel.Count);
        Assert.Equal(-1, wheel.NextTick);
    }

    [Fact]
    public void Next_tick_is_never_after_the_earliest_timer()
    {
        var random = new Random(4);
        var wheel = new SipTimerWheel();
        var timers = new List<TestTimer>();
        for (var i = 0; i < 2000; i++)
        {
            var timer = new TestTimer(each => timers.Remove(each)) { WantedTick = wheel.CurrentTick + random.Next(1, 1 << random.Next(1, 24)) };
            wheel.Start(timer, timer.WantedTick);
            timers.Add(timer);
            Assert.InRange(wheel.NextTick, wheel.CurrentTick, timers.Min(each => each.WantedTick));
            if (i % 3 == 0) wheel.Advance(wheel.NextTick);
        }
    }

    [Fact]
    public void Timer_may_start_itself_and_cancel_others_when_due()
    {
        var wheel = new SipTimerWheel();
        var count = 0;
        var victim = new TestTimer(_ => Assert.Fail("It was cancelled."));
        var again = new TestTimer(timer =>
        {
            wheel.Cancel(victim);
            if (++count < 5) wheel.Start(timer, wheel.CurrentTick + 64);
        });
        wheel.Start(victim, 10);
        wheel.Start(again, 9);
        wheel.Advance(1000);

        Assert.Equal(5, count);
        Assert.False(victim.IsRunning);
    }

    [Fact]
    public void Timer_beyond_the_wheel_is_cut_to_its_end()
    {
        var wheel = new SipTimerWheel();
        var timer = new TestTimer(_ => { });
        wheel.Start(timer, long.MaxValue);

        Assert.True(timer.IsRunning);
        Assert.InRange(wheel.NextTick, 1, 1L << 36);
    }
}
