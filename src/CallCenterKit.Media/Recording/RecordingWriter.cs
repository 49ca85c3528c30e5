using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Recording;

/// <summary>Writes all recordings of one volume on one thread, each every 100 ms, so that a disk that hangs holds up no other.</summary>
internal sealed class RecordingWriter(string volume, MediaClock clock, IRecordingDisk disk, RecordingAlarms alarms) : IDisposable
{
    private static readonly TimeSpan Pass = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the end waits for a disk that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly HashSet<RecordingSession> _all = [];     // behind the gate: those of the two below, for other threads
    private readonly List<RecordingSession> _added = [];      // behind the gate
    private readonly List<RecordingSession> _active = [];
    private readonly RecordingScratch _scratch = new();
    private readonly RecordingCloser _closer = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private Thread? _thread;
    private long _lastPass;
    private long _busySince;
    private long _lastStarted;
    private long _lastTook;
    private volatile bool _stopping;

    /// <summary>What it writes on.</summary>
    public string Volume => volume;

    /// <summary>Since when it has been at work without a rest; null while it rests. Any thread.</summary>
    public long? BusySince => Volatile.Read(ref _busySince) is > 0 and var at ? at : null;

    /// <summary>When it last began to work and how long that took. Any thread.</summary>
    public (long Started, TimeSpan Took) LastWork => (Volatile.Read(ref _lastStarted), TimeSpan.FromTicks(Volatile.Read(ref _lastTook)));

    /// <summary>How many recordings it has. Any thread.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    public void Start()
    {
        _closer.Start();
        _thread = new Thread(Run) { Name = "recordings", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Takes on a recording. Never waits for the disk. Any thread.</summary>
    public void Add(RecordingSession session)
    {
        lock (_gate)
        {
            _all.Add(session);
            _added.Add(session);
        }

        _wake.Set();
    }

    /// <summary>A recording has ended: look at once. Any thread.</summary>
    public void Wake() => _wake.Set();

    /// <summary>The disk hangs: gives the recordings more room in memory. Any thread but the writer's and the media threads.</summary>
    public void Provide()
    {
        lock (_gate)
        {
            foreach (var session in _all)
                session.Tap.Ring.Provide();
        }
    }

    /// <summary>Writes what is due: all once in a while, and at once what is new or over.</summary>
    public void Step()
    {
        var now = clock.Now;
        var isPass = now - _lastPass >= Pass.Ticks;
        Volatile.Write(ref _busySince, now);
        TakeAdded();
        for (var i = _active.Count - 1; i >= 0; i--)
        {
            if ((isPass || _active[i].Tap.EndedAt is not null) && IsOver(_active[i]))
                _active.RemoveAt(i);
        }

        if (isPass)
            _lastPass = now;
        Volatile.Write(ref _lastTook, clock.Now - now);
        Volatile.Write(ref _lastStarted, now);
        Volatile.Write(ref _busySince, 0);
    }

    /// <summary>Finishes what has ended; a disk that hangs is left alone after 10 s. Media threads must be gone.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        if (_thread is not null && !_thread.Join(Patience))
        {
            Forsake();
            return;
        }

        Step();
        if (_closer.Finish(Patience))
            _closer.Dispose();
        Forsake();
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            _wake.WaitOne(UntilNextPass);
            Step();
        }
    }

    private TimeSpan UntilNextPass
    {
        get
        {
            if (_active.Count == 0)
                return Timeout.InfiniteTimeSpan;
            var left = TimeSpan.FromTicks(_lastPass + Pass.Ticks - clock.Now);
            return TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(left.TotalMilliseconds), 0, Pass.TotalMilliseconds));
        }
    }

    private void TakeAdded()
    {
        RecordingSession[] added;
        lock (_gate)
        {
            if (_added.Count == 0)
                return;
            added = [.. _added];
            _added.Clear();
        }

        foreach (var session in added)
        {
            if (TryOpen(session))
                _active.Add(session);
        }
    }

    private bool TryOpen(RecordingSession session)
    {
        try
        {
            session.File.Open(disk);
            return true;
        }
#pragma warning disable CA1031 // whatever the disk does ends this recording and no other, and never a call
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fail(session, fault);
            return false;
        }
    }

    private bool IsOver(RecordingSession session)
    {
        try
        {
            if (!session.File.Drain(clock.Now, _scratch))
                return false;
            session.Tap.Ring.Release();
            LetGo(session, null);
        }
#pragma warning disable CA1031 // as above
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fail(session, fault);
        }

        return true;
    }

    private void Fail(RecordingSession session, Exception fault)
    {
        session.Tap.Abandon();
        try
        {
            session.File.Salvage();
        }
#pragma warning disable CA1031 // the first error said it already
        catch (Exception)
#pragma warning restore CA1031
        {
            // What was flushed before is valid all the same; some bytes behind it do no harm.
        }

        LetGo(session, fault);
        alarms.Failed(session, fault);
    }

    private void LetGo(RecordingSession session, Exception? fault)
    {
        lock (_gate)
            _all.Remove(session);
        _closer.Add(session, fault);
    }

    // Whoever waits for a recording must not wait for a disk that never answers.
    private void Forsake()
    {
        RecordingSession[] left;
        lock (_gate)
            left = [.. _all];
        foreach (var session in left)
            session.Complete(new IOException($"The disk at {volume} has not answered for {Patience.TotalSeconds:0} s."), null, 0);
    }
}
