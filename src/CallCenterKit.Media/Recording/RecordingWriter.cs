using System.Collections.Concurrent;
using CallCenterKit.Media.Engine;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Media.Recording;

/// <summary>Writes all recordings of an engine on one thread, each at least every 200 ms.</summary>
internal sealed class RecordingWriter : IDisposable
{
    private static readonly TimeSpan Pass = TimeSpan.FromMilliseconds(150);

    private readonly MediaClock _clock;
    private readonly ILogger _logger;
    private readonly IRecordingAlarm? _alarm;
    private readonly ConcurrentQueue<RecordingSession> _added = new();
    private readonly List<RecordingSession> _active = [];
    private readonly RecordingScratch _scratch = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private Thread? _thread;
    private long _lastPass;
    private volatile bool _wanted;
    private volatile bool _stopping;

    public RecordingWriter(MediaClock clock, ILogger logger, IRecordingAlarm? alarm)
    {
        _clock = clock;
        _logger = logger;
        _alarm = alarm;
    }

    public void Start()
    {
        _thread = new Thread(Run) { Name = "recordings", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Any thread.</summary>
    public void Add(RecordingSession session)
    {
        _added.Enqueue(session);
        _wake.Set();
    }

    /// <summary>A recording has ended: look at once. Any thread.</summary>
    public void Wake()
    {
        _wanted = true;
        _wake.Set();
    }

    /// <summary>The pass of a stepped engine.</summary>
    public void Step()
    {
        if (_wanted || _clock.Now - _lastPass >= Pass.Ticks)
            WriteAll();
    }

    /// <summary>Finishes what has ended. Media threads must be gone.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread?.Join();
        WriteAll();
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            _wake.WaitOne(_active.Count == 0 && _added.IsEmpty ? Timeout.InfiniteTimeSpan : Pass);
            Step();
        }
    }

    private void WriteAll()
    {
        _wanted = false;
        _lastPass = _clock.Now;
        while (_added.TryDequeue(out var session))
            _active.Add(session);
        for (var i = _active.Count - 1; i >= 0; i--)
        {
            if (IsOver(_active[i]))
                _active.RemoveAt(i);
        }
    }

    private bool IsOver(RecordingSession session)
    {
        try
        {
            if (!session.File.Drain(_lastPass, _scratch))
                return false;
            session.File.Dispose();
            session.Tap.Ring.Release();
            session.Complete(null);
        }
#pragma warning disable CA1031 // whatever the disk does ends this recording and no other, and never a call
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
        Close(session);
        MediaLog.RecordingFailed(_logger, session.Path, fault);
        session.Complete(fault);
        try
        {
            _alarm?.OnRecordingFailed(session, fault);
        }
#pragma warning disable CA1031 // the alarm is the host's code; other recordings go on
        catch (Exception e)
#pragma warning restore CA1031
        {
            MediaLog.AlarmFailed(_logger, e);
        }
    }

    private static void Close(RecordingSession session)
    {
        try
        {
            session.File.Dispose();
        }
        catch (IOException)
        {
            // The first error said it already; closing a broken file tries to write once more.
        }
    }
}
