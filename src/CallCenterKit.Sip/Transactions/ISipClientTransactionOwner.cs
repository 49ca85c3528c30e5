using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Whoever sent a request. Called on the worker.</summary>
internal interface ISipClientTransactionOwner
{
    /// <summary>A response: each provisional one, one final one, and for INVITE every 2xx that comes within 64 T1 (RFC 6026), so that it can be acknowledged again.</summary>
    void OnResponse(SipClientTransaction transaction, SipMessage response);

    /// <summary>No answer will come; the last call for this transaction.</summary>
    void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure);
}
