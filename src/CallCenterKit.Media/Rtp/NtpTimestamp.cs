namespace CallCenterKit.Media.Rtp;

/// <summary>Wall time as RTCP carries it: seconds since 1900 with 32 bits of fraction (RFC 3550 §4); wraps in 2036.</summary>
/// <param name="Value">Seconds in the upper, fractions in the lower half.</param>
public readonly record struct NtpTimestamp(ulong Value)
{
    private static readonly DateTimeOffset Origin = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The middle 32 bits: units of 1/65,536 s, for round trips.</summary>
    public uint Middle => (uint)(Value >> 16);

    /// <summary>Converts an instant.</summary>
    /// <param name="instant">From 1900 on.</param>
    public static NtpTimestamp From(DateTimeOffset instant)
    {
        var ticks = (ulong)(instant - Origin).Ticks;
        var seconds = ticks / TimeSpan.TicksPerSecond;
        var fraction = ((ticks % TimeSpan.TicksPerSecond) << 32) / TimeSpan.TicksPerSecond;
        return new NtpTimestamp((seconds << 32) | fraction);
    }
}
