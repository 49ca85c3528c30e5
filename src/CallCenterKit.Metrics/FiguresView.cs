namespace CallCenterKit.Metrics;

/// <summary>The figures at one moment. Never changes.</summary>
/// <param name="Since">When counting began.</param>
/// <param name="At">When the last event happened that it contains.</param>
/// <param name="Total">All queues together; a call that moved from queue to queue counts once.</param>
/// <param name="Queues">Each queue of the model, and each that had a caller, in order of their ids.</param>
public sealed record FiguresView(DateTimeOffset Since, DateTimeOffset At, QueueFigures Total, IReadOnlyList<QueueFigures> Queues);

/// <summary>The figures of one queue, or of all.</summary>
/// <remarks>
/// A wait begins when the caller was first enqueued, in whatever queue. What entered has been answered, abandoned, timed
/// out, moved on or withdrawn, or waits. Hang-ups before a queue are not in here.
/// </remarks>
public sealed record QueueFigures
{
    /// <summary>The threshold of a queue that the model does not name: 20 s.</summary>
    internal static readonly TimeSpan DefaultThreshold = TimeSpan.FromSeconds(20);

    /// <summary>Which queue; null for all together.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>Answered within this is in time; null for all together, where each queue's own counts.</summary>
    public TimeSpan? Threshold { get; init; }

    /// <summary>Stays that have not ended, those being offered included.</summary>
    public int Waiting { get; init; }

    /// <summary>Since when the one waits that waits longest; null when nobody does.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Stays that began.</summary>
    public long Entered { get; init; }

    /// <summary>Callers who found no place; they have not entered.</summary>
    public long Refused { get; init; }

    /// <summary>Stays that an agent's answer ended.</summary>
    public long Answered { get; init; }

    /// <summary>Answered at or before the threshold.</summary>
    public long AnsweredInTime { get; init; }

    /// <summary>The waits of the answered, added up.</summary>
    public TimeSpan WaitOfAnswered { get; init; }

    /// <summary>Stays that the caller ended.</summary>
    public long Abandoned { get; init; }

    /// <summary>Abandoned later than the threshold.</summary>
    public long AbandonedAfterThreshold { get; init; }

    /// <summary>Stays that the longest wait ended.</summary>
    public long TimedOut { get; init; }

    /// <summary>Stays that went on in another queue; 0 for all together.</summary>
    public long MovedOn { get; init; }

    /// <summary>Stays that a flow, closing time, an empty queue, a callback in vain, or the end of the queue or center ended.</summary>
    public long Withdrawn { get; init; }

    /// <summary>The longest wait that has ended.</summary>
    public TimeSpan LongestWait { get; init; }

    /// <summary>Service level F4, 0 to 1: answered in time / (answered + abandoned after the threshold). Null before the first of them.</summary>
    public double? ServiceLevelF4 => Ratio(AnsweredInTime, Answered + AbandonedAfterThreshold);

    /// <summary>ASA: mean wait of the answered. Null before the first answer.</summary>
    public TimeSpan? AverageSpeedOfAnswer => Answered == 0 ? null : WaitOfAnswered / Answered;

    /// <summary>Abandoned / entered, 0 to 1. Null before the first entry.</summary>
    public double? AbandonmentRate => Ratio(Abandoned, Entered);

    private static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
