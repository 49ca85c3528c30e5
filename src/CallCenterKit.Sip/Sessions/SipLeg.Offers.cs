using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>How the audio of a leg changes after it was agreed, and how its session is refreshed.</summary>
internal sealed partial class SipLeg
{
    private readonly Queue<Reinvite> _reinvites = new();
    private Reinvite? _reinvite;
    private bool _refusesUpdate;

    /// <summary>Holds or resumes by a re-INVITE, after those before it.</summary>
    public void Hold(bool hold, Operation<bool> operation)
    {
        if (FailIfEnded(operation))
            return;
        _reinvites.Enqueue(new(this, _agent, _dialog!, hold, operation));
        ContinueReinvites();
    }

    /// <summary>The re-INVITE in progress is over.</summary>
    public void OnReinviteDone()
    {
        _reinvite = null;
        ContinueReinvites();
    }

    /// <summary>Sends what waits; one INVITE at a time, in either direction (RFC 3261 §14.1).</summary>
    public void ContinueReinvites()
    {
        if (_unacknowledged is not null || IsEnded || (_reinvite is null && !_reinvites.TryDequeue(out _reinvite)))
            return;
        _reinvite.Begin();
    }

    /// <summary>Takes the answer to our offer, and tells the host when it holds or resumes; false when it is none we can use.</summary>
    public bool TakeAnswer(SipMessage message)
    {
        var wasHeld = Media.IsHeldByRemote;
        if (!Media.TakeAnswer(message.Body))
            return false;
        SignalHold(wasHeld);
        return true;
    }

    private void RefreshSession()
    {
        if (IsEnded)
            return;
        if (_dialog!.Abilities.HasFlag(SipAbilities.Update) && !_refusesUpdate)
            new Refresh(this).Send();
        else
            RefreshByReinvite();
    }

    private void RefreshByReinvite()
    {
        _reinvites.Enqueue(new(this, _agent, _dialog!, hold: null, operation: null));
        ContinueReinvites();
    }

    private void AbandonOffers()
    {
        _reinvite?.Abandon();
        while (_reinvites.TryDequeue(out var waiting))
            waiting.Abandon();
    }

    // RFC 3261 §14.2
    private void OnReinvite(SipInviteServerTransaction transaction, SipMessage request)
    {
        if (Call.State != CallState.Answered)
        {
            RespondLater(transaction);
        }
        else if (IsOurOfferOpen)
        {
            transaction.Respond(491);
        }
        else if (MayRefresh(transaction, request) && TryReadOffer(transaction, request, out var offer))
        {
            var wasHeld = Media.IsHeldByRemote;
            var body = offer is null
                ? Media.Offer(Media.IsHeldByUs ? MediaDirection.SendOnly : MediaDirection.SendReceive)
                : Media.Answer(offer);
            if (body is null)
            {
                _agent.Refuse(transaction, 488);
                return;
            }
            TakeRefresh(request);
            transaction.Owner = this;
            // Whoever goes on has our 2xx, though its ACK was lost or overtaken (RFC 5407 §3.1.4).
            _unacknowledged?.Transaction.Acknowledge();
            _unacknowledged = new(transaction, request.CSeq, HasOffer: offer is null, IsInitial: false);
            SignalHold(wasHeld);
            Accept(transaction, body);
        }
    }

    // RFC 3311 §5.2: unlike a re-INVITE it may come before the answer, and is answered at once.
    private void OnUpdate(SipServerTransaction transaction, SipMessage request)
    {
        if (!MayRefresh(transaction, request) || !TryReadOffer(transaction, request, out var offer))
            return;
        if (offer is not null && IsOurOfferOpen)
        {
            transaction.Respond(491);
        }
        else if (offer is not null && IsTheirOfferOpen)
        {
            RespondLater(transaction);
        }
        else
        {
            RespondToOffer(transaction, request, offer);
        }
    }

    // Not while a re-INVITE of ours backs off: the one that met it is to pass (RFC 3261 §14.1).
    private bool IsOurOfferOpen => _reinvite is { IsUnderway: true } || _unacknowledged is { HasOffer: true } || _reliable is { IsOfferPending: true };

    // Before the answer only the caller's PRACK for our SDP closes its offer.
    private bool IsTheirOfferOpen => _incoming is { Transaction.CanRespond: true } && !_isEarlyAnswerFinal;

    // 200 to a PRACK or UPDATE, with an answer when it brings an offer.
    private void RespondToOffer(SipServerTransaction transaction, SipMessage request, SessionDescription? offer)
    {
        var wasHeld = Media.IsHeldByRemote;
        var body = offer is null ? null : Media.Answer(offer);
        if (offer is not null && body is null)
        {
            _agent.Refuse(transaction, 488);
            return;
        }
        using var response = _services.Server(transaction.BeginResponse(200));
        if (transaction.Method == SipMethod.Update)
        {
            TakeRefresh(request);
            response.Header(SipHeader.Contact, _dialog!.Contact).Header(SipHeader.Allow, SipServices.Allow).Header(SipHeader.Supported, SipServices.Supported);
            // A session begins with the answer; there is nothing to refresh before (RFC 4028 §4).
            if (Call.State == CallState.Answered)
            {
                _session.TakeRequest(request);
                _session.WriteResponse(response);
            }
        }
        if (body is not null)
            response.Finish("application/sdp"u8, body);
        SignalHold(wasHeld);
        transaction.Respond(response);
    }

    private bool MayRefresh(SipServerTransaction transaction, SipMessage request)
    {
        if (!SessionTimer.IsTooBrief(request, _services.Options.SessionTimers, out var minimum))
            return true;
        _agent.RefuseInterval(transaction, minimum);
        return false;
    }

    private void TakeRefresh(SipMessage request)
    {
        _dialog!.Refresh(request);
        _dialog.Learn(request);
    }

    private bool TryReadOffer(SipServerTransaction transaction, SipMessage request, out SessionDescription? offer)
    {
        if (SipBody.TryReadOffer(request, out offer, out var refusal))
            return true;
        _agent.Refuse(transaction, refusal);
        return false;
    }

    // RFC 3261 §14.2, RFC 3311 §5.2: Retry-After between 0 and 10 s.
    private void RespondLater(SipServerTransaction transaction)
    {
        using var response = transaction.BeginResponse(500).Header(SipHeader.RetryAfter, (long)(_agent.Worker.NewTag() % 11));
        transaction.Respond(response);
    }

    // Before the answer goes out: who has it may call somebody else at once, and that call is another one when its caller holds nobody.
    private void SignalHold(bool wasHeld)
    {
        if (Call.State == CallState.Answered && Media.IsHeldByRemote != wasHeld)
            Signal(wasHeld ? new CallSignal.ResumeAsked() : new CallSignal.HoldAsked());
    }

    /// <summary>An UPDATE that only says that we are there (RFC 4028 §7.4, RFC 3311 §5.1).</summary>
    private sealed class Refresh(SipLeg leg) : DialogRequest(leg._dialog!, SipMethod.Update, leg.Transactions)
    {
        protected override void Write(SipMessageWriter request)
        {
            leg._services.UserAgent(request).Header(SipHeader.Supported, SipServices.Supported);
            leg._session.WriteRequest(request);
        }

        protected override bool IsWanted => !leg.IsEnded;

        protected override void OnFinal(int status, SipMessage? response)
        {
            if (leg.IsEnded)
                return;
            switch (status)
            {
                case < 300:
                    Dialog.Refresh(response!);
                    Dialog.Learn(response!);
                    leg._session.TakeResponse(response!);
                    break;
                case var _ when IsDialogLost(status, response):
                    leg.HangUp(HangUpCause.NetworkLost, CallEndedBy.Network);
                    break;
                case 405 or 501: // it said it can
                    leg._refusesUpdate = true;
                    leg.RefreshByReinvite();
                    break;
                case 422 when leg._session.TryRaise(response!):
                    Send();
                    break;
                default:
                    leg._session.RetryLater();
                    break;
            }
        }
    }
}
