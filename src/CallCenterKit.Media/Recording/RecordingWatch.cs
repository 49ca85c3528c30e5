namespace CallCenterKit.Media.Recording;

/// <summary>Looks after the writers: gives their recordings room while a disk hangs, and says so when it hangs too long.</summary>
/// <param name="alarms">Told of it.</param>
/// <param name="alarmAfter">How long a disk may take.</param>
internal sealed class RecordingWatch(RecordingAlarms alarms, TimeSpan alarmAfter)
{
    /// <summary>How often to look.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<RecordingWriter, RecordingStall> _stalls = [];

    /// <summary>Somebody has been told of a stall and not yet of its end. The caller's of <see cref="Look"/>.</summary>
    public bool HasTold => _stalls.Count > 0;

    /// <summary>One caller at a time.</summary>
    public void Look(ReadOnlySpan<RecordingWriter> writers, long now)
    {
        foreach (var writer in writers)
        {
            var busyFor = TimeSpan.FromTicks(writer.BusySince is { } since ? now - since : 0);
            if (busyFor >= Late)
                writer.Provide();
            if (_stalls.TryGetValue(writer, out var stall))
                LookForEnd(writer, stall, now);
            else if (busyFor >= alarmAfter)
                Begin(writer, busyFor, now);
        }
    }

    private void Begin(RecordingWriter writer, TimeSpan busyFor, long now)
    {
        var stall = new RecordingStall(writer.Volume, new DateTimeOffset(now, TimeSpan.Zero) - busyFor, busyFor, writer.Count);
        _stalls[writer] = stall;
        alarms.Stalled(stall);
    }

    // A disk that comes back only to hang again has not recovered.
    private void LookForEnd(RecordingWriter writer, RecordingStall stall, long now)
    {
        var (started, took) = writer.LastWork;
        var hangs = writer.BusySince is { } since && now - since >= alarmAfter.Ticks / 2;
        if (started < stall.Since.UtcTicks || hangs || (started > stall.Since.UtcTicks && took >= alarmAfter / 2))
            return;
        _stalls.Remove(writer);
        alarms.Recovered(stall with { Lasted = new DateTimeOffset(now, TimeSpan.Zero) - stall.Since, Recordings = writer.Count });
    }
}
