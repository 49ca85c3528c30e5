using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Trunks;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>One leg: its dialog, its audio, and how both end. Worker only, but for what the media thread hands over.</summary>
/// <remarks>A leg ends exactly once, in <see cref="Finish"/>; its dialog may outlive it until the goodbye is answered.</remarks>
internal sealed partial class SipLeg : IDialogUsage, ISipServerTransactionOwner, ILegMediaOwner
{
    private readonly SipUserAgent _agent;
    private readonly SipServices _services;
    private readonly SessionTimer _session;
    private readonly DialAttempt? _attempt;
    private SipDialog? _dialog;
    private UnacknowledgedAnswer? _unacknowledged;
    private HangUpCause? _byeAfterAck;
    private ulong _tag;
    private readonly SipActivity _activity;
    private readonly SrtpPolicy _srtp;
    private bool _isKnown;

    /// <param name="agent">Of the worker that carries it.</param>
    /// <param name="facts">What is known of it from the beginning.</param>
    /// <param name="attempt">What rings the party; null for an inbound leg.</param>
    public SipLeg(SipUserAgent agent, SipCallFacts facts, DialAttempt? attempt = null)
    {
        _agent = agent;
        _attempt = attempt;
        _services = agent.Services;
        _session = new(agent.Worker, _services.Options.SessionTimers, RefreshSession, () => HangUp(HangUpCause.NetworkLost, CallEndedBy.Network));
        Media = new(_services, this);
        Call = new(this, _services, agent.Worker, facts);
        _activity = _services.Activities.Start(facts);
        _srtp = facts.Srtp;
    }

    public SipCall Call { get; }

    public LegMedia Media { get; }

    /// <summary>The place on a trunk it takes until it ends; null: it is over none.</summary>
    public SipTrunkSlot? Trunk { get; set; }

    public SessionTimer Session => _session;

    public bool IsEnded => Call.State == CallState.Ended;

    private SipTransactionLayer Transactions => _agent.Worker.Transactions;

    /// <inheritdoc />
    public bool Owns(SipMessage request) => _dialog is { } dialog && dialog.Id.Matches(request);

    /// <summary>The party we dialled has answered and audio is agreed.</summary>
    public void Establish(SipDialog dialog, ulong tag, SipMessage response)
    {
        Adopt(dialog, tag);
        _session.TakeResponse(response);
        EnterAnswered();
    }

    /// <summary>The party we dialled is being rung.</summary>
    public void EnterRinging()
    {
        if (Call.State != CallState.Trying)
            return;
        Call.Enter(CallState.Ringing);
        _activity.Ringing();
        Signal(new CallSignal.Ringing());
    }

    /// <summary>The party we dialled can be heard before it answers.</summary>
    public void EnterEarlyAudio()
    {
        EnterRinging();
        if (Call.HasEarlyAudio)
            return;
        Call.EnterEarlyAudio();
        Signal(new CallSignal.EarlyAudio());
    }

    /// <summary>Refuses, gives up what rings, or says BYE.</summary>
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
        if (_dialog is null)
        {
            _attempt?.Abandon(cause);
            return;
        }
        // A UAS may not say BYE before its 2xx is acknowledged or given up (RFC 3261 §15).
        if (_unacknowledged is { IsInitial: true })
            _byeAfterAck = cause;
        else
            SendBye(cause);
    }

    void ISipServerTransactionOwner.OnCancelled(SipInviteServerTransaction transaction, SipMessage cancel)
    {
        transaction.Respond(487);
        Finish(new(SipCauses.OfCancel(cancel), CallEndedBy.Party, 487));
        Leave();
    }

    void ISipServerTransactionOwner.OnFailed(SipServerTransaction transaction, SipTransactionFailure failure)
    {
        if (transaction.CanRespond) // a provisional response without its PRACK (RFC 3262 §3), or one that could not be sent
        {
            if (_incoming is { } incoming && incoming.Transaction == transaction && !IsEnded)
                Refuse(incoming, HangUpCause.NetworkLost, 504, CallEndedBy.Network);
            else
                transaction.Respond(500);
        }
        else if (_unacknowledged is { } answer && answer.Transaction == transaction && failure == SipTransactionFailure.NotAcknowledged)
        {
            _unacknowledged = null;
            if (IsEnded && _byeAfterAck is null) // its goodbye is under way
                return;
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

    void ILegMediaOwner.OnQuality(CallQuality quality) => _agent.Worker.Post(_ => OnQuality(quality), null);

    /// <summary>The end of the leg: once, whatever comes first.</summary>
    public void Finish(CallEnding ending)
    {
        if (IsEnded)
            return;
        Call.End(ending);
        Media.Dispose();
        _session.Stop();
        _services.RemoveLeg();
        Trunk?.End();
        _activity.Ended(ending);
        foreach (var answer in _answersAfterPrack)
            answer.Fail(new CallEndedException(Call.Id, ending));
        _unanswered?.Stop();
        _progress?.Stop();
        AbandonOffers();
        AbandonTransfers();
        AbandonDigits();
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
        Call.Dialog = dialog.Id;
        _agent.Add(tag, this);
    }

    private void EnterAnswered()
    {
        _unanswered?.Stop();
        _progress?.Stop();
        Call.Enter(CallState.Answered);
        if (Trunk is { } trunk)
            _activity.OverTrunk(trunk.Trunk.Name);
        _activity.Answered();
        Signal(new CallSignal.Answered());
        if (Media.IsHeldByRemote)
            Signal(new CallSignal.HoldAsked());
    }

    private void SendBye(HangUpCause cause) => new Goodbye(_dialog!, _agent, cause, Leave).Send();

    private void OnDigit(char digit)
    {
        if (Call.State == CallState.Answered || Call.HasEarlyAudio)
            Signal(new CallSignal.Digit(digit));
    }

    private void OnQuality(CallQuality quality)
    {
        if (Call.State == CallState.Answered)
            Signal(new CallSignal.QualityChanged(quality));
    }

    private void OnSilence()
    {
        if (_services.Options.EndSilentCalls && Call.State == CallState.Answered && !Media.IsHeldByRemote && !Media.IsHeldByUs)
            HangUp(HangUpCause.NetworkLost, CallEndedBy.Network);
    }

    private bool FailIfEnded<T>(Operation<T> operation)
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

    /// <summary>A 2xx of ours that waits for its ACK.</summary>
    private sealed record UnacknowledgedAnswer(SipInviteServerTransaction Transaction, uint CSeq, bool HasOffer, bool IsInitial);
}
