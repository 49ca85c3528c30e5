using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Non-INVITE client transaction: RFC 3261 §17.1.2 figure 6.</summary>
internal sealed class SipNonInviteClientTransaction(
    SipTransactionLayer layer, SipMessageWriter request, ISipTransport transport, IPEndPoint remote, ISipClientTransactionOwner owner)
    : SipClientTransaction(layer, request, transport, remote, owner)
{
    internal override void Start()
    {
        State = SipTransactionState.Trying;
        if (!IsReliable) StartRetransmit(Times.T1); // timer E
        StartTimeout(Times.TransactionTimeout); // timer F
        SendRequest();
    }

    private protected override void OnInput(SipTransactionInput input, SipMessage? message)
    {
        switch (State, input)
        {
            case (SipTransactionState.Trying, SipTransactionInput.Retransmit): // timer E
                StartRetransmit(RetransmitInterval * 2 < Times.T2 ? RetransmitInterval * 2 : Times.T2);
                ResendRequest();
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.Retransmit): // timer E
                StartRetransmit(Times.T2);
                ResendRequest();
                break;
            case (SipTransactionState.Trying or SipTransactionState.Proceeding, SipTransactionInput.TimeOut): // timer F
                EndWith(SipTransactionFailure.TimedOut);
                break;
            case (SipTransactionState.Trying or SipTransactionState.Proceeding, SipTransactionInput.TransportError):
                EndWith(SipTransactionFailure.TransportError);
                break;
            case (SipTransactionState.Trying or SipTransactionState.Proceeding, SipTransactionInput.Provisional):
                State = SipTransactionState.Proceeding;
                Owner.OnResponse(this, message!);
                break;
            case (SipTransactionState.Trying or SipTransactionState.Proceeding, SipTransactionInput.Success or SipTransactionInput.Failure):
                State = SipTransactionState.Completed;
                StopTimers();
                Release();
                if (!IsReliable) StartTimeout(Times.T4); // timer K
                Owner.OnResponse(this, message!);
                if (IsReliable) Terminate();
                break;
            case (SipTransactionState.Completed, SipTransactionInput.TimeOut): // timer K
                Terminate();
                break;
        }
    }
}
