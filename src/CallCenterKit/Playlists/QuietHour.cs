using CallCenterKit.Metrics;

namespace CallCenterKit.Playlists;

/// <summary>When the callers of a queue are told in which hour the wait is shortest.</summary>
/// <param name="LeastCalls">An hour is known once so many calls came in it, by <see cref="HourlyWait.Calls"/>.</param>
/// <param name="LeastGain">How much shorter the mean wait must be then than in the present hour.</param>
/// <param name="TimeZone">The IANA time zone of the queue.</param>
internal sealed record QuietHour(int LeastCalls, TimeSpan LeastGain, string TimeZone)
{
    /// <summary>The hour that is worth telling, 0 to 23; null when there is none now.</summary>
    /// <remarks>By days of the week like today, where these know each hour that all days together know; otherwise by all days.</remarks>
    public int? Find(HourlyWaits waits, QueueId queue, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
        var (today, days) = (waits.Of(queue, local.DayOfWeek), waits.Of(queue));
        return Find(days.All(hour => !IsKnown(hour) || IsKnown(today[hour.Hour])) ? today : days, local.Hour);
    }

    private int? Find(IReadOnlyList<HourlyWait> hours, int present)
    {
        if (!IsKnown(hours[present]))
            return null;
        var shortest = hours.Where(IsKnown).MinBy(hour => hour.MeanWait)!;
        return hours[present].MeanWait - shortest.MeanWait >= LeastGain ? shortest.Hour : null;
    }

    private bool IsKnown(HourlyWait hour) => hour.Calls >= LeastCalls;
}
