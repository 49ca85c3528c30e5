namespace CallCenterKit.Storage.Sqlite;

/// <summary>Instants as the store keeps them: whole microseconds since 1970, UTC.</summary>
internal static class StoreTime
{
    /// <summary>The instant; a fraction of a microsecond goes up, so that bounds of a span stay exact.</summary>
    public static long Microseconds(DateTimeOffset instant)
    {
        var (whole, rest) = Math.DivRem(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond);
        return rest > 0 ? whole + 1 : whole;
    }

    public static DateTimeOffset Instant(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
