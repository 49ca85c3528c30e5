using System.Collections.Frozen;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Rings all contacts of a party at once; the first answer wins. Worker only.</summary>
internal sealed class DialAttempt
{
    private readonly SipUserAgent _agent;
    private readonly SipServices _services;
    private readonly DialRequest _request;
    private readonly IReadOnlyList<DialContact> _contacts;
    private readonly Operation<DialOutcome?> _operation;
    private readonly WorkerTimer _ringTimer;
    private readonly WorkerTimer _graceTimer;
    private readonly List<DialFork> _forks = [];
    private SipLeg? _leg;
    private DialOutcome? _worst;
    private Verdict _verdict;
    private HangUpCause _cause = HangUpCause.NoAnswer;

    /// <param name="agent">Of the worker that carries it.</param>
    /// <param name="request">What the host asked for.</param>
    /// <param name="contacts">At least one.</param>
    /// <param name="operation">Gets the outcome; null when it was cancelled.</param>
    public DialAttempt(SipUserAgent agent, DialRequest request, IReadOnlyList<DialContact> contacts, Operation<DialOutcome?> operation)
    {
        _agent = agent;
        _services = agent.Services;
        _request = request;
        _contacts = contacts;
        _operation = operation;
        _ringTimer = new(agent.Worker, OnRingTimeOver);
        _graceTimer = new(agent.Worker, Conclude);
    }

    private enum Verdict
    {
        Open,
        Answered,
        NoAnswer,
        Cancelled,
        Refused,
        Concluded,
    }

    public void Begin()
    {
        if (_verdict != Verdict.Open)
            return;
        if (!_services.TryAddLeg())
        {
            SipLog.TooManyCalls(_services.Logger, _services.Options.MaxCalls);
            End(new DialOutcome.Unreachable($"The limit of {_services.Options.MaxCalls} calls is reached."));
            return;
        }
        var callId = _agent.Worker.NewCallId();
        var leg = _leg = new SipLeg(_agent, Facts(callId));
        try
        {
            leg.Media.Open(_contacts[0].Transport.AdvertisedTo(_contacts[0].Address.Address).Address, Codecs(), _agent.NewSessionId());
        }
        catch (MediaPortsExhaustedException exception)
        {
            leg.Finish(new(HangUpCause.Congestion, CallEndedBy.Center));
            End(new DialOutcome.Unreachable(exception.Message));
            return;
        }
        _agent.Add(this);
        _ringTimer.Start(_request.RingTime ?? _services.Options.MaxRingTime);
        Ring(callId, leg.Media.Offer(MediaDirection.SendReceive));
    }

    /// <summary>The host does not want it any more, or the driver stops.</summary>
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

    public void OnRinging()
    {
        if (_verdict == Verdict.Open)
            _leg!.EnterRinging();
    }

    /// <summary>Whether this answer is the one; otherwise the fork ends what it began.</summary>
    public bool TryTake(DialFork fork, SipDialog dialog, SipMessage response)
    {
        if (_verdict != Verdict.Open)
        {
            ConcludeWhenQuiet();
            return false;
        }
        if (!_leg!.Media.TakeAnswer(response.Body))
        {
            OnRefused(488);
            return false;
        }
        _verdict = Verdict.Answered;
        foreach (var other in _forks)
            other.Cancel(HangUpCause.AnsweredElsewhere);
        _leg.Establish(dialog, fork.Tag);
        End(new DialOutcome.Answered(_leg.Call));
        return true;
    }

    public void OnRefused(int status)
    {
        Weigh(status is 486 or 600 ? new DialOutcome.Busy() : new DialOutcome.Rejected(status));
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

    private void Ring(string callId, byte[] offer)
    {
        foreach (var contact in _contacts)
        {
            var tag = _agent.Worker.NewTag();
            var host = contact.Transport.AdvertisedTo(contact.Address.Address);
            _forks.Add(new(this, _agent, new(callId, SipTag.Write(tag), 1)
            {
                RequestUri = contact.Uri,
                From = _request.Caller.Number.Length == 0
                    ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>"
                    : SipAddress.Write(_request.Caller.Name, _request.Caller.Number, SipAddress.Host(host)),
                To = $"<{contact.Uri}>",
                Contact = $"<sip:{host}>",
                Transport = contact.Transport,
                Destination = contact.Address,
                BehindNat = contact.BehindNat,
            }, tag));
        }
        foreach (var fork in _forks)
            fork.Send(_request, offer);
    }

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
        Attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["sip.call-id"] = callId }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
    };

    // The format of the other leg first, so that the two can be relayed without decoding.
    private AudioCodec[] Codecs()
    {
        var preferred = (_request.PreferFormatsOf as IMediaLegOwner)?.MediaLeg?.Negotiated?.Codec;
        return [.. _services.Codecs.OrderBy(codec => codec != preferred)];
    }

    private void OnRingTimeOver()
    {
        if (_verdict == Verdict.Open)
            GiveUp(Verdict.NoAnswer, HangUpCause.NoAnswer);
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
        if (_forks.TrueForAll(fork => fork.IsDone))
            Conclude();
    }

    private void Conclude()
    {
        var outcome = _verdict switch
        {
            Verdict.Cancelled => null,
            Verdict.NoAnswer => new DialOutcome.NoAnswer(),
            _ => _worst ?? new DialOutcome.Unreachable("Nobody answered."),
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
            _verdict = Verdict.Concluded;
        _ringTimer.Stop();
        _graceTimer.Stop();
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
        DialOutcome.Rejected => 2,
        DialOutcome.Unreachable => 1,
        _ => 0,
    };
}
