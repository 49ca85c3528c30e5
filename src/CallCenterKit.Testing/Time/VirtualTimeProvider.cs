using CallCenterKit.Time;

namespace CallCenterKit.Testing;

/// <summary>A clock that stands still until a test moves it, with timers that fire in order of their due time.</summary>
/// <remarks>
/// Timers may be created, changed and disposed on any thread. One <c>Advance…</c> at a time; callbacks run on the thread
/// that advances, one after another, and see the instant they were due at. Timers due at the same instant fire in the
/// order in which they were armed. A timer due now (a due time of zero) fires at the next advance, even one by zero.
/// Callbacks see no <see cref="SynchronizationContext"/>, so what awaits a timer goes on inside the callback, before time does.
/// </remarks>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<VirtualTimer> _armed = new(VirtualTimer.ByDueTime);
    private readonly long _startTicks;
    private long _nowTicks;
    private long _order;
    private int _advancing;

    /// <summary>A clock that begins on Monday, 5 January 2026, 09:00 UTC.</summary>
    public VirtualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that begins at the given instant.</summary>
    /// <param name="start">The first instant; taken as UTC.</param>
    /// <param name="work">What is to be idle before <see cref="AdvanceAsync"/> moves on; its own counter when null.</param>
    public VirtualTimeProvider(DateTimeOffset start, RunningWork? work = null)
    {
        _startTicks = _nowTicks = start.UtcTicks;
        Work = work ?? new RunningWork();
        Scripts = new PhoneWork(Work, isSerial: true);
    }

    /// <summary>The count of what can run now. Give it to the center, the network and the phones of the test.</summary>
    public RunningWork Work { get; }

    /// <summary>When the earliest armed timer is due; null when none is armed.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
                return _armed.Min is { } timer ? new DateTimeOffset(timer.DueTicks, TimeSpan.Zero) : null;
        }
    }

    /// <summary>How many timers are armed: what a leak test looks at.</summary>
    public int ArmedTimers
    {
        get { lock (_lock) { return _armed.Count; } }
    }

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    internal PhoneWork Scripts { get; }

    private long NowTicks => Interlocked.Read(ref _nowTicks);

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => new(NowTicks, TimeSpan.Zero);

    /// <inheritdoc />
    public override long GetTimestamp() => NowTicks - _startTicks;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time and fires what falls due, on this thread, without waiting for what the callbacks set going.</summary>
    /// <param name="by">Zero or more; zero fires what is due now.</param>
    /// <exception cref="InvalidOperationException">An advance is running, possibly the one whose callback this is.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + by);
    }

    /// <summary>Moves time to an instant, as <see cref="Advance"/> does.</summary>
    /// <param name="instant">Now or later.</param>
    /// <exception cref="InvalidOperationException">An advance is running, possibly the one whose callback this is.</exception>
    public void AdvanceTo(DateTimeOffset instant)
    {
        using var turn = BeginAdvance(instant);
        while (TakeDue(instant.UtcTicks) is { } due)
            due.Fire();
        Interlocked.Exchange(ref _nowTicks, instant.UtcTicks);
    }

    /// <summary>
    /// Moves time from due time to due time. Before the first timer, after each of them and at the end it waits until
    /// <see cref="Work"/> is idle, so whatever a timer set going is finished or parked before time passes.
    /// </summary>
    /// <param name="by">Zero or more; zero fires what is due now, and what becomes due now by it.</param>
    /// <exception cref="InvalidOperationException">An advance is running.</exception>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetUtcNow() + by;
        using var turn = BeginAdvance(target);
        await UntilIdleAsync().ConfigureAwait(false);
        while (TakeDue(target.UtcTicks) is { } due)
        {
            due.Fire();
            await UntilIdleAsync().ConfigureAwait(false);
        }

        Interlocked.Exchange(ref _nowTicks, target.UtcTicks);
    }

    /// <summary>Moves time as <see cref="AdvanceAsync"/> does, just as far as the task needs to end.</summary>
    /// <param name="task">What to wait for. Its outcome is returned or thrown.</param>
    /// <param name="limit">The most that time is moved.</param>
    /// <exception cref="TimeoutException">The task was still running after <paramref name="limit"/>.</exception>
    public async Task AdvanceUntilAsync(Task task, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(task);
        await StepUntilAsync(task, GetUtcNow() + limit).ConfigureAwait(false);
        await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="AdvanceUntilAsync(Task, TimeSpan)"/>
    /// <typeparam name="T">What the task brings.</typeparam>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> task, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(task);
        await StepUntilAsync(task, GetUtcNow() + limit).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <summary>Starts a script and moves time just as far as it needs, as <see cref="AdvanceUntilAsync(Task, TimeSpan)"/> does.</summary>
    /// <param name="script">Run on the thread pool as part of <see cref="Work"/>, without the <see cref="SynchronizationContext"/> of the test.</param>
    /// <param name="limit">The most that time is moved.</param>
    /// <exception cref="TimeoutException">The script was still running after <paramref name="limit"/>.</exception>
    public Task RunAsync(Func<Task> script, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(script);
        return AdvanceUntilAsync(StartAsync(script), limit);
    }

    /// <inheritdoc cref="RunAsync(Func{Task}, TimeSpan)"/>
    /// <typeparam name="T">What the script brings.</typeparam>
    public Task<T> RunAsync<T>(Func<Task<T>> script, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(script);
        return AdvanceUntilAsync(StartAsync(script), limit);
    }

    private async Task StartAsync(Func<Task> script)
    {
        await Scripts.SwitchTo();
        await script().ConfigureAwait(false);
    }

    private async Task<T> StartAsync<T>(Func<Task<T>> script)
    {
        await Scripts.SwitchTo();
        return await script().ConfigureAwait(false);
    }

    private async Task StepUntilAsync(Task task, DateTimeOffset limit)
    {
        using var turn = BeginAdvance(limit);
        await UntilIdleAsync().ConfigureAwait(false);
        while (!task.IsCompleted)
        {
            var due = TakeDue(limit.UtcTicks) ?? throw new TimeoutException(
                $"The task is {task.Status} at {GetUtcNow():O}, and no timer is due up to {limit:O}.");
            due.Fire();
            await UntilIdleAsync().ConfigureAwait(false);
        }
    }

    private async Task UntilIdleAsync()
    {
        while (Work.Count != 0)
            await Work.WaitUntilIdleAsync().ConfigureAwait(false);
    }

    private AdvanceTurn BeginAdvance(DateTimeOffset target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target, GetUtcNow());
        if (Interlocked.Exchange(ref _advancing, 1) != 0)
            throw new InvalidOperationException("Time is being advanced already; a callback cannot advance it.");
        return new AdvanceTurn(this);
    }

    private VirtualTimer? TakeDue(long untilTicks)
    {
        lock (_lock)
        {
            if (_armed.Min is not { } timer || timer.DueTicks > untilTicks)
                return null;
            _armed.Remove(timer);
            if (timer.DueTicks > _nowTicks)
                Interlocked.Exchange(ref _nowTicks, timer.DueTicks);
            if (timer.PeriodTicks > 0)
                Arm(timer, timer.DueTicks + timer.PeriodTicks);
            return timer;
        }
    }

    private void Arm(VirtualTimer timer, long dueTicks)
    {
        timer.DueTicks = dueTicks;
        timer.Order = _order++;
        _armed.Add(timer);
    }

    private readonly struct AdvanceTurn(VirtualTimeProvider owner) : IDisposable
    {
        public void Dispose() => Interlocked.Exchange(ref owner._advancing, 0);
    }

    private sealed class VirtualTimer(VirtualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public static IComparer<VirtualTimer> ByDueTime { get; } = Comparer<VirtualTimer>.Create((left, right) =>
            left.DueTicks != right.DueTicks ? left.DueTicks.CompareTo(right.DueTicks) : left.Order.CompareTo(right.Order));

        public long DueTicks { get; set; }

        public long Order { get; set; }

        public long PeriodTicks { get; private set; }

        public void Fire()
        {
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                callback(state);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowIfNegative(dueTime, nameof(dueTime));
            ThrowIfNegative(period, nameof(period));
            lock (owner._lock)
            {
                if (_disposed)
                    return false;
                owner._armed.Remove(this);
                PeriodTicks = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
                if (dueTime != Timeout.InfiniteTimeSpan)
                    owner.Arm(this, owner._nowTicks + dueTime.Ticks);
                return true;
            }
        }

        public void Dispose()
        {
            lock (owner._lock)
            {
                _disposed = true;
                owner._armed.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private static void ThrowIfNegative(TimeSpan value, string name)
        {
            if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
                throw new ArgumentOutOfRangeException(name, value, "Zero, more, or Timeout.InfiniteTimeSpan.");
        }
    }
}
