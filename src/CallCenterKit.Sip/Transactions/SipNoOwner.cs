using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transactions;

/// <summary>For requests whose answer nobody waits for, as CANCEL.</summary>
internal sealed class SipNoOwner : ISipClientTransactionOwner
{
    internal static readonly SipNoOwner Instance = new();

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
    }

    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure)
    {
    }
}
