using System.ComponentModel.DataAnnotations;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip;

/// <summary>How the SIP driver listens, whom it knows, and how patient it is.</summary>
public sealed class SipOptions
{
    /// <summary>Addresses and UDP ports to listen on, as "192.0.2.1:5060"; port 0 takes a free one. Empty means 0.0.0.0:5060.</summary>
    public IList<string> Listen { get; } = [];

    /// <summary>The address phones and trunks are told in Contact and Via; needed behind a NAT. Null: the address of the socket or interface.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>The realm of digest authentication, 1 to 128 characters. Changing it makes stored HA1 values void.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1)]
    public string Realm { get; set; } = "callcenterkit";

    /// <summary>What the User-Agent and Server headers say; empty leaves them out.</summary>
    [StringLength(128)]
    public string UserAgent { get; set; } = "CallCenterKit";

    /// <summary>The phones that may register and call.</summary>
    public IList<SipAccountOptions> Accounts { get; } = [];

    /// <summary>Peers whose calls are let in by source address, without a password. None unless added.</summary>
    public IList<TrustedPeerOptions> TrustedPeers { get; } = [];

    /// <summary>Lets calls in from users without an account, as strangers. Off unless set.</summary>
    public bool AllowStrangers { get; set; }

    /// <summary>The shortest registration granted, 1 s to 1 day; shorter wishes get 423.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MinRegistration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The registration granted to a phone that names no time, 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan DefaultRegistration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest registration granted, 1 s to 1 day; longer wishes are cut.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxRegistration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many contacts one endpoint may have at once, 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxContactsPerEndpoint { get; set; } = 10;

    /// <summary>How long a nonce may be used, 5 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan NonceLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often in a row one source address may fail to authenticate before it has to wait, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int FailedAttemptsBurst { get; set; } = 20;

    /// <summary>How long a source address that has used up its failed attempts waits for the next one, 100 ms to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FailedAttemptsRefill { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The protocol's own timers.</summary>
    public SipTimerOptions Timers { get; } = new();

    /// <summary>How long a dialled party may ring when the caller names no time, 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan MaxRingTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Ends an answered leg from which no RTP comes for <see cref="Media.Engine.MediaOptions.MediaTimeout"/>, unless one side holds it.</summary>
    public bool EndSilentCalls { get; set; } = true;

    /// <summary>How long stopping waits for the goodbyes of calls in progress, 0 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan GoodbyeTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Threads that read and answer SIP, 0 to 64; dialogs are spread over them by Call-ID. With 0 there is none: whoever brings
    /// a message or moves the clock does the work, which makes tests under virtual time deterministic.
    /// </summary>
    [Range(0, 64)]
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>How many legs may live at once, 1 to 1,000,000; more are refused with 503.</summary>
    [Range(1, 1_000_000)]
    public int MaxCalls { get; set; } = 10_000;

    /// <summary>Numbers whose calls from our own phones pass <see cref="MaxCalls"/> and a driver that refuses new calls.</summary>
    public IList<string> EmergencyNumbers { get; } = [];
}
