using System.Net;

namespace CallCenterKit.Sip.Transport;

/// <summary>One entry of <see cref="SipOptions.Listen"/>.</summary>
internal readonly record struct SipListenAddress(SipTransportProtocol Protocol, IPEndPoint Address)
{
    /// <summary>What an empty list means.</summary>
    internal static IReadOnlyList<SipListenAddress> Default { get; } =
    [
        new(SipTransportProtocol.Udp, new IPEndPoint(IPAddress.Any, 5060)),
        new(SipTransportProtocol.Tcp, new IPEndPoint(IPAddress.Any, 5060)),
    ];

    /// <summary>A protocol, or none for UDP, an address and a port.</summary>
    internal static bool TryParse(string text, out SipListenAddress listen)
    {
        listen = default;
        var protocol = SipTransportProtocol.Udp;
        var address = text.AsSpan();
        foreach (var (prefix, named) in Prefixes)
        {
            if (!address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) continue;
            protocol = named;
            address = address[prefix.Length..];
            break;
        }

        // Without a port an IPv6 address has no brackets, and an IPv4 address no colon.
        var hasPort = address.StartsWith('[') ? address.Contains("]:", StringComparison.Ordinal) : address.Count(':') == 1;
        if (!hasPort || !IPEndPoint.TryParse(address, out var endPoint)) return false;
        listen = new(protocol, endPoint);
        return true;
    }

    /// <summary>As it is written in the options.</summary>
    public override string ToString() => Protocol switch
    {
        SipTransportProtocol.Udp => $"udp:{Address}",
        SipTransportProtocol.Tcp => $"tcp:{Address}",
        _ => $"tls:{Address}",
    };

    private static readonly (string Prefix, SipTransportProtocol Protocol)[] Prefixes =
        [("udp:", SipTransportProtocol.Udp), ("tcp:", SipTransportProtocol.Tcp), ("tls:", SipTransportProtocol.Tls)];
}
