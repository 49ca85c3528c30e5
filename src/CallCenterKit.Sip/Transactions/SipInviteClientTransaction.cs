using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>INVITE client transaction: RFC 3261 §17.1.1 figure 5, with the Accepted state of RFC 6026 §7.2.</summary>
internal sealed class SipInviteClientTransaction(
    SipTransactionLayer layer, SipMessageWriter request, ISipTransport transport, IPEndPoint remote, ISipClientTransactionOwner owner)
    : SipClientTransaction(layer, request, transport, remote, owner)
{
    private bool _cancelWanted;
    private string? _cancelReason;

    /// <summary>Whether <see cref="Cancel"/> was called before the final response.</summary>
    internal bool IsCancelled { get; private set; }

    internal override void Start()
    {
        State = SipTransactionState.Calling;
        if (!IsReliable) StartRetransmit(Times.T1); // timer A
        StartTimeout(Times.TransactionTimeout); // timer B
        SendRequest();
    }

    /// <summary>
    /// Sends CANCEL, at once or as soon as a provisional response has come (RFC 3261 §9.1). The final response, usually 487 but
    /// possibly a 2xx that crossed, still reaches the owner; when none comes within 64 T1, <see cref="SipTransactionFailure.TimedOut"/> does.
    /// </summary>
    /// <param name="reason">The value of Reason in the CANCEL (RFC 3326); null leaves it out.</param>
    internal void Cancel(string? reason = null)
    {
        if (IsCancelled) return;
        _cancelReason = reason;
        switch (State)
        {
            case SipTransactionState.Calling:
                IsCancelled = _cancelWanted = true;
                break;
            case SipTransactionState.Proceeding:
                IsCancelled = true;
                SendCancel();
                break;
        }
    }

    private protected override void OnInput(SipTransactionInput input, SipMessage? message)
    {
        switch (State, input)
        {
            case (SipTransactionState.Calling, SipTransactionInput.Retransmit): // timer A
                StartRetransmit(RetransmitInterval * 2);
                ResendRequest();
                break;
            case (SipTransactionState.Calling or SipTransactionState.Proceeding, SipTransactionInput.TimeOut): // timer B; after CANCEL
                EndWith(SipTransactionFailure.TimedOut);
                break;
            case (SipTransactionState.Calling, SipTransactionInput.Provisional):
                State = SipTransactionState.Proceeding;
                StopTimers();
                Owner.OnResponse(this, message!);
                if (_cancelWanted && State == SipTransactionState.Proceeding) SendCancel();
                break;
            case (SipTransactionState.Proceeding, SipTransactionInput.Provisional):
                Owner.OnResponse(this, message!);
                break;
            case (SipTransactionState.Calling or SipTransactionState.Proceeding, SipTransactionInput.Success):
                State = SipTransactionState.Accepted;
                StopTimers();
                Release();
                StartTimeout(Times.TransactionTimeout); // timer M
                Owner.OnResponse(this, message!);
                break;
            case (SipTransactionState.Calling or SipTransactionState.Proceeding, SipTransactionInput.Failure):
                State = SipTransactionState.Completed;
                StopTimers();
                KeepAck(message!);
                if (!IsReliable) StartTimeout(Times.TimerD);
                var isSent = SendAck();
                Owner.OnResponse(this, message!);
                if (IsReliable || !isSent) Terminate();
                break;
            case (SipTransactionState.Completed, SipTransactionInput.Failure):
                Worker.Statistics.CountRetransmissionReceived();
                if (!SendAck()) Terminate();
                break;
            case (SipTransactionState.Accepted, SipTransactionInput.Success):
                Owner.OnResponse(this, message!);
                break;
            case (SipTransactionState.Completed or SipTransactionState.Accepted, SipTransactionInput.TimeOut): // timers D, M
                Terminate();
                break;
            case (SipTransactionState.Calling or SipTransactionState.Proceeding, SipTransactionInput.TransportError):
                EndWith(SipTransactionFailure.TransportError);
                break;
        }
    }

    // The ACK takes the place of the request, which nobody needs any more.
    private void KeepAck(SipMessage response)
    {
        using var request = SipMessage.Parse(Sent);
        using var ack = SipFollowUp.BeginAck(request, response, Transport, Remote, BranchId);
        Keep(ack.Finish());
    }

    // False on a transport error, which ends the transaction; the owner has his final response and hears no more.
    private bool SendAck()
    {
        Worker.Statistics.CountRequestSent(SipMethod.Ack);
        return SendKept();
    }

    private void SendCancel()
    {
        using var request = SipMessage.Parse(Sent);
        using var cancel = SipFollowUp.BeginCancel(request, Transport, Remote, BranchId);
        if (_cancelReason is not null) cancel.Header(SipHeader.Reason, _cancelReason);
        Layer.Send(cancel, Transport, Remote, SipNoOwner.Instance);
        StartTimeout(Times.TransactionTimeout);
    }
}
