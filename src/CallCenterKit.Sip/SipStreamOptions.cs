using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Sip;

/// <summary>Limits of SIP over TCP and TLS, the same for every listening address. Times are checked once a second.</summary>
public sealed class SipStreamOptions
{
    /// <summary>The longest message taken, header and body, 1,024 to 65,535 bytes; a longer one is answered with 413 and its connection closed.</summary>
    [Range(1024, 65_535)]
    public int MaxMessageBytes { get; set; } = 65_535;

    /// <summary>The longest start line with header taken, 1,024 to 65,535 bytes; a longer one is answered with 400 and its connection closed.</summary>
    [Range(1024, 65_535)]
    public int MaxHeaderBytes { get; set; } = 16_384;

    /// <summary>How many connections one listening address may have at once, 1 to 1,000,000; more are closed as they come, and none is opened.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>How many connections may come from one IPv4 address or IPv6 /64 network, 1 to 1,000,000; phones behind one NAT share theirs.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 500;

    /// <summary>How much may wait to be sent on one connection, 65,536 to 16,777,216 bytes; what comes on top is refused.</summary>
    [Range(65_536, 16_777_216)]
    public int MaxQueuedBytes { get; set; } = 524_288;

    /// <summary>How long a connection of ours may take to be made, TLS included, 100 ms to 1 min; messages wait meanwhile.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long the TLS handshake of a peer that connects may take, 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a peer that connects may wait with its first message, 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan FirstMessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a message may take from its first byte to its last, 1 s to 5 min; a slower one closes its connection.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Closes a connection over which nothing came for so long, not even a keep-alive, 1 min to 7 days. Not under
    /// <see cref="SipOptions.MaxRegistration"/>, or phones that send no keep-alives lose their connection between two registrations.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(65);

    /// <summary>After how much silence of the peer an empty line is sent that keeps NATs open (RFC 5626 §4.4.1), up to 1 hour; zero sends none.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a peer may leave what we sent without acknowledgement (TCP), or a keep-alive without the answer it used to give, 2 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan DeadPeerTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
