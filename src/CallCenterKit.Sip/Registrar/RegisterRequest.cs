using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Registrar;

/// <summary>What an authenticated REGISTER asks for (RFC 3261 §10.3).</summary>
/// <param name="Endpoint">Whose contacts they are.</param>
/// <param name="CallId">Orders requests of one phone together with <paramref name="CSeq"/>.</param>
/// <param name="CSeq">Grows with each request of one Call-ID.</param>
/// <param name="From">Where it came from and how.</param>
internal sealed record RegisterRequest(EndpointId Endpoint, string CallId, uint CSeq, RegisterSource From)
{
    /// <summary>Contact: *; removes every binding.</summary>
    public bool Everything { get; init; }

    /// <summary>The Expires header in seconds, if any.</summary>
    public uint? Expires { get; init; }

    /// <summary>None asks only what is bound.</summary>
    public IReadOnlyList<RegisterContact> Contacts { get; init; } = [];
}

/// <summary>Where a REGISTER came from.</summary>
/// <param name="Address">The source of the packet.</param>
/// <param name="Local">Our own socket it arrived at.</param>
/// <param name="BehindNat">The sender's idea of its own address is not the source of the packet.</param>
internal sealed record RegisterSource(IPEndPoint Address, IPEndPoint Local, bool BehindNat)
{
    /// <summary>What carried it.</summary>
    public SipTransportProtocol Protocol { get; init; }
}

/// <summary>One value of Contact.</summary>
/// <param name="Uri">As the phone wrote it; it is given back the same way.</param>
/// <param name="Address">Its host and port when they are numeric.</param>
/// <param name="Expires">The expires parameter in seconds, if any.</param>
internal sealed record RegisterContact(string Uri, IPEndPoint? Address, uint? Expires)
{
    /// <summary>The transport its URI names; null when it names none.</summary>
    public SipTransportProtocol? Protocol { get; init; }

    /// <inheritdoc cref="ContactBinding.QThousandths" />
    public int? QThousandths { get; init; }

    /// <inheritdoc cref="ContactBinding.Instance" />
    public string? Instance { get; init; }

    /// <inheritdoc cref="ContactBinding.RegId" />
    public uint RegId { get; init; }
}
