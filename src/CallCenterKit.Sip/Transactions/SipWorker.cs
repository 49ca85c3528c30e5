using System.Collections.Concurrent;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Runs everything of the Call-IDs that hash to it, one thing after another: messages, posted work, timers.</summary>
/// <remarks>Transactions and dialogs live here and are touched by nobody else. Members are for the worker itself unless they say "any thread".</remarks>
internal sealed partial class SipWorker : IDisposable
{
    // Keeps the numbers that are drawn apart from the hashes of pairs in the tables.
    private const ulong DrawnByWorker = 0x7461_6700_0000_0000;

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<WorkItem> _inbox = new();
    private readonly SipTimerWheel _wheel = new();
    private readonly TimeProvider _time;
    private readonly IRunningWork _running;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly long _startTimestamp;
    private readonly SipWorkerThreading _threading;
    private readonly AutoResetEvent? _wake; // never closed: who holds a call may post to the end
    private readonly Thread? _thread;
    private long _armedTick = long.MaxValue;
    private ulong _drawn;
    private long _lagTicks;
    private int _queued, _tickPending, _sleeping, _runs;
    private volatile bool _stopping, _isOver;

    internal SipWorker(SipStack stack, int index, SipStackSettings settings, SipHash hash)
    {
        Stack = stack;
        Index = index;
        Hash = hash;
        _time = settings.Time;
        _running = settings.Running;
        _logger = settings.Logger;
        _threading = settings.Threading;
        _startTimestamp = _time.GetTimestamp();
        Transactions = new SipTransactionLayer(this, settings.Timers);
        _timer = _time.CreateTimer(static state => ((SipWorker)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_threading == SipWorkerThreading.Dedicated)
        {
            _wake = new AutoResetEvent(false);
            _thread = new Thread(RunThread) { IsBackground = true, Name = $"SIP worker {index}" };
        }
    }

    internal SipStack Stack { get; }

    internal int Index { get; }

    /// <summary>Keyed for this stack. Any thread.</summary>
    internal SipHash Hash { get; }

    internal SipTransactionLayer Transactions { get; }

    internal SipStatistics Statistics { get; } = new();

    /// <summary>The layer above, one for each worker.</summary>
    internal ISipTransactionUser User { get; set; } = null!;

    /// <summary>Timers that run, of transactions and of calls.</summary>
    internal int RunningTimers => _wheel.Count;

    /// <summary>Messages and work waiting. Any thread.</summary>
    internal int Queued => Volatile.Read(ref _queued);

    /// <summary>Timers that run.</summary>
    internal int TimerCount => _wheel.Count;

    /// <summary>How long the message taken last had waited; zero when nothing waits. What shedding goes by. Any thread.</summary>
    internal TimeSpan Lag => Queued == 0 ? TimeSpan.Zero : new TimeSpan(Volatile.Read(ref _lagTicks));

    /// <summary>Runs it on this worker, after what was posted before. Any thread.</summary>
    internal void Post(ISipWork work) => Enqueue(new WorkItem(work, null));

    /// <summary>Runs it on this worker, after what was posted before. A static lambda with its state allocates nothing. Any thread.</summary>
    internal void Post(Action<object?> work, object? state) => Enqueue(new WorkItem(work, state));

    /// <summary>Takes over one ownership of the message. Any thread.</summary>
    internal void Post(SipMessage message) => Enqueue(new WorkItem(message, null));

    /// <summary>Starts the timer, or starts it anew.</summary>
    internal void Start(SipTimer timer, TimeSpan delay) => _wheel.Start(timer, TickAfter(delay));

    internal void StartAt(SipTimer timer, long tick) => _wheel.Start(timer, tick);

    internal void Cancel(SipTimer timer) => _wheel.Cancel(timer);

    /// <summary>The tick that is not before the end of the delay.</summary>
    internal long TickAfter(TimeSpan delay)
    {
        const long TickTicks = SipTimerWheel.TickMilliseconds * TimeSpan.TicksPerMillisecond;
        return (Elapsed.Ticks + delay.Ticks + TickTicks - 1) / TickTicks;
    }

    /// <summary>A tag or another number nobody can guess; never 0.</summary>
    internal ulong NewTag()
    {
        var tag = Hash.Compute(DrawnByWorker | (uint)Index, ++_drawn);
        return tag == 0 ? 1 : tag;
    }

    /// <summary>For Via; the lowest bit is clear.</summary>
    internal ulong NewBranchId() => NewTag() & ~1UL;

    /// <summary>A Call-ID that belongs to this worker: 32 hexadecimal digits.</summary>
    internal string NewCallId()
    {
        Span<byte> text = stackalloc byte[2 * SipHex.Length];
        do
        {
            SipHex.Write(text, NewTag());
            SipHex.Write(text[SipHex.Length..], NewTag());
        }
        while (Stack.WorkerFor(text) != this);

        return SipText.Decode(text);
    }

    /// <summary>Whether the caller runs on the thread of this worker.</summary>
    internal bool IsCurrent => _thread == Thread.CurrentThread;

    internal void StartThread() => _thread?.Start();

    /// <summary>Runs what is queued, then ends the thread and the timers; returns when that is done, unless the worker itself calls or the host keeps it.</summary>
    public void Dispose()
    {
        _stopping = true;
        _timer.Dispose();
        if (_thread is not { IsAlive: true } || _thread == Thread.CurrentThread) return;
        _wake!.Set();
        // A host that waits for the end of the driver where it is told something keeps the thread from ending.
        if (!_thread.Join(LongestEnd)) LogStuck(_logger, Index);
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_startTimestamp);

    private void OnTimer()
    {
        if (Interlocked.Exchange(ref _tickPending, 1) != 0) return;
        _running.Enter();
        Wake();
    }

    private void Enqueue(WorkItem item)
    {
        _running.Enter();
        Interlocked.Increment(ref _queued);
        _inbox.Enqueue(item);
        Wake();
    }

    private void Wake()
    {
        if (_threading == SipWorkerThreading.Caller) RunAsCaller();
        else if (Interlocked.Exchange(ref _sleeping, 0) == 1) _wake!.Set();
        if (_isOver) RunAsCaller(); // read after the exchange, which orders it behind the post
    }

    private bool HasWork => !_inbox.IsEmpty || Volatile.Read(ref _tickPending) != 0;

    private void RunAsCaller()
    {
        while (HasWork && Interlocked.CompareExchange(ref _runs, 1, 0) == 0)
        {
            RunPending();
            Volatile.Write(ref _runs, 0);
        }
    }

    private void RunThread()
    {
        while (true)
        {
            RunPending();
            Interlocked.Exchange(ref _sleeping, 1);
            if (HasWork) continue;
            if (_stopping) break;
            _wake!.WaitOne();
        }

        // From now on whoever posts runs it: an operation that is asked of a call too late still gets its answer.
        _isOver = true;
        Interlocked.MemoryBarrier();
        RunAsCaller();
    }

    private void RunPending()
    {
        var handled = 0;
        while (HasWork)
        {
            if (Interlocked.Exchange(ref _tickPending, 0) != 0)
            {
                RunTimers();
                handled++;
            }

            if (!_inbox.TryDequeue(out var item)) continue;
            Interlocked.Decrement(ref _queued);
            RunItem(item);
            handled++;
        }

        Arm();
        // Only now, or virtual time might pass a deadline that is not armed yet.
        for (; handled > 0; handled--) _running.Leave();
    }

    private void RunTimers()
    {
        _armedTick = long.MaxValue;
        var tick = Elapsed.Ticks / (SipTimerWheel.TickMilliseconds * TimeSpan.TicksPerMillisecond);
        try
        {
            _wheel.Advance(tick);
        }
#pragma warning disable CA1031 // whatever one timer throws must not stop the others; it is logged and counted
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OnFault(exception);
        }
    }

    private void RunItem(WorkItem item)
    {
        try
        {
            switch (item.Work)
            {
                case SipMessage message:
                    OnMessage(message);
                    break;
                case ISipWork work:
                    work.Run(this);
                    break;
                case Action<object?> action:
                    action(item.State);
                    break;
            }
        }
#pragma warning disable CA1031 // whatever one message brings about must not stop the worker; it is logged and counted
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OnFault(exception);
        }
    }

    private void OnMessage(SipMessage message)
    {
        using (message)
        {
            Volatile.Write(ref _lagTicks, _time.GetElapsedTime(message.ReceivedTimestamp).Ticks);
            Transactions.OnMessage(message);
        }
    }

    private void OnFault(Exception exception)
    {
        Statistics.CountFault();
        LogFault(_logger, Index, exception);
    }

    // The one timer runs for the earliest deadline; one that was cancelled meanwhile costs a call for nothing.
    private void Arm()
    {
        var next = _wheel.NextTick;
        if (next < 0 || next >= _armedTick || _stopping) return;
        _armedTick = next;
        var delay = TimeSpan.FromMilliseconds(next * SipTimerWheel.TickMilliseconds) - Elapsed;
        // Timers count in milliseconds and cut: one more, or it comes too early.
        _timer.Change(delay <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(3000, LogLevel.Error, "SIP worker {Worker} met a fault in its own code.")]
    private static partial void LogFault(ILogger logger, int worker, Exception exception);

    [LoggerMessage(3011, LogLevel.Error, "SIP worker {Worker} is kept by the host where it was told something; the driver ends without it.")]
    private static partial void LogStuck(ILogger logger, int worker);

    private readonly record struct WorkItem(object Work, object? State);
}
