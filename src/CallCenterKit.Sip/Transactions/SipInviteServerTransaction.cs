using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>INVITE server transaction: RFC 3261 §17.2.1 figure 7, with the Accepted state of RFC 6026 §7.1.</summary>
internal sealed class SipInviteServerTransaction : SipServerTransaction
{
    private bool _retransmits2xx;
    private bool _retransmits1xx;

    internal SipInviteServerTransaction(SipTransactionLayer layer, SipMessage request, ISipTransport transport, IPEndPoint remote)
        : base(layer, request, transport, remote)
    {
        State = SipTransactionState.Proceeding;
        // A user that answers within 200 ms saves the 100 (RFC 3261 §17.2.1); ours answers within a few.
        StartRetransmit(Times.TryingDelay);
    }

    /// <summary>
    /// Repeats the 2xx just sent after T1, 2 T1... at most T2 until <see cref="Acknowledge"/>; after 64 T1 the owner is told
    /// <see cref="SipTransactionFailure.NotAcknowledged"/> (RFC 3261 §13.3.1.4). Over every transport, since the ACK is end to end.
    /// </summary>
    internal void RetransmitUntilAcknowledged()
    {
        if (State != SipTransactionState.Accepted) return;
        _retransmits2xx = true;
        StartRetransmit(Times.T1);
    }

    /// <summary>The ACK for the 2xx has come: the owner, a whole call, is not kept for the half minute this lingers.</summary>
    internal void Acknowledge()
    {
        if (!_retransmits2xx) return;
        _retransmits2xx = false;
        Owner = null;
        StopRetransmit();
    }

    /// <summary>
    /// Sends a provisional response that is repeated after T1, 2 T1, 4 T1... until <see cref="AcknowledgeProvisional"/>; after 64 T1
    /// the owner is told <see cref="SipTransactionFailure.NotAcknowledged"/> and refuses the INVITE (RFC 3262 §3).
    /// </summary>
    internal void RespondReliably(SipMessageWriter response)
    {
        Respond(response);
        if (State != SipTransactionState.Proceeding) return;
        _retransmits1xx = true;
        StartRetransmit(Times.T1);
        StartTimeout(Times.TransactionTimeout);
    }

    /// <summary>The PRACK for the provisional response has come.</summary>
    internal void AcknowledgeProvisional()
    {
        if (!_retransmits1xx) return;
        _retransmits1xx = false;
        if (State == SipTransactionState.Proceeding) StopTimers();
    }

    internal void OnAck(SipMessage ack) => OnInput(SipTransactionInput.Ack, ack);

    internal void OnCancel(SipMessage cancel)
    {
        if (!CanRespond) return;
        if (Owner is { } owner) owner.OnCancelled(this, cancel);
        else Respond(487);
    }

    private protected override void OnInput(SipTransactionInput input, SipMessage? message)
    {
        switch (State, input)
        {
            case (SipTransactionState.Proceeding, SipTransactionInput.Request):
                if (LastStatusCode == 0) Respond(100);
                else ResendResponse();
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.Retransmit) when _retransmits1xx: // RFC 3262 §3
                StartRetransmit(RetransmitInterval * 2);
                ResendResponse();
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.TimeOut): // RFC 3262 §3
                Owner?.OnFailed(this, SipTransactionFailure.NotAcknowledged);
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.Retransmit): // nothing sent yet
                Respond(100);
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.Provisional):
                StopRetransmit();
                SendResponse();
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.Success):
                State = SipTransactionState.Accepted;
                StopRetransmit();
                StartTimeout(Times.TransactionTimeout); // timer L
                SendResponse();
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.Failure):
                State = SipTransactionState.Completed;
                StopRetransmit();
                if (!IsReliable) StartRetransmit(Times.T1); // timer G
                StartTimeout(Times.TransactionTimeout); // timer H
                SendResponse();
                break;
            case (SipTransactionState.Completed, SipTransactionInput.Request):
                ResendResponse();
                break;
            case (SipTransactionState.Completed, SipTransactionInput.Retransmit):
                StartRetransmit(Min(RetransmitInterval * 2, Times.T2));
                ResendResponse();
                break;
            case (SipTransactionState.Completed, SipTransactionInput.Ack):
                State = SipTransactionState.Confirmed;
                StopTimers();
                Release();
                if (IsReliable) Terminate();
                else StartTimeout(Times.T4); // timer I
                break;
            case (SipTransactionState.Completed, SipTransactionInput.TimeOut): // timer H
                EndWith(SipTransactionFailure.NotAcknowledged);
                break;
            case (SipTransactionState.Confirmed, SipTransactionInput.TimeOut): // timer I
                Terminate();
                break;
            case (SipTransactionState.Accepted, SipTransactionInput.Success): // another 2xx of the user
                SendResponse();
                break;
            case (SipTransactionState.Accepted, SipTransactionInput.Ack):
                Layer.User.OnAck(message!);
                break;
            case (SipTransactionState.Accepted, SipTransactionInput.Retransmit) when _retransmits2xx:
                StartRetransmit(Min(RetransmitInterval * 2, Times.T2));
                ResendResponse();
                break;
            case (SipTransactionState.Accepted, SipTransactionInput.TimeOut): // timer L
                if (_retransmits2xx) EndWith(SipTransactionFailure.NotAcknowledged);
                else Terminate();
                break;
            case (SipTransactionState.Proceeding or SipTransactionState.Completed or SipTransactionState.Accepted, SipTransactionInput.TransportError):
                Owner?.OnFailed(this, SipTransactionFailure.TransportError); // stays, to absorb what is repeated (RFC 6026 §8.7)
                break;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
