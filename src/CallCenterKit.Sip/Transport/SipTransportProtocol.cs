namespace CallCenterKit.Sip.Transport;

/// <summary>What carries SIP messages.</summary>
public enum SipTransportProtocol
{
    /// <summary>Datagrams; the transactions retransmit (RFC 3261 §18.1).</summary>
    Udp,

    /// <summary>A stream; nothing is retransmitted but 2xx to INVITE.</summary>
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,
}
