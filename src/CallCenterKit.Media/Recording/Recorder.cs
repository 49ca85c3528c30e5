using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Recording;

/// <summary>All recordings of an engine: a writer for each volume, and a watch over them. Any thread, but for <see cref="Step"/>.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly MediaClock _clock;
    private readonly IRecordingDisk _disk;
    private readonly RecordingAlarms _alarms;
    private readonly RecordingWatch _watch;
    private readonly TimeSpan _backlog;
    private readonly bool _ownThreads;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private volatile RecordingWriter[] _writers = [];
    private Thread? _thread;
    private volatile bool _stopping;

    public Recorder(MediaOptions options, MediaClock clock, RecordingAlarms alarms, RecorderParts parts)
    {
        _clock = clock;
        _disk = parts.Disk;
        _alarms = alarms;
        _watch = new RecordingWatch(alarms, options.RecordingStallAlarm);
        _backlog = options.RecordingBacklog;
        _ownThreads = parts.OwnThreads;
    }

    /// <summary>Starts to watch. Without it, <see cref="Step"/> does.</summary>
    public void Start()
    {
        _thread = new Thread(Watch) { Name = "recording watch", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Begins a recording: what is said from now on is on it. Waits for the disk only where there are no threads to do so.</summary>
    /// <exception cref="IOException">Without threads: the file cannot be made; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">Without threads: the file may not be made.</exception>
    public RecordingSession Begin(MediaLeg leg, RecordingOptions options)
    {
        var session = new RecordingSession(leg, options, _clock.Now, _backlog);
        leg.Stream.Post(stream => stream.Attach(session.Tap)); // first: to find the disk takes a while
        var writer = WriterFor(_disk.VolumeOf(options.Path));
        session.Tap.Writer = writer;
        if (!_ownThreads)
            OpenNow(session);
        writer.Add(session);
        _wake.Set();
        return session;
    }

    /// <summary>The pass of a stepped engine.</summary>
    public void Step()
    {
        foreach (var writer in _ownThreads ? [] : _writers)
            writer.Step();
        _watch.Look(_writers, _clock.Now);
    }

    /// <summary>Finishes what has ended. Media threads must be gone.</summary>
    public void Dispose()
    {
        foreach (var writer in _writers)
            writer.Dispose();
        _stopping = true;
        _wake.Set();
        _thread?.Join();
        _wake.Dispose();
    }

    private void OpenNow(RecordingSession session)
    {
        try
        {
            session.File.Open(_disk);
        }
        catch (Exception fault)
        {
            session.Tap.Abandon();
            _ = session.StopAsync();
            _alarms.Failed(session, fault);
            throw;
        }
    }

    private RecordingWriter WriterFor(string volume)
    {
        lock (_gate)
        {
            foreach (var known in _writers)
            {
                if (known.Volume == volume)
                    return known;
            }

            var writer = new RecordingWriter(volume, _clock, _disk, _alarms);
            if (_ownThreads)
                writer.Start();
            _writers = [.. _writers, writer];
            return writer;
        }
    }

    private void Watch()
    {
        while (!_stopping)
        {
            var rests = !_watch.HasTold && _writers.All(writer => writer.Count == 0);
            _wake.WaitOne(rests ? Timeout.InfiniteTimeSpan : RecordingWatch.Every);
            _watch.Look(_writers, _clock.Now);
        }
    }
}
