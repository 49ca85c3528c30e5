using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Resolving;

/// <summary>What is to be found: the host of a URI, of a trunk or of an outbound proxy.</summary>
/// <param name="Host">A domain, the name of a machine, or a numeric address; IPv6 with or without brackets.</param>
public sealed record SipTarget(string Host)
{
    /// <summary>1 to 65535, or 0 when none is given: then the domain may name it (SRV).</summary>
    public int Port { get; init; }

    /// <summary>What has been asked for; null leaves it to the domain (NAPTR, SRV).</summary>
    public SipTransportProtocol? Transport { get; init; }

    /// <summary>A sips: target: TLS and nothing else.</summary>
    public bool IsSecure { get; init; }

    /// <summary>What we can send by, the most wanted first.</summary>
    public IReadOnlyList<SipTransportProtocol> Protocols { get; init; } = [SipTransportProtocol.Udp, SipTransportProtocol.Tcp, SipTransportProtocol.Tls];

    /// <summary>Whether we can send to IPv4 addresses.</summary>
    public bool UsesIPv4 { get; init; } = true;

    /// <summary>Whether we can send to IPv6 addresses; they come before those of IPv4.</summary>
    public bool UsesIPv6 { get; init; } = true;
}
