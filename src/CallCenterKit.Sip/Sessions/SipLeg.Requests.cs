using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>What the other side asks within the dialog (RFC 3261 §12.2.2). Every request but ACK gets an answer.</summary>
internal sealed partial class SipLeg
{
    /// <summary>A request within the dialog, not ACK and not CANCEL.</summary>
    public void OnRequest(SipServerTransaction transaction, SipMessage request)
    {
        if (!_dialog!.TryAdvance(request.CSeq))
            transaction.Respond(500, "Request Out of Order"u8);
        else if (request.Method == SipMethod.Bye)
            OnBye(transaction);
        else if (IsEnded)
            transaction.Respond(481);
        else
            OnLiveRequest(transaction, request);
    }

    /// <summary>An ACK for a 2xx of ours.</summary>
    public void OnAck(SipMessage ack)
    {
        if (_unacknowledged is not { } answer || answer.CSeq != ack.CSeq)
            return;
        _unacknowledged = null;
        answer.Transaction.Acknowledge();
        if (_byeAfterAck is { } cause)
            SendBye(cause);
        else if (answer.HasOffer && !IsEnded && !TakeAnswerOfAck(ack))
            HangUp(HangUpCause.NoCommonFormat, CallEndedBy.Network);
        else
            BeginNextHold();
    }

    private void OnLiveRequest(SipServerTransaction transaction, SipMessage request)
    {
        switch (request.Method)
        {
            case SipMethod.Invite:
                OnReinvite((SipInviteServerTransaction)transaction, request);
                break;
            case SipMethod.Info:
                OnInfo(transaction, request);
                break;
            default:
                _agent.Answer(transaction, request);
                break;
        }
    }

    private void OnBye(SipServerTransaction transaction)
    {
        transaction.Respond(200);
        // A caller may say BYE in place of CANCEL (RFC 3261 §15.1.2).
        if (_incoming is { Transaction.CanRespond: true } incoming)
            incoming.Transaction.Respond(487);
        _unacknowledged?.Transaction.Acknowledge();
        _unacknowledged = null;
        Finish(new(HangUpCause.Normal, CallEndedBy.Party));
        Leave();
    }

    // RFC 3261 §14.2
    private void OnReinvite(SipInviteServerTransaction transaction, SipMessage request)
    {
        if (_hold is not null)
        {
            transaction.Respond(491);
            return;
        }
        if (Call.State != CallState.Answered || _unacknowledged is not null)
        {
            using var busy = transaction.BeginResponse(500).Header(SipHeader.RetryAfter, 1);
            transaction.Respond(busy);
            return;
        }
        if (!SipBody.TryReadOffer(request, out var offer, out var refusal))
        {
            _agent.Refuse(transaction, refusal);
            return;
        }
        var wasHeld = Media.IsHeldByRemote;
        var body = offer is null
            ? Media.Offer(Media.IsHeldByUs ? MediaDirection.SendOnly : MediaDirection.SendReceive)
            : Media.Answer(offer);
        if (body is null)
        {
            _agent.Refuse(transaction, 488);
            return;
        }
        _dialog!.Refresh(request);
        transaction.Owner = this;
        _unacknowledged = new(transaction, request.CSeq, HasOffer: offer is null, IsInitial: false);
        Accept(transaction, body);
        SignalHold(wasHeld);
    }

    private void OnInfo(SipServerTransaction transaction, SipMessage request)
    {
        if (DtmfRelay.TryRead(request, out var digit))
        {
            transaction.Respond(200);
            OnDigit(digit);
        }
        else if (request.Body.IsEmpty)
        {
            transaction.Respond(200);
        }
        else if (DtmfRelay.IsRelay(request))
        {
            transaction.Respond(400, "No Such Signal"u8);
        }
        else
        {
            using var response = transaction.BeginResponse(415).Header(SipHeader.Accept, "application/dtmf-relay, application/dtmf");
            transaction.Respond(response);
        }
    }

    private bool TakeAnswerOfAck(SipMessage ack)
    {
        var wasHeld = Media.IsHeldByRemote;
        if (!Media.TakeAnswer(ack.Body))
            return false;
        SignalHold(wasHeld);
        return true;
    }

    private void SignalHold(bool wasHeld)
    {
        if (Media.IsHeldByRemote != wasHeld)
            Signal(wasHeld ? new CallSignal.ResumeAsked() : new CallSignal.HoldAsked());
    }
}
