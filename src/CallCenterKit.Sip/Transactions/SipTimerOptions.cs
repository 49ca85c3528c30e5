using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Sip.Transactions;

/// <summary>The timers of RFC 3261 §17 (table 4), of one SIP driver. Rounded up to whole 10 ms.</summary>
public sealed class SipTimerOptions
{
    /// <summary>Estimate of the round trip: the first retransmission comes after it, and 64 of it end a transaction. 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan T1 { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause between retransmissions of anything but INVITE. 10 ms to 60 s, not below <see cref="T1"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan T2 { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a message stays in the network. 10 ms to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan T4 { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client waits for retransmitted final answers to INVITE over UDP (timer D). 10 ms to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan TimerD { get; set; } = TimeSpan.FromSeconds(32);

    /// <summary>An INVITE that got no answer by then is answered with 100 (RFC 3261 §17.2.1). 10 ms to 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:01")]
    public TimeSpan TryingDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    internal TimeSpan TransactionTimeout => T1 * 64;
}
