using System.Globalization;

namespace CallCenterKit.Testing.Time;

public sealed class VirtualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _time = new(Start);
    private readonly List<string> _fired = [];

    [Fact]
    public void Time_stands_still_until_it_is_advanced()
    {
        Assert.Equal(Start, _time.GetUtcNow());
        var before = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Equal(Start.AddSeconds(1.5), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(1.5), _time.GetElapsedTime(before));
        Assert.Equal(TimeSpan.Zero, _time.GetLocalNow().Offset);
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_and_see_them()
    {
        using var late = Timer("late", 3);
        using var early = Timer("early", 1);
        using var beyond = Timer("beyond", 6);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["early 1", "late 3"], _fired);
        Assert.Equal(Start.AddSeconds(5), _time.GetUtcNow());
        Assert.Equal(Start.AddSeconds(6), _time.NextDue);
    }

    [Fact]
    public void Timers_due_together_fire_in_the_order_they_were_armed()
    {
        using var first = Timer("first", 9);
        using var second = Timer("second", 2);
        using var third = Timer("third", 2);
        first.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["second 2", "third 2", "first 2"], _fired);
    }

    [Fact]
    public void A_periodic_timer_fires_once_per_period_however_far_time_jumps()
    {
        using var timer = Timer("tick", 1, periodSeconds: 2);

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["tick 1", "tick 3", "tick 5"], _fired);
        Assert.Equal(Start.AddSeconds(7), _time.NextDue);
    }

    [Fact]
    public void A_timer_of_zero_waits_for_the_next_advance()
    {
        using var timer = Timer("now", 0);
        Assert.Empty(_fired);

        _time.Advance(TimeSpan.Zero);

        Assert.Equal(["now 0"], _fired);
    }

    [Fact]
    public void An_infinite_timer_waits_for_its_change()
    {
        using var timer = _time.CreateTimer(_ => Note("changed"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_fired);
        Assert.Null(_time.NextDue);

        Assert.True(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["changed 86401"], _fired);
    }

    [Fact]
    public void A_disposed_timer_neither_fires_nor_changes()
    {
        var timer = Timer("gone", 1);
        timer.Dispose();

        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(_fired);
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void A_callback_may_create_and_dispose_timers_that_count_in_the_same_advance()
    {
        var victim = Timer("victim", 3);
        ITimer? child = null;
        using var parent = _time.CreateTimer(_ =>
        {
            Note("parent");
            victim.Dispose();
            child = Timer("child", 1);
        }, null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["parent 2", "child 3"], _fired);
        child!.Dispose();
    }

    [Fact]
    public void A_callback_may_stop_its_own_period()
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(_ =>
        {
            Note("tick");
            timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["tick 1"], _fired);
        timer.Dispose();
    }

    [Fact]
    public void A_callback_cannot_advance_time()
    {
        using var timer = _time.CreateTimer(
            _ => Assert.Throws<InvalidOperationException>(() => _time.Advance(TimeSpan.Zero)), null, TimeSpan.Zero, TimeSpan.Zero);

        _time.Advance(TimeSpan.Zero);

        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.AdvanceTo(Start.AddSeconds(-1)));
    }

    [Fact]
    public void A_faulty_callback_reaches_the_test_and_time_goes_on()
    {
        using var faulty = _time.CreateTimer(
            _ => throw new InvalidOperationException("bang"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var next = Timer("next", 2);

        Assert.Throws<InvalidOperationException>(() => _time.Advance(TimeSpan.FromSeconds(3)));
        Assert.Equal(Start.AddSeconds(1), _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["next 2"], _fired);
    }

    [Fact]
    public async Task Asynchronous_advance_waits_for_running_work_before_time_passes()
    {
        using var second = Timer("second", 2);
        using var first = _time.CreateTimer(_ =>
        {
            Note("first");
            _time.Work.Enter();
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Note("work");
                _time.Work.Leave();
            });
        }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        await _time.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(["first 1", "work 1", "second 2"], _fired);
        Assert.Equal(Start.AddSeconds(3), _time.GetUtcNow());
    }

    [Fact]
    public async Task Asynchronous_advance_waits_for_work_that_was_running_when_it_began()
    {
        using var timer = Timer("timer", 0);
        _time.Work.Enter();

        var advance = _time.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.False(advance.IsCompleted);
        Assert.Empty(_fired);
        _time.Work.Leave();
        await advance;
        Assert.Equal(["timer 0"], _fired);
    }

    [Fact]
    public async Task Advancing_until_a_task_ends_moves_time_no_further_than_needed()
    {
        static async Task<int> WorkAsync(TimeProvider time)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), time).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(4), time).ConfigureAwait(false);
            return 7;
        }

        using var later = Timer("later", 60);

        Assert.Equal(7, await _time.AdvanceUntilAsync(WorkAsync(_time), TimeSpan.FromMinutes(5)));
        Assert.Equal(Start.AddSeconds(7), _time.GetUtcNow());
        await Assert.ThrowsAsync<TimeoutException>(
            () => _time.AdvanceUntilAsync(Task.Delay(TimeSpan.FromHours(1), _time), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task Scripts_go_on_inside_the_timer_whatever_context_the_test_has()
    {
        Task running;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new LazyContext());
        try
        {
            running = _time.RunAsync(
                async () =>
                {
                    for (var i = 0; i < 3; i++)
                    {
                        await Task.Delay(TimeSpan.FromSeconds(1), _time);
                        Note("script");
                    }
                },
                TimeSpan.FromHours(1));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await running;
        Assert.Equal(["script 1", "script 2", "script 3"], _fired);
        Assert.Equal(Start.AddSeconds(3), _time.GetUtcNow());
    }

    private sealed class LazyContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => Assert.Fail("A continuation left the timer.");
    }

    private ITimer Timer(string name, int dueSeconds, int periodSeconds = 0) => _time.CreateTimer(
        _ => Note(name), null, TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromSeconds(periodSeconds));

    private void Note(string name) => _fired.Add(
        name + " " + (_time.GetUtcNow() - Start).TotalSeconds.ToString(CultureInfo.InvariantCulture));
}
