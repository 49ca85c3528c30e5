using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>A re-INVITE of ours that holds or resumes (RFC 3261 §14.1, RFC 3264 §8.4). Worker only.</summary>
internal sealed class OutgoingHold : ISipClientTransactionOwner
{
    private readonly SipLeg _leg;
    private readonly SipUserAgent _agent;
    private readonly bool _hold;
    private readonly Operation<bool> _operation;
    private readonly WorkerTimer _retry;
    private SipDialog _dialog = null!;
    private uint _cseq;
    private bool _isOver;

    public OutgoingHold(SipLeg leg, SipUserAgent agent, bool hold, Operation<bool> operation)
    {
        _leg = leg;
        _agent = agent;
        _hold = hold;
        _operation = operation;
        _retry = new(agent.Worker, Send);
    }

    public void Begin(SipDialog dialog)
    {
        _dialog = dialog;
        if (_leg.Media.IsHeldByUs == _hold)
            Complete();
        else
            Send();
    }

    /// <summary>The leg has ended.</summary>
    public void Abandon()
    {
        _isOver = true;
        _retry.Stop();
        _operation.Fail(new CallEndedException(_leg.Call.Id, _leg.Call.Ending));
    }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200)
            return;
        if (response.StatusCode < 300)
            OnAccepted(response);
        else if (!_isOver)
            OnRefused(response.StatusCode);
    }

    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure)
    {
        if (!_isOver)
            _leg.HangUp(HangUpCause.NetworkLost, CallEndedBy.Network);
    }

    private void Send()
    {
        using var invite = _agent.Services.UserAgent(_dialog.Request(SipMethod.Invite, _agent.Worker.Transactions));
        _cseq = _dialog.LocalCSeq;
        invite.Header(SipHeader.Allow, SipServices.Allow);
        invite.Finish("application/sdp"u8, _leg.Media.Offer(_hold ? MediaDirection.SendOnly : MediaDirection.SendReceive));
        _agent.Worker.Transactions.Send(invite, _dialog.Transport, _dialog.Destination, this);
    }

    // Also for a 2xx that is repeated because our ACK was lost.
    private void OnAccepted(SipMessage response)
    {
        _dialog.Refresh(response);
        using (var ack = _dialog.Ack(_cseq, _agent.Worker.Transactions))
            _agent.Worker.Transactions.SendStateless(ack, _dialog.Transport, _dialog.Destination);
        if (_isOver)
            return;
        if (_leg.Media.TakeAnswer(response.Body))
            Complete();
        else
            _leg.HangUp(HangUpCause.NoCommonFormat, CallEndedBy.Network);
    }

    private void OnRefused(int status)
    {
        _leg.Media.WithdrawOffer();
        switch (status)
        {
            case 491:
                _retry.Start(GlareDelay());
                break;
            case 408 or 481: // the other side has lost the call (RFC 3261 §12.2.1.2)
                _leg.HangUp(HangUpCause.NetworkLost, CallEndedBy.Network);
                break;
            default:
                _isOver = true;
                _operation.Fail(new NotSupportedException($"The far end of call {_leg.Call.Id} refused to be {(_hold ? "held" : "resumed")}: {status}."));
                _leg.OnHoldDone();
                break;
        }
    }

    private void Complete()
    {
        _isOver = true;
        _operation.Complete(true);
        _leg.OnHoldDone();
    }

    // RFC 3261 §14.1: the owner of the Call-ID waits longer, in steps of 10 ms.
    private TimeSpan GlareDelay()
    {
        var step = TimeSpan.FromMilliseconds(10);
        var drawn = _agent.Worker.NewTag();
        return _leg.Call.Direction == CallDirection.Outbound
            ? TimeSpan.FromSeconds(2.1) + (step * (drawn % 191))
            : step * (drawn % 201);
    }
}
