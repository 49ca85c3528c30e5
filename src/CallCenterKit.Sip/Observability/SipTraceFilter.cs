using System.Net;

namespace CallCenterKit.Sip.Observability;

/// <summary>Which messages a trace takes: those for which everything given holds; with nothing given, all.</summary>
public sealed record SipTraceFilter
{
    /// <summary>Those of one call: the attribute "sip.call-id" of its <see cref="Voice.ICall.Attributes"/>.</summary>
    public string? SipCallId { get; init; }

    /// <summary>Those of one phone: from or to its account, or over the addresses it is registered at.</summary>
    public EndpointId? Endpoint { get; init; }

    /// <summary>Those from or to one address, whatever the port.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Shows numbers in full. Credentials, keys and digits that callers press are never shown.</summary>
    public bool ShowNumbers { get; init; }

    /// <summary>How many messages are kept, 1 to 100,000; then the newest takes the place of the oldest.</summary>
    public int Capacity { get; init; } = 2000;
}
