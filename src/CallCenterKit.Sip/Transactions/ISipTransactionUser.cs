using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transactions;

/// <summary>The layer above the transactions of one worker (the TU of RFC 3261 §17). Called on that worker only.</summary>
internal interface ISipTransactionUser
{
    /// <summary>A new request, neither ACK nor CANCEL. Set <see cref="SipServerTransaction.Owner"/> and answer now or later.</summary>
    void OnRequest(SipServerTransaction transaction, SipMessage request);

    /// <summary>An ACK for a 2xx: find the dialog by its tags. One that fits nothing is ignored (RFC 3261 §17.2.1).</summary>
    void OnAck(SipMessage ack);
}
