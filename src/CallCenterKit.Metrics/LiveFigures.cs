using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;

namespace CallCenterKit.Metrics;

/// <summary>Service level, speed of answer and abandonment since the first entry it was given: a fold over the journal.</summary>
/// <remarks>
/// <see cref="Current"/> on any thread; <see cref="Apply"/> on one thread at a time. A stay in a queue counts where it
/// was entered; one that began before the first entry is left out. Each queue's threshold is that of the model in force
/// when the stay ends.
/// </remarks>
public sealed class LiveFigures : IEventFold
{
    private readonly Lock _lock = new();
    private readonly Dictionary<QueueId, QueueTally> _tallies = [];
    private readonly Dictionary<EntryId, QueueEntered> _waiting = [];
    private readonly QueueTally _total = new();
    private CallCenterModel _model = CallCenterModel.Empty;
    private DateTimeOffset? _since;
    private DateTimeOffset _at;
    private FiguresView? _current;

    /// <summary>The figures now; made when asked for, the same object until something changes.</summary>
    public FiguresView Current
    {
        get { lock (_lock) { return _current ??= Draw(); } }
    }

    /// <inheritdoc />
    public void Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_lock)
        {
            _since ??= entry.At;
            if (Take(entry.Event))
                (_at, _current) = (entry.At, null);
        }
    }

    private bool Take(CenterEvent happened)
    {
        switch (happened)
        {
            case ModelApplied e: _model = e.Model; return true;
            case QueueEntered e: Enter(e); return true;
            case QueueLeft e: return _waiting.Remove(e.Entry) && Leave(e);
            case QueueRefused e: Both(e.Queue, tally => tally.Refused++); return true;
            default: return false;
        }
    }

    private void Enter(QueueEntered entered)
    {
        _waiting[entered.Entry] = entered;
        Both(entered.Queue, tally => tally.Entered++);
    }

    private bool Leave(QueueLeft left)
    {
        var threshold = ThresholdOf(left.Queue);
        Both(left.Queue, tally => tally.Leave(left, threshold));
        // Who moved on is still in the center and comes in again at the next queue: one entry, one wait.
        if (left.Exit == QueueExit.Moved)
            (_total.Entered, _total.MovedOn) = (_total.Entered - 1, 0);
        return true;
    }

    private void Both(QueueId queue, Action<QueueTally> count)
    {
        if (!_tallies.TryGetValue(queue, out var tally))
            _tallies[queue] = tally = new();
        count(tally);
        count(_total);
    }

    private TimeSpan ThresholdOf(QueueId queue) => _model.Queues.TryGetValue(queue, out var model) ? model.ServiceLevelThreshold : QueueFigures.DefaultThreshold;

    private FiguresView Draw()
    {
        var waiting = _waiting.Values.ToLookup(entered => entered.Queue);
        var queues = _tallies.Keys.Union(_model.Queues.Keys)
            .OrderBy(queue => queue.Value, StringComparer.Ordinal)
            .Select(queue => (_tallies.GetValueOrDefault(queue) ?? new()).Draw(queue, ThresholdOf(queue), waiting[queue]))
            .ToList();
        return new(_since ?? default, _at, _total.Draw(null, null, _waiting.Values), queues);
    }
}
