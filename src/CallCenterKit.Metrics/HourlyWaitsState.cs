namespace CallCenterKit.Metrics;

/// <summary>The snapshot of <see cref="HourlyWaits"/>.</summary>
internal sealed record HourlyWaitsState(IReadOnlyDictionary<QueueId, string> TimeZones, IReadOnlyList<HourlyWaitsStay> Waiting, IReadOnlyList<HourlyWaitsHour> Hours);

/// <summary>Who waited then.</summary>
internal sealed record HourlyWaitsStay(EntryId Entry, QueueId Queue, DateTimeOffset Since);

/// <summary>One hour of the week.</summary>
/// <param name="Queue">Of which queue.</param>
/// <param name="HourOfWeek">From 0 on Sunday at midnight to 167.</param>
/// <param name="Day">The number of the day on which somebody entered last.</param>
/// <param name="Calls">How many entered.</param>
/// <param name="Seconds">Their waits.</param>
internal sealed record HourlyWaitsHour(QueueId Queue, int HourOfWeek, int Day, double Calls, double Seconds);
