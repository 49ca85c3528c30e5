using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Whoever answers a request. Called on the worker.</summary>
internal interface ISipServerTransactionOwner
{
    /// <summary>CANCEL for an INVITE without a final answer (RFC 3261 §9.2). The CANCEL has been answered; the owner answers the INVITE, usually with 487.</summary>
    void OnCancelled(SipInviteServerTransaction transaction, SipMessage cancel);

    /// <summary>The answer could not be sent, or was not acknowledged.</summary>
    void OnFailed(SipServerTransaction transaction, SipTransactionFailure failure);
}
