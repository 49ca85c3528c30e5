namespace CallCenterKit.Sip.Transactions;

/// <summary>Why a transaction ended without the answer it waited for.</summary>
internal enum SipTransactionFailure : byte
{
    /// <summary>No final answer within 64 T1: to be treated as 408 (RFC 3261 §8.1.3.1).</summary>
    TimedOut,

    /// <summary>The transport refused to send: to be treated as 503 (RFC 3261 §8.1.3.1).</summary>
    TransportError,

    /// <summary>A final answer to INVITE was not acknowledged within 64 T1; after a 2xx the dialog is to be ended (RFC 3261 §13.3.1.4).</summary>
    NotAcknowledged,
}
