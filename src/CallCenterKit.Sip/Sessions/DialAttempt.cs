using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Rings a party, stage by stage, all contacts of a stage at once; the first answer wins. Worker only.</summary>
internal sealed class DialAttempt
{
    private readonly SipUserAgent _agent;
    private readonly SipServices _services;
    private readonly DialRequest _request;
    private readonly DialCourse _course;
    private readonly Operation<DialOutcome?> _operation;
    private readonly WorkerTimer _ringTimer;
    private readonly WorkerTimer _graceTimer;
    private readonly WorkerTimer _patienceTimer;
    private readonly List<DialFork> _forks = [];
    private int? _failure;
    private bool _isLookingUp;
    private bool _wasHeard;
    private SipLeg? _leg;
    private SipDialog? _speaker;
    private DialOutcome? _worst;
    private Verdict _verdict;
    private HangUpCause _cause = HangUpCause.NoAnswer;

    /// <param name="agent">Of the worker that carries it.</param>
    /// <param name="request">What the host asked for.</param>
    /// <param name="course">Where to ring.</param>
    /// <param name="operation">Gets the outcome; null when it was cancelled.</param>
    public DialAttempt(SipUserAgent agent, DialRequest request, DialCourse course, Operation<DialOutcome?> operation)
    {
        _agent = agent;
        _services = agent.Services;
        _request = request;
        _course = course;
        _operation = operation;
        _ringTimer = new(agent.Worker, OnRingTimeOver);
        _graceTimer = new(agent.Worker, Conclude);
        _patienceTimer = new(agent.Worker, OnPatienceOver);
    }

    private enum Verdict
    {
        Open,
        Answered,
        NoAnswer,
        Cancelled,
        Refused,
        HungUp,
        Concluded,
    }

    /// <summary>The session the forks offer.</summary>
    public SipLeg Leg => _leg!;

    /// <summary>How many more hops the INVITE may take: a call that goes in circles through us ends (RFC 7332).</summary>
    public int MaxForwards => _request.PreferFormatsOf is SipCall { MaxForwards: var hops } ? hops - 1 : 70;

    public void Begin()
    {
        if (_verdict != Verdict.Open)
            return;
        if (_agent.IsDrained)
        {
            End(null);
            return;
        }
        if (MaxForwards < 0)
        {
            End(new DialOutcome.Rejected(483));
            return;
        }
        if (!_services.TryAddLeg(_request.IsEmergency))
        {
            SipLog.TooManyCalls(_services.Logger, _services.Options.MaxCalls);
            End(new DialOutcome.Unreachable($"The limit of {_services.Options.MaxCalls} calls is reached."));
            return;
        }
        var leg = _leg = new SipLeg(_agent, Facts(_agent.Worker.NewCallId()), this);
        _agent.Add(this);
        _ringTimer.Start(_request.RingTime ?? _services.Options.MaxRingTime);
        NextStage();
    }

    /// <summary>The driver stops. Its forks still say goodbye; whoever waits for the outcome does not wait for that.</summary>
    public void Stop()
    {
        Cancel(HangUpCause.ShuttingDown);
        Conclude();
    }

    /// <summary>The host does not want it any more.</summary>
    public void Cancel(HangUpCause cause)
    {
        switch (_verdict)
        {
            case Verdict.Open when _leg is null: // before Begin
                End(null);
                break;
            case Verdict.Open:
                GiveUp(Verdict.Cancelled, cause);
                break;
        }
    }

    /// <summary>The host has hung up the leg that rings.</summary>
    public void Abandon(HangUpCause cause)
    {
        if (_verdict == Verdict.Open)
            GiveUp(Verdict.HungUp, cause);
    }

    /// <summary>Somebody is there, and works on it.</summary>
    public void OnHeard()
    {
        _wasHeard = true;
        _patienceTimer.Stop();
    }

    public void OnRinging()
    {
        if (_verdict == Verdict.Open)
            _leg!.EnterRinging();
    }

    /// <summary>The party speaks before it answers; of several that do, the last is heard.</summary>
    public void OnEarlyAudio(SipDialog dialog, ReadOnlySpan<byte> sdp)
    {
        if (_verdict == Verdict.Open && TakeAnswer(dialog, sdp, isFinal: false))
            _leg!.EnterEarlyAudio();
    }

    /// <summary>Answers an offer the party makes before it answers the call; null when it cannot be taken.</summary>
    public byte[]? TakeOffer(SipDialog dialog, SessionDescription offer)
    {
        if (_verdict != Verdict.Open)
            return null;
        AdvertiseTo(dialog);
        if (_leg!.Media.Answer(offer) is not { } answer)
            return null;
        _speaker = dialog;
        return answer;
    }

    /// <summary>Whether this answer is the one; otherwise the fork ends what it began.</summary>
    /// <param name="fork">Of the INVITE that was answered.</param>
    /// <param name="dialog">Of the party that answered.</param>
    /// <param name="response">The first 2xx of it.</param>
    /// <param name="agreed">The SDP of a reliable provisional response before, after which no other counts (RFC 6337 §2.2); null: there was none.</param>
    /// <param name="why">What the party is told when it is not the one.</param>
    public bool TryTake(DialFork fork, SipDialog dialog, SipMessage response, byte[]? agreed, out HangUpCause why)
    {
        why = _verdict == Verdict.Answered ? HangUpCause.AnsweredElsewhere : _cause;
        if (_verdict != Verdict.Open)
        {
            ConcludeWhenQuiet();
            return false;
        }
        if (!(agreed is not null && _speaker == dialog) && !TakeAnswer(dialog, agreed ?? response.Body, isFinal: true))
        {
            why = HangUpCause.NoCommonFormat;
            OnRefused(488, null);
            return false;
        }
        _verdict = Verdict.Answered;
        foreach (var other in _forks)
            other.Cancel(HangUpCause.AnsweredElsewhere);
        _course.GoesOn(200);
        _leg!.Trunk = _course.Slot;
        _leg.Establish(dialog, fork.Tag, response);
        End(new DialOutcome.Answered(_leg.Call));
        return true;
    }

    /// <param name="status">300 to 699.</param>
    /// <param name="response">Null for a failure of our own.</param>
    public void OnRefused(int status, SipMessage? response)
    {
        _failure = Math.Max(_failure ?? 0, status);
        Weigh(SipCauses.Refusal(response, status));
        // A 6xx speaks for the user, wherever else it rings (RFC 3261 §16.7 step 5).
        if (status >= 600 && _verdict == Verdict.Open)
            GiveUp(Verdict.Refused, HangUpCause.Rejected);
        ConcludeWhenQuiet();
    }

    public void OnUnreachable(string why)
    {
        Weigh(new DialOutcome.Unreachable(why));
        ConcludeWhenQuiet();
    }

    private void AdvertiseTo(SipDialog dialog) => _leg!.Media.AdvertiseAs(dialog.Transport.AdvertisedTo(dialog.Peer.Address).Address);

    private bool TakeAnswer(SipDialog dialog, ReadOnlySpan<byte> sdp, bool isFinal)
    {
        AdvertiseTo(dialog);
        // Each dialog answers the offer of the INVITE for itself.
        if (!_leg!.Media.TakeAnswer(sdp, isFinal, isOther: _speaker is not null && _speaker != dialog))
            return false;
        _speaker = dialog;
        return true;
    }

    private void NextStage()
    {
        var next = _course.NextAsync();
        if (next.IsCompletedSuccessfully)
            Ring(next.Result);
        else
            _ = RingLaterAsync(next); // ends by itself, without a fault
    }

    private async Task RingLaterAsync(ValueTask<DialStage?> lookup)
    {
        _isLookingUp = true;
        DialStage? stage = null;
        try
        {
            stage = await lookup.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the resolver may be the host's; whatever it throws is a lookup that failed
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SipLog.LookupFailed(_services.Logger, exception);
        }
        _agent.Worker.Post(_ => OnLookedUp(stage), null);
    }

    private void OnLookedUp(DialStage? stage)
    {
        _isLookingUp = false;
        if (_verdict == Verdict.Open)
            Ring(stage);
        else
            _course.End();
    }

    private void Ring(DialStage? stage)
    {
        if (stage is null)
        {
            Conclude();
            return;
        }
        var first = stage.Contacts[0];
        _failure = null;
        _wasHeard = false;
        _speaker = null;
        try
        {
            _leg!.Media.Open(first.Transport.AdvertisedTo(first.Address.Address).Address, Codecs(first.Codecs ?? _services.Codecs), _agent.NewSessionId(), _services.Sdp(first.Srtp));
        }
        catch (MediaPortsExhaustedException exception)
        {
            _leg!.Finish(new(HangUpCause.Congestion, CallEndedBy.Center));
            End(new DialOutcome.Unreachable(exception.Message));
            return;
        }
        // All at once: what one answers must not change what another is offered.
        List<(DialFork Fork, byte[] Offer)> forks = [.. stage.Contacts.Select(contact => (Fork(contact), OfferTo(contact)))];
        _forks.AddRange(forks.Select(fork => fork.Fork));
        if (stage.Patience is { } patience && _course.HasMore)
            _patienceTimer.Start(patience);
        foreach (var (fork, offer) in forks)
            fork.Send(_request, offer);
    }

    // Networks know us by different addresses, and audio comes to the one that stands in SDP.
    private byte[] OfferTo(DialContact contact)
    {
        _leg!.Media.AdvertiseAs(contact.Transport.AdvertisedTo(contact.Address.Address).Address);
        return _leg.Media.Offer(MediaDirection.SendReceive);
    }

    private DialFork Fork(DialContact contact)
    {
        var tag = _agent.Worker.NewTag();
        var host = contact.Transport.AdvertisedTo(contact.Address.Address);
        return new(this, _agent, new(_leg!.Call.Attributes["sip.call-id"], SipTag.Write(tag), 1)
        {
            RequestUri = contact.Uri,
            From = contact.From ?? From(host),
            To = contact.To ?? $"<{contact.Uri}>",
            Contact = contact.Contact ?? SipAddress.Contact(contact.Transport, host),
            Transport = contact.Transport,
            Destination = contact.Address,
            BehindNat = contact.BehindNat,
            Credentials = contact.Credentials,
            Headers = contact.Headers,
        }, tag);
    }

    private string From(System.Net.IPEndPoint host) => _request.Caller.Number.Length == 0
        ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>"
        : SipAddress.Write(_request.Caller.Name, _request.Caller.Number, SipAddress.Host(host));

    private SipCallFacts Facts(string callId) => new(_request.Id, CallDirection.Outbound, new CallOrigin.Dialled(_request.Target))
    {
        From = _request.Caller,
        To = new(_request.Target switch
        {
            DialTarget.ToEndpoint endpoint => endpoint.Endpoint.Text,
            DialTarget.ToAddress address => address.Address,
            DialTarget.ToNumber number => number.Number,
            _ => "",
        }),
        Attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["sip.call-id"] = callId },
        MaxForwards = MaxForwards,
    };

    // The format of the other leg first, so that the two can be relayed without decoding.
    private AudioCodec[] Codecs(IReadOnlyList<AudioCodec> allowed)
    {
        var preferred = _request.PreferFormatsOf is SipCall call ? call.Format : (_request.PreferFormatsOf as IMediaLegOwner)?.MediaLeg?.Negotiated?.Codec;
        return [.. allowed.OrderBy(codec => codec != preferred)];
    }

    private void OnRingTimeOver()
    {
        if (_verdict == Verdict.Open)
            GiveUp(Verdict.NoAnswer, HangUpCause.NoAnswer);
    }

    // Nobody has said a word: what comes from there later is ended by its fork.
    private void OnPatienceOver()
    {
        if (_verdict != Verdict.Open || _wasHeard)
            return;
        foreach (var fork in _forks)
            fork.Abandon();
        ConcludeWhenQuiet();
    }

    private void GiveUp(Verdict verdict, HangUpCause cause)
    {
        _verdict = verdict;
        _cause = cause;
        foreach (var fork in _forks)
            fork.Cancel(cause);
        // A phone that does not even answer the CANCEL is not waited for; its fork goes on alone.
        _graceTimer.Start(_services.Options.Timers.T1 * 4);
        ConcludeWhenQuiet();
    }

    private void ConcludeWhenQuiet()
    {
        if (!_forks.TrueForAll(fork => fork.IsDone))
            return;
        if (_verdict == Verdict.Open && _isLookingUp)
            return;
        if (_verdict == Verdict.Open && _course.GoesOn(_failure))
            NextStage();
        else
            Conclude();
    }

    private void Conclude()
    {
        var outcome = _verdict switch
        {
            Verdict.Cancelled => null,
            Verdict.NoAnswer => new DialOutcome.NoAnswer(),
            Verdict.HungUp => new DialOutcome.Unreachable("The call was hung up before it was answered."),
            _ => _worst ?? new DialOutcome.Unreachable(_course.Why),
        };
        if (_verdict is Verdict.Answered or Verdict.Concluded)
            return;
        _leg!.Finish(Ending(outcome));
        End(outcome);
    }

    private CallEnding Ending(DialOutcome? outcome) => outcome switch
    {
        null => new(_cause, CallEndedBy.Center),
        DialOutcome.Busy => new(HangUpCause.Busy, CallEndedBy.Party, 486),
        DialOutcome.NoAnswer => new(HangUpCause.NoAnswer, CallEndedBy.Center),
        DialOutcome.Rejected rejected => new(HangUpCause.Rejected, CallEndedBy.Party, rejected.Status),
        _ => new(HangUpCause.NetworkLost, CallEndedBy.Network),
    };

    private void End(DialOutcome? outcome)
    {
        if (_verdict != Verdict.Answered)
        {
            _verdict = Verdict.Concluded;
            if (!_isLookingUp)
                _course.End();
        }
        _ringTimer.Stop();
        _graceTimer.Stop();
        _patienceTimer.Stop();
        _agent.Remove(this);
        _operation.Complete(outcome);
    }

    // Of several contacts the one that said most decides: busy, then refused, then silent.
    private void Weigh(DialOutcome outcome)
    {
        if (Weight(outcome) > Weight(_worst))
            _worst = outcome;
    }

    private static int Weight(DialOutcome? outcome) => outcome switch
    {
        DialOutcome.Rejected { Status: >= 600 } => 4,
        DialOutcome.Busy => 3,
        DialOutcome.Rejected or DialOutcome.NoAnswer => 2,
        DialOutcome.Unreachable => 1,
        _ => 0,
    };
}
