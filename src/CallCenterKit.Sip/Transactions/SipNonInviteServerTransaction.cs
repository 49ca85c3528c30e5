using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Non-INVITE server transaction: RFC 3261 §17.2.2 figure 8.</summary>
internal sealed class SipNonInviteServerTransaction : SipServerTransaction
{
    internal SipNonInviteServerTransaction(SipTransactionLayer layer, SipMessage request, ISipTransport transport, IPEndPoint remote)
        : base(layer, request, transport, remote) => State = SipTransactionState.Trying;

    private protected override void OnInput(SipTransactionInput input, SipMessage? message)
    {
        switch (State, input)
        {
            case (SipTransactionState.Trying, SipTransactionInput.Provisional):
                State = SipTransactionState.Proceeding;
                SendResponse();
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.Provisional):
                SendResponse();
                break;
            case (SipTransactionState.Trying or SipTransactionState.Proceeding, SipTransactionInput.Success or SipTransactionInput.Failure):
                State = SipTransactionState.Completed;
                if (!IsReliable) StartTimeout(Times.TransactionTimeout); // timer J
                SendResponse();
                if (IsReliable) Terminate();
                break;
            case (SipTransactionState.Proceeding or SipTransactionState.Completed, SipTransactionInput.Request):
                ResendResponse();
                break;
            case (SipTransactionState.Completed, SipTransactionInput.TimeOut): // timer J
                Terminate();
                break;
            case (SipTransactionState.Proceeding or SipTransactionState.Completed, SipTransactionInput.TransportError):
                EndWith(SipTransactionFailure.TransportError);
                break;
        }
    }
}
