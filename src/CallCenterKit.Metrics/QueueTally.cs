using CallCenterKit.Routing;

namespace CallCenterKit.Metrics;

/// <summary>Counts of one queue, or of all.</summary>
internal sealed class QueueTally
{
    private long _answered, _answeredInTime, _abandoned, _abandonedAfterThreshold, _timedOut, _withdrawn;
    private TimeSpan _waitOfAnswered, _longestWait;

    public long Entered { get; set; }

    public long Refused { get; set; }

    public long MovedOn { get; set; }

    public void Leave(QueueLeft left, TimeSpan threshold)
    {
        if (left.Exit != QueueExit.Moved && left.Waited > _longestWait)
            _longestWait = left.Waited;
        switch (left.Exit)
        {
            case QueueExit.Answered:
                _answered++;
                _waitOfAnswered += left.Waited;
                if (left.Waited <= threshold)
                    _answeredInTime++;
                break;
            case QueueExit.Abandoned:
                _abandoned++;
                if (left.Waited > threshold)
                    _abandonedAfterThreshold++;
                break;
            case QueueExit.TimedOut: _timedOut++; break;
            case QueueExit.Moved: MovedOn++; break;
            default: _withdrawn++; break;
        }
    }

    public QueueFigures Draw(QueueId? queue, TimeSpan? threshold, IEnumerable<QueueEntered> waiting)
    {
        var since = waiting.Select(entered => entered.EnqueuedAt).Order().ToList();
        return new()
        {
            Queue = queue,
            Threshold = threshold,
            Waiting = since.Count,
            WaitingSince = since.Count > 0 ? since[0] : null,
            Entered = Entered,
            Refused = Refused,
            Answered = _answered,
            AnsweredInTime = _answeredInTime,
            WaitOfAnswered = _waitOfAnswered,
            Abandoned = _abandoned,
            AbandonedAfterThreshold = _abandonedAfterThreshold,
            TimedOut = _timedOut,
            MovedOn = MovedOn,
            Withdrawn = _withdrawn,
            LongestWait = _longestWait,
        };
    }
}
