namespace CallCenterKit.Sip.Transactions;

/// <summary>What can happen to a transaction. A response is divided as the figures of RFC 3261 §17 do.</summary>
internal enum SipTransactionInput : byte
{
    /// <summary>The same request again (server).</summary>
    Request,

    /// <summary>ACK for a final answer other than 2xx, or one with the branch of the INVITE.</summary>
    Ack,

    /// <summary>1xx.</summary>
    Provisional,

    /// <summary>2xx.</summary>
    Success,

    /// <summary>300 to 699.</summary>
    Failure,

    /// <summary>Timers A, E and G.</summary>
    Retransmit,

    /// <summary>Timers B, D, F, H, I, J, K, L and M: there is one of them at a time.</summary>
    TimeOut,
    TransportError,
}
