namespace CallCenterKit.Sip.Observability;

/// <summary>Names of the driver's meter, its instruments and their tags, as an exporter sees them.</summary>
public static class SipMetricNames
{
    /// <summary>The meter, and the source of spans: what an exporter subscribes to.</summary>
    public const string Meter = "CallCenterKit.Sip";

    /// <summary>Requests without retransmissions, by <see cref="Direction"/> and <see cref="Method"/>.</summary>
    public const string Requests = "callcenter.sip.requests";

    /// <summary>Responses, by <see cref="Direction"/> and <see cref="Status"/>; those received with retransmissions.</summary>
    public const string Responses = "callcenter.sip.responses";

    /// <summary>Messages that were sent or received once more, by <see cref="Direction"/>.</summary>
    public const string Retransmissions = "callcenter.sip.retransmissions";

    /// <summary>Messages that were received and led to nothing, by <see cref="Reason"/>.</summary>
    public const string Dropped = "callcenter.sip.dropped";

    /// <summary>Messages that the network refused to send.</summary>
    public const string SendErrors = "callcenter.sip.send_errors";

    /// <summary>Faults of our own code; each is logged.</summary>
    public const string Faults = "callcenter.sip.faults";

    /// <summary>Legs that live.</summary>
    public const string Legs = "callcenter.sip.legs";

    /// <summary>Connections that are open, by <see cref="Transport"/> and <see cref="LocalAddress"/>; 0 for datagrams.</summary>
    public const string Connections = "callcenter.sip.transport.connections";

    /// <summary>Messages by <see cref="Transport"/>, <see cref="LocalAddress"/> and <see cref="Direction"/>, with retransmissions.</summary>
    public const string TransportMessages = "callcenter.sip.transport.messages";

    /// <summary>Messages and connections that failed, by <see cref="Transport"/> and <see cref="LocalAddress"/>.</summary>
    public const string TransportErrors = "callcenter.sip.transport.errors";

    /// <summary>1 for a trunk that is up, 0 for one that is not, by <see cref="Trunk"/>.</summary>
    public const string TrunkUp = "callcenter.sip.trunk.up";

    /// <summary>Calls a trunk carries, by <see cref="Trunk"/>.</summary>
    public const string TrunkCalls = "callcenter.sip.trunk.calls";

    /// <summary>Times a call went on from a server of a trunk to the next, by <see cref="Trunk"/>.</summary>
    public const string TrunkFailovers = "callcenter.sip.trunk.failovers";

    /// <summary>Tag: received, sent. Of a span: inbound, outbound.</summary>
    public const string Direction = "callcenter.sip.direction";

    /// <summary>Tag: INVITE, REGISTER and so on; _OTHER for a method that is in no list.</summary>
    public const string Method = "callcenter.sip.method";

    /// <summary>Tag: the status code, as a number.</summary>
    public const string Status = "callcenter.sip.status";

    /// <summary>Tag: malformed, junk (no SIP at all: keep-alives, noise), overrun (a worker was too far behind), stray (a response to nothing).</summary>
    public const string Reason = "callcenter.sip.reason";

    /// <summary>Tag: udp, tcp, tls.</summary>
    public const string Transport = "callcenter.sip.transport";

    /// <summary>Tag: the address and port a transport listens at.</summary>
    public const string LocalAddress = "callcenter.sip.local_address";

    /// <summary>Tag: the trunk; of a span the one a call comes from or goes to.</summary>
    public const string Trunk = "callcenter.sip.trunk";

    /// <summary>Tag of a span: the endpoint a call comes from or goes to.</summary>
    public const string Endpoint = "callcenter.sip.endpoint";

    /// <summary>Tag of a span: the calling number, masked.</summary>
    public const string From = "callcenter.sip.from";

    /// <summary>Tag of a span: the called number, masked.</summary>
    public const string To = "callcenter.sip.to";

    /// <summary>Tag of a span: the id of the leg.</summary>
    public const string Call = "callcenter.sip.call";

    /// <summary>Tag of a span: why it ended.</summary>
    public const string Cause = "callcenter.sip.cause";

    /// <summary>Tag of a span: who ended it: party, center, network.</summary>
    public const string EndedBy = "callcenter.sip.ended_by";
}
