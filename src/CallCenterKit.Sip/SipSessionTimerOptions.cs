using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Sip;

/// <summary>Session timers (RFC 4028): a call whose other side is gone without a goodbye ends by itself.</summary>
public sealed class SipSessionTimerOptions
{
    /// <summary>Refreshes calls, also with a far end that knows no session timers. On unless cleared; then far ends that ask for them are still served.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a call lives without a refresh; half of it is the pause between refreshes. 90 s to 1 day, not below <see cref="MinInterval"/>.</summary>
    [Range(typeof(TimeSpan), "00:01:30", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The shortest interval granted to a far end; shorter wishes get 422. 90 s (RFC 4028 §4) to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:30", "1.00:00:00")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromSeconds(90);
}
