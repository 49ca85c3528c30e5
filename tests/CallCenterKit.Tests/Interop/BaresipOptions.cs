using System.Net;

namespace CallCenterKit.Tests.Interop;

/// <summary>How a <see cref="BaresipPhone"/> is set up.</summary>
internal sealed record BaresipOptions
{
    public required string User { get; init; }

    public string Password { get; init; } = "";

    /// <summary>Where it registers; none for a phone that is called by its address only.</summary>
    public IPEndPoint? Registrar { get; init; }

    /// <summary>Seconds asked for in REGISTER.</summary>
    public int RegisterSeconds { get; init; } = 60;

    /// <summary>
    /// The sine it says all the time, at -7 dBFS. Not a multiple of 50 Hz, or a lost 20 ms packet leaves no mark in the wave.
    /// </summary>
    public required int ToneHz { get; init; }

    /// <summary>Answers by itself.</summary>
    public bool AutoAnswer { get; init; }

    /// <summary>udp, tcp or tls: how it reaches its registrar.</summary>
    public string Transport { get; init; } = "udp";

    /// <summary>The certificate it trusts (PEM), for tls; none trusts what the system trusts.</summary>
    public string? TrustedCertificate { get; init; }

    /// <summary>Keys in SDP: "srtp" offers them beside plain RTP, "srtp-mand" takes nothing else, "" has none.</summary>
    public string MediaEncryption { get; init; } = "";

    /// <summary>The address it calls from.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The proxy all of its requests go through; none when null.</summary>
    public IPEndPoint? OutboundProxy { get; init; }

    /// <summary>PCMU, PCMA and "G722/16000/1" in the order wanted, separated by a comma.</summary>
    public string Codecs { get; init; } = "PCMU";
}
