using System.ComponentModel.DataAnnotations;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip;

/// <summary>How the SIP driver listens, whom it knows, and how patient it is.</summary>
public sealed class SipOptions
{
    /// <summary>
    /// Protocols, addresses and ports to listen on: "udp:192.0.2.1:5060", "tcp:[::]:5060", "tls:0.0.0.0:5061"; without a protocol
    /// it is UDP, and port 0 takes a free one. "[::]" is IPv6 alone, so "0.0.0.0" may stand beside it. Empty means
    /// "udp:0.0.0.0:5060" and "tcp:0.0.0.0:5060". Requests of ours go by one that fits their protocol and address family; of several
    /// by that of <see cref="SipNetworkOptions.ListenAddress"/>, or from which the operating system sends to the peer, else by the first.
    /// </summary>
    /// <remarks>Requests over UDP stay there whatever their length (RFC 3261 §18.1.1 would change to TCP above 1,300 bytes).</remarks>
    public IList<string> Listen { get; } = [];

    /// <summary>
    /// The address phones and trunks are told in Contact and Via; needed behind a NAT. Null: the bound address, or where all are
    /// bound, the one from which the operating system sends to that peer. Counts for listening addresses of its family.
    /// </summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>Networks whose peers are told another address: those on this side of the NAT, those behind a VPN.</summary>
    public IList<SipNetworkOptions> Networks { get; } = [];

    /// <summary>The priority mark (DSCP) of packets that carry SIP, 0 to 63; 24 is CS3, what RFC 4594 gives to signalling.</summary>
    [Range(0, 63)]
    public int Dscp { get; set; } = 24;

    /// <summary>Limits of TCP and TLS.</summary>
    public SipStreamOptions Streams { get; } = new();

    /// <summary>Certificates of TLS.</summary>
    public SipTlsOptions Tls { get; } = new();

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

    /// <summary>The ways to and from the telephone network.</summary>
    public IList<SipTrunkOptions> Trunks { get; } = [];

    /// <summary>How names of trunks and proxies are looked up.</summary>
    public SipDnsOptions Dns { get; } = new();

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

    /// <summary>
    /// How often each contact of a phone is asked (OPTIONS) whether it is there, which also keeps its way through a NAT open;
    /// up to a tenth sooner, so that questions spread. What the phone sends by itself counts as an answer. 1 s to 1 hour; 0 asks nobody.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan QualifyInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a contact may take to answer; any response counts. 100 ms to 32 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:32")]
    public TimeSpan QualifyTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// After how many questions in a row without an answer, asked one right after the other, a contact is not rung any more, 1 to 100.
    /// It stays registered, is asked on, and is rung again once it has answered.
    /// </summary>
    [Range(1, 100)]
    public int QualifyFailures { get; set; } = 2;

    /// <summary>
    /// Which hashes phones may authenticate with. With both SHA-256 is offered first (RFC 8760 §2.4). MD5 alone unless set: many phones
    /// in use (baresip before 3.11, PJSIP up to 2.10) give up at a hash they do not know, and do not look at the next one.
    /// </summary>
    public SipDigestAlgorithms DigestAlgorithms { get; set; } = SipDigestAlgorithms.Md5;

    /// <summary>The shortest subscription granted to a message lamp, 1 s to 1 day; shorter wishes get 423.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MinSubscription { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest subscription granted, also to a phone that names no time; longer wishes are cut. 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxSubscription { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many subscriptions one endpoint may have at once, 1 to 100; one more ends the oldest.</summary>
    [Range(1, 100)]
    public int MaxSubscriptionsPerEndpoint { get; set; } = 10;

    /// <summary>
    /// Also tells phones of waiting messages that never subscribed, for models that expect it: when the count changes, and when the
    /// phone comes within reach. Off unless set; RFC 6665 §3.2 has no such thing.
    /// </summary>
    public bool UnsolicitedMessageWaiting { get; set; }

    /// <summary>How ringing, busy and reorder sound to those we play them to.</summary>
    [EnumDataType(typeof(CallProgressTones))]
    public CallProgressTones Tones { get; set; }

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

    /// <summary>How long a server of a trunk or a domain may stay silent after an INVITE before the next one is tried, 500 ms to 32 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:32")]
    public TimeSpan ServerTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Whether audio is encrypted with keys in SDP (RFC 4568), unless a phone or trunk has a policy of its own. Keys are worth as much as the transport that carries them: use TLS.</summary>
    public SrtpPolicy Srtp { get; set; } = SrtpPolicy.Accepted;

    /// <summary>The ciphers offered and taken, the most wanted first. Empty: all, the strongest first.</summary>
    public IList<SrtpSuite> SrtpSuites { get; } = []; // not filled here: a configuration would only add to it

    /// <summary>
    /// Audio formats by name, the most wanted first: "PCMA", "PCMU", "G722", "L16" or "L16/16000". Offers and answers follow this order,
    /// but a party that is dialled for another is offered that one's format first. Empty: PCMA, PCMU, G722.
    /// </summary>
    public IList<string> Codecs { get; } = []; // not filled here: a configuration would only add to it

    /// <summary>Session timers.</summary>
    public SipSessionTimerOptions SessionTimers { get; } = new();

    /// <summary>How long a dialled party may ring when the caller names no time, 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan MaxRingTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long an inbound leg may wait for its answer before it is refused, 1 s to 1 day; less if the caller says so in Expires.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxTimeToAnswer { get; set; } = TimeSpan.FromMinutes(10);

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
