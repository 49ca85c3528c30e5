using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>How an inbound leg is rung, heard early, answered or refused.</summary>
internal sealed partial class SipLeg
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMinutes(1);

    private IncomingInvite? _incoming;
    private ReliableResponses? _reliable;
    private readonly List<Operation<bool>> _answersAfterPrack = [];
    private byte[]? _earlyAnswer;
    private bool _isEarlyAnswerFinal;
    private WorkerTimer? _unanswered;
    private WorkerTimer? _progress;

    /// <summary>Begins an inbound leg; the INVITE waits until the host decides.</summary>
    public void Receive(IncomingInvite incoming, SipDialog dialog, ulong tag)
    {
        _incoming = incoming;
        incoming.Transaction.Owner = this;
        Adopt(dialog, tag);
        StartUnanswered(incoming.Transaction.Request);
    }

    /// <summary>180 to an inbound caller.</summary>
    public void Ring(Operation<bool> operation)
    {
        if (FailIfEnded(operation))
            return;
        if (Call.State == CallState.Trying && _incoming is { } incoming)
        {
            Call.Enter(CallState.Ringing);
            Progress(incoming, 180, null, isOffer: false);
            RepeatProgress(incoming);
        }
        operation.Complete(true);
    }

    /// <summary>183 with SDP to an inbound caller.</summary>
    public void StartEarlyAudio(Operation<bool> operation)
    {
        if (FailIfEnded(operation))
            return;
        if (Call.State == CallState.Answered || Call.HasEarlyAudio || _incoming is not { } incoming)
        {
            operation.Complete(true);
            return;
        }
        // An offer of ours needs the PRACK for its answer (RFC 3262 §5).
        if (incoming is { Offer: null, Reliability: ProvisionalReliability.None })
        {
            operation.Fail(new NotSupportedException($"The caller of call {Call.Id} sent no offer and takes none before the answer."));
            return;
        }
        if (Describe(incoming) is not { } body)
        {
            operation.Fail(new CallEndedException(Call.Id, Call.Ending));
            return;
        }
        if (Call.State == CallState.Trying)
            Call.Enter(CallState.Ringing);
        Call.EnterEarlyAudio();
        _earlyAnswer = body;
        Progress(incoming, 183, body, isOffer: incoming.Offer is null);
        RepeatProgress(incoming);
        operation.Complete(true);
    }

    /// <summary>200 with SDP to an inbound caller.</summary>
    public void Answer(Operation<bool> operation)
    {
        if (FailIfEnded(operation))
            return;
        if (_reliable is { IsSdpPending: true } && Call.State != CallState.Answered)
        {
            // RFC 3262 §3: not before the SDP in the provisional response is known to have arrived.
            _answersAfterPrack.Add(operation);
            return;
        }
        if (Call.State != CallState.Answered && _incoming is { } incoming && !TryAnswer(incoming))
        {
            operation.Fail(new CallEndedException(Call.Id, Call.Ending));
            return;
        }
        operation.Complete(true);
    }

    /// <summary>The host has changed its mind while the answer waits for a PRACK; one that has been sent stands.</summary>
    public void WithdrawAnswer(Operation<bool> operation, CancellationToken cancellationToken)
    {
        if (_answersAfterPrack.Remove(operation))
            operation.Fail(new OperationCanceledException(cancellationToken));
    }

    private bool TryAnswer(IncomingInvite incoming)
    {
        if (_earlyAnswer is null && (_earlyAnswer = Describe(incoming)) is null)
            return false;
        var isOffer = incoming.Offer is null && !_isEarlyAnswerFinal;
        _unacknowledged = new(incoming.Transaction, incoming.CSeq, isOffer, IsInitial: true);
        Accept(incoming.Transaction, _isEarlyAnswerFinal ? null : _earlyAnswer);
        _earlyAnswer = null;
        if (!IsEnded)
            EnterAnswered();
        return !IsEnded;
    }

    // The SDP of our first response that has one; null when the leg had to be refused.
    private byte[]? Describe(IncomingInvite incoming)
    {
        try
        {
            Media.Open(_dialog!.Transport.AdvertisedTo(_dialog.Peer.Address).Address, Trunk?.Trunk.CodecsOf(_services.Codecs) ?? _services.Codecs, _agent.NewSessionId(), _services.Sdp(_srtp));
        }
        catch (MediaPortsExhaustedException)
        {
            Refuse(incoming, HangUpCause.Congestion, 503, CallEndedBy.Center);
            return null;
        }
        var body = incoming.Offer is { } offer ? Media.Answer(offer) : Media.Offer(MediaDirection.SendReceive);
        if (body is null)
            Refuse(incoming, HangUpCause.NoCommonFormat, 488, CallEndedBy.Center);
        return body;
    }

    // Reliably where the caller wants it, or where SDP may not be lost and the caller can.
    private void Progress(IncomingInvite incoming, int status, byte[]? body, bool isOffer)
    {
        if (incoming.Reliability == ProvisionalReliability.Required || (body is not null && incoming.Reliability == ProvisionalReliability.Supported))
        {
            _reliable ??= new(incoming.Transaction, (uint)(_agent.Worker.NewTag() % int.MaxValue / 2) + 1);
            _reliable.Send(() => BeginProgress(incoming, status), body, isOffer);
            return;
        }
        using var response = BeginProgress(incoming, status);
        if (body is not null)
            response.Finish("application/sdp"u8, body);
        incoming.Transaction.Respond(response);
    }

    // RFC 3261 §13.3.1.1: a proxy on the way gives an INVITE up that it has not heard of for three minutes.
    private void RepeatProgress(IncomingInvite incoming)
    {
        if (IsEnded)
            return; // The network failed meanwhile.
        _progress ??= new(_agent.Worker, () =>
        {
            Progress(incoming, Call.HasEarlyAudio ? 183 : 180, _reliable is null ? _earlyAnswer : null, isOffer: false);
            RepeatProgress(incoming);
        });
        _progress.Start(ProgressEvery);
    }

    private SipMessageWriter BeginProgress(IncomingInvite incoming, int status) => _services.Server(
        incoming.Transaction.BeginResponse(status).Header(SipHeader.Contact, _dialog!.Contact).Header(SipHeader.Allow, SipServices.Allow));

    // RFC 3262 §3, §5
    private void OnPrack(SipServerTransaction transaction, SipMessage request)
    {
        var (hadSdp, wasOffer) = (_reliable?.IsSdpPending ?? false, _reliable?.IsOfferPending ?? false);
        if (_reliable is null || !_reliable.TryAcknowledge(request))
        {
            transaction.Respond(481);
            return;
        }
        if (wasOffer && !Media.TakeAnswer(request.Body))
        {
            transaction.Respond(488);
            Refuse(_incoming!, HangUpCause.NoCommonFormat, 488, CallEndedBy.Network);
            return;
        }
        _isEarlyAnswerFinal |= hadSdp;
        if (wasOffer)
            RespondToOffer(transaction, request, offer: null);
        else if (TryReadOffer(transaction, request, out var offer))
            RespondToOffer(transaction, request, offer);
        var answers = _answersAfterPrack.ToArray();
        _answersAfterPrack.Clear();
        foreach (var answer in answers)
            Answer(answer);
        _reliable.Continue();
    }

    // A caller may say how long it waits (RFC 3261 §13.3.1). One that is gone without CANCEL is not waited for either.
    private void StartUnanswered(SipMessage invite)
    {
        var limit = _services.Options.MaxTimeToAnswer;
        var isCallers = invite.TryGetExpires(out var seconds) && TimeSpan.FromSeconds(seconds) < limit;
        _unanswered = new(_agent.Worker, () => OnUnanswered(isCallers));
        _unanswered.Start(isCallers ? TimeSpan.FromSeconds(seconds) : limit);
    }

    private void OnUnanswered(bool isCallers)
    {
        if (isCallers)
            Refuse(_incoming!, HangUpCause.Cancelled, 487, CallEndedBy.Party);
        else
            HangUp(HangUpCause.NoAnswer);
    }

    private void Accept(SipInviteServerTransaction transaction, byte[]? body)
    {
        using var response = _services.Server(transaction.BeginResponse(200)
            .Header(SipHeader.Contact, _dialog!.Contact)
            .Header(SipHeader.Allow, SipServices.Allow)
            .Header(SipHeader.Supported, SipServices.Supported));
        _session.TakeRequest(transaction.Request);
        _session.WriteResponse(response);
        if (body is not null)
            response.Finish("application/sdp"u8, body);
        transaction.Respond(response);
        transaction.RetransmitUntilAcknowledged();
    }

    private void Refuse(IncomingInvite incoming, HangUpCause cause, int status, CallEndedBy by)
    {
        using var response = _services.Server(incoming.Transaction.BeginResponse(status));
        if (status == 503)
            response.Header(SipHeader.RetryAfter, 5);
        SipCauses.WriteReason(response, cause);
        Finish(new(cause, by, status));
        incoming.Transaction.Respond(response);
        Leave();
    }
}
