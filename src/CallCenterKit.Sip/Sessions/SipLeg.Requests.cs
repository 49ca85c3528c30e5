using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>What the other side asks within the dialog (RFC 3261 §12.2.2). Every request but ACK gets an answer.</summary>
internal sealed partial class SipLeg
{
    /// <inheritdoc />
    public void OnRequest(SipServerTransaction transaction, SipMessage request)
    {
        if (!_dialog!.TryAdvance(request.CSeq))
        {
            transaction.Respond(500, "Request Out of Order"u8);
            return;
        }
        _dialog.Hear(request);
        if (request.Method == SipMethod.Bye)
            OnBye(transaction, request);
        else if (IsEnded)
            transaction.Respond(481);
        else
            OnLiveRequest(transaction, request);
    }

    /// <inheritdoc />
    public void OnAck(SipMessage ack)
    {
        if (_unacknowledged is not { } answer || answer.CSeq != ack.CSeq)
            return;
        _unacknowledged = null;
        answer.Transaction.Acknowledge();
        if (_byeAfterAck is { } cause)
            SendBye(cause);
        else if (answer.HasOffer && !IsEnded && !TakeAnswer(ack))
            HangUp(HangUpCause.NoCommonFormat, CallEndedBy.Network);
        else
            ContinueReinvites();
    }

    private void OnLiveRequest(SipServerTransaction transaction, SipMessage request)
    {
        switch (request.Method)
        {
            case SipMethod.Invite:
                OnReinvite((SipInviteServerTransaction)transaction, request);
                break;
            case SipMethod.Update:
                OnUpdate(transaction, request);
                break;
            case SipMethod.Prack:
                OnPrack(transaction, request);
                break;
            case SipMethod.Info:
                OnInfo(transaction, request);
                break;
            case SipMethod.Refer:
                OnRefer(transaction, request);
                break;
            case SipMethod.Notify:
                OnNotify(transaction, request);
                break;
            default:
                _agent.Answer(transaction, request);
                break;
        }
    }

    private void OnBye(SipServerTransaction transaction, SipMessage bye)
    {
        transaction.Respond(200);
        // A caller may say BYE in place of CANCEL (RFC 3261 §15.1.2).
        if (_incoming is { Transaction.CanRespond: true } incoming)
            incoming.Transaction.Respond(487);
        _unacknowledged?.Transaction.Acknowledge();
        _unacknowledged = null;
        Finish(new(SipCauses.OfBye(bye), CallEndedBy.Party));
        Leave();
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
}
