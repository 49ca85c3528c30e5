using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>One leg: its dialog, its audio, and how both end. Worker only, but for what the media thread hands over.</summary>
/// <remarks>A leg ends exactly once, in <see cref="Finish"/>; its dialog may outlive it until the goodbye is answered.</remarks>
internal sealed partial class SipLeg : ISipServerTransactionOwner, ILegMediaOwner
{
    private readonly SipUserAgent _agent;
    private readonly SipServices _services;
    private readonly Queue<OutgoingHold> _holds = new();
    private SipDialog? _dialog;
    private IncomingInvite? _incoming;
    private UnacknowledgedAnswer? _unacknowledged;
    private OutgoingHold? _hold;
    private HangUpCause? _byeAfterAck;
    private ulong _tag;
    private bool _isKnown;

    public SipLeg(SipUserAgent agent, SipCallFacts facts)
    {
        _agent = agent;
        _services = agent.Services;
        Media = new(_services, this);
        Call = new(this, _services, agent.Worker, facts);
    }

    public SipCall Call { get; }

    public LegMedia Media { get; }

    public bool IsEnded => Call.State == CallState.Ended;

    /// <summary>Whether the request comes from the other side of this dialog.</summary>
    public bool Owns(SipMessage request) => _dialog is { } dialog && dialog.Id.Matches(request);

    private SipTransactionLayer Transactions => _agent.Worker.Transactions;

    /// <summary>Begins an inbound leg; the INVITE waits until the host decides.</summary>
    public void Receive(IncomingInvite incoming, SipDialog dialog, ulong tag)
    {
        _incoming = incoming;
        incoming.Transaction.Owner = this;
        Adopt(dialog, tag);
    }

    /// <summary>The party we dialled has answered and audio is agreed.</summary>
    public void Establish(SipDialog dialog, ulong tag)
    {
        Adopt(dialog, tag);
        EnterAnswered();
    }

    /// <summary>The party we dialled is being rung.</summary>
    public void EnterRinging()
    {
        if (Call.State != CallState.Trying)
            return;
        Call.Enter(CallState.Ringing);
        Signal(new CallSignal.Ringing());
    }

    /// <summary>180 to an inbound caller.</summary>
    public void Ring(Operation<bool> operation)
    {
        if (FailIfEnded(operation))
            return;
        if (Call.State == CallState.Trying && _incoming is { } incoming)
        {
            using var response = _services.Server(incoming.Transaction.BeginResponse(180).Header(SipHeader.Contact, _dialog!.Contact));
            Call.Enter(CallState.Ringing);
            incoming.Transaction.Respond(response);
        }
        operation.Complete(true);
    }

    /// <summary>200 with SDP to an inbound caller.</summary>
    public void Answer(Operation<bool> operation)
    {
        if (FailIfEnded(operation))
            return;
        if (Call.State != CallState.Answered && _incoming is { } incoming && !TryAnswer(incoming))
        {
            operation.Fail(new CallEndedException(Call.Id, Call.Ending));
            return;
        }
        operation.Complete(true);
    }

    /// <summary>Refuses, or says BYE.</summary>
    public void HangUp(HangUpCause cause) => HangUp(cause, CallEndedBy.Center);

    public void HangUp(HangUpCause cause, CallEndedBy by)
    {
        if (IsEnded)
            return;
        if (_incoming is { } incoming && Call.State != CallState.Answered)
        {
            Refuse(incoming, cause, SipCauses.StatusFor(cause), by);
            return;
        }
        Finish(new(cause, by));
        // A UAS may not say BYE before its 2xx is acknowledged or given up (RFC 3261 §15).
        if (_unacknowledged is { IsInitial: true })
            _byeAfterAck = cause;
        else
            SendBye(cause);
    }

    /// <summary>A re-INVITE of ours, after those before it.</summary>
    public void Hold(bool hold, Operation<bool> operation)
    {
        if (FailIfEnded(operation))
            return;
        _holds.Enqueue(new(this, _agent, hold, operation));
        BeginNextHold();
    }

    /// <summary>The re-INVITE in progress is over.</summary>
    public void OnHoldDone()
    {
        _hold = null;
        BeginNextHold();
    }

    void ISipServerTransactionOwner.OnCancelled(SipInviteServerTransaction transaction, SipMessage cancel)
    {
        transaction.Respond(487);
        Finish(new(SipCauses.OfCancel(cancel), CallEndedBy.Party, 487));
        Leave();
    }

    void ISipServerTransactionOwner.OnFailed(SipServerTransaction transaction, SipTransactionFailure failure)
    {
        if (_unacknowledged is { } answer && answer.Transaction == transaction && failure == SipTransactionFailure.NotAcknowledged)
        {
            _unacknowledged = null;
            Finish(new(HangUpCause.NetworkLost, CallEndedBy.Network));
            SendBye(_byeAfterAck ?? HangUpCause.NetworkLost);
        }
        else if (failure == SipTransactionFailure.TransportError && !IsEnded)
        {
            Finish(new(HangUpCause.NetworkLost, CallEndedBy.Network));
            if (_unacknowledged is null)
                Leave();
            else
                _byeAfterAck = HangUpCause.NetworkLost;
        }
    }

    void ILegMediaOwner.OnDigit(char digit) => _agent.Worker.Post(_ => OnDigit(digit), null);

    void ILegMediaOwner.OnMediaTimeout() => _agent.Worker.Post(static state => ((SipLeg)state!).OnSilence(), this);

    /// <summary>The end of the leg: once, whatever comes first.</summary>
    public void Finish(CallEnding ending)
    {
        if (IsEnded)
            return;
        Call.End(ending);
        Media.Dispose();
        _services.RemoveLeg();
        _hold?.Abandon();
        while (_holds.TryDequeue(out var waiting))
            waiting.Abandon();
        // A leg that was dialled in vain and never rang is unknown to the host.
        if (_isKnown || Call.Direction == CallDirection.Inbound)
            Signal(new CallSignal.Ended(ending));
    }

    /// <summary>Requests of the other side get 481 from now on.</summary>
    public void Leave() => _agent.Remove(_tag, this);

    private void Adopt(SipDialog dialog, ulong tag)
    {
        _dialog = dialog;
        _tag = tag;
        _agent.Add(tag, this);
    }

    private bool TryAnswer(IncomingInvite incoming)
    {
        try
        {
            Media.Open(_dialog!.Transport.AdvertisedTo(_dialog.Peer.Address).Address, _services.Codecs, _agent.NewSessionId());
        }
        catch (MediaPortsExhaustedException)
        {
            Refuse(incoming, HangUpCause.Congestion, 503, CallEndedBy.Center);
            return false;
        }
        var body = incoming.Offer is { } offer ? Media.Answer(offer) : Media.Offer(MediaDirection.SendReceive);
        if (body is null)
        {
            Refuse(incoming, HangUpCause.NoCommonFormat, 488, CallEndedBy.Center);
            return false;
        }
        _unacknowledged = new(incoming.Transaction, incoming.CSeq, HasOffer: incoming.Offer is null, IsInitial: true);
        Accept(incoming.Transaction, body);
        if (!IsEnded)
            EnterAnswered();
        return !IsEnded;
    }

    private void Accept(SipInviteServerTransaction transaction, byte[] body)
    {
        using var response = _services.Server(transaction.BeginResponse(200)
            .Header(SipHeader.Contact, _dialog!.Contact)
            .Header(SipHeader.Allow, SipServices.Allow));
        response.Finish("application/sdp"u8, body);
        transaction.Respond(response);
        transaction.RetransmitUntilAcknowledged();
    }

    private void EnterAnswered()
    {
        Call.Enter(CallState.Answered);
        Signal(new CallSignal.Answered());
        if (Media.IsHeldByRemote)
            Signal(new CallSignal.HoldAsked());
    }

    private void Refuse(IncomingInvite incoming, HangUpCause cause, int status, CallEndedBy by)
    {
        using var response = _services.Server(incoming.Transaction.BeginResponse(status));
        if (status == 503)
            response.Header(SipHeader.RetryAfter, 5);
        Finish(new(cause, by, status));
        incoming.Transaction.Respond(response);
        Leave();
    }

    private void SendBye(HangUpCause cause)
    {
        using var bye = _services.UserAgent(_dialog!.Request(SipMethod.Bye, Transactions));
        if (SipCauses.ReasonFor(cause) is { } reason)
            bye.Header(SipHeader.Reason, reason);
        Transactions.Send(bye, _dialog.Transport, _dialog.Destination, new Goodbye(this));
    }

    private void OnDigit(char digit)
    {
        if (Call.State == CallState.Answered)
            Signal(new CallSignal.Digit(digit));
    }

    private void OnSilence()
    {
        if (_services.Options.EndSilentCalls && Call.State == CallState.Answered && !Media.IsHeldByRemote && !Media.IsHeldByUs)
            HangUp(HangUpCause.NetworkLost, CallEndedBy.Network);
    }

    // One INVITE at a time, in either direction (RFC 3261 §14.1).
    private void BeginNextHold()
    {
        if (_hold is not null || _unacknowledged is not null || IsEnded || !_holds.TryDequeue(out _hold))
            return;
        _hold.Begin(_dialog!);
    }

    private bool FailIfEnded(Operation<bool> operation)
    {
        if (IsEnded)
            operation.Fail(new CallEndedException(Call.Id, Call.Ending));
        return IsEnded;
    }

    private void Signal(CallSignal signal)
    {
        _isKnown = true;
        _services.Sink.OnSignal(Call, signal);
    }

    /// <summary>Waits for the answer to our BYE; whatever it is, the dialog is over (RFC 3261 §15.1.1).</summary>
    private sealed class Goodbye(SipLeg leg) : ISipClientTransactionOwner
    {
        public void OnResponse(SipClientTransaction transaction, SipMessage response)
        {
            if (response.StatusCode >= 200)
                leg.Leave();
        }

        public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) => leg.Leave();
    }

    /// <summary>A 2xx of ours that waits for its ACK.</summary>
    private sealed record UnacknowledgedAnswer(SipInviteServerTransaction Transaction, uint CSeq, bool HasOffer, bool IsInitial);
}
