using System.Collections.Concurrent;

namespace CallCenterKit.Media.Recording;

/// <summary>Reads the finished recordings of one volume for their checksums, beside the thread that writes.</summary>
internal sealed class RecordingCloser : IDisposable
{
    private readonly BlockingCollection<(RecordingSession Session, Exception? Fault)> _finished = [];
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "recording checksums", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Takes over a recording that nobody writes any more. The writer's thread.</summary>
    public void Add(RecordingSession session, Exception? fault)
    {
        if (_thread is null)
            Close(session, fault);
        else
            _finished.Add((session, fault));
    }

    /// <summary>Nothing comes any more.</summary>
    /// <param name="limit">How long to wait for the rest.</param>
    /// <returns>False if the disk hangs.</returns>
    public bool Finish(TimeSpan limit)
    {
        _finished.CompleteAdding();
        return _thread?.Join(limit) ?? true;
    }

    public void Dispose() => _finished.Dispose();

    private void Run()
    {
        foreach (var (session, fault) in _finished.GetConsumingEnumerable())
            Close(session, fault);
    }

    private static void Close(RecordingSession session, Exception? fault)
    {
        (string? Sha256, long Bytes) sum = default;
        try
        {
            sum = session.File.Sum();
        }
#pragma warning disable CA1031 // whatever the disk does ends this recording and no other
        catch (Exception unread)
#pragma warning restore CA1031
        {
            fault ??= unread;
        }

        session.File.Dispose();
        session.Complete(fault, sum.Sha256, sum.Bytes);
    }
}
