using System.Globalization;
using System.Net;
using System.Text;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Keeps our user registered at a trunk (RFC 3261 §10.2), at one of its servers after another. Worker only.</summary>
internal sealed class TrunkRegistration
{
    private const uint MaxExpires = 86_400;
    private static readonly TimeSpan LostFlowSpread = TimeSpan.FromSeconds(2);

    private readonly SipTrunk _trunk;
    private readonly WorkerTimer _timer;
    private readonly DigestSession? _session;
    private readonly string _callId, _tag, _record;
    private uint _cseq, _expires;
    private int _attempt, _sending, _failures;
    private IReadOnlyList<TrunkHop> _hops = [];
    private int _hop;
    private bool _isBound, _isOpen, _wasTooBrief;
    private DateTimeOffset _boundAt;
    private Action? _onStopped;

    public TrunkRegistration(SipTrunk trunk)
    {
        _trunk = trunk;
        _timer = new(trunk.Worker, Attempt);
        _session = trunk.Credentials is { } credentials ? new(credentials.User, credentials.Password) : null;
        _callId = trunk.Worker.NewCallId();
        _tag = SipTag.Write(trunk.Worker.NewTag());
        _record = SipAddress.Write(null, trunk.Options.User!, trunk.Domain);
        _expires = (uint)trunk.Options.Expires.TotalSeconds;
    }

    public void Begin() => Attempt();

    /// <summary>Takes the registration back, and tells when that is answered or has failed.</summary>
    public void Stop(Action onStopped)
    {
        _timer.Stop();
        _attempt++;
        _onStopped = onStopped;
        if (_hops.Count == 0 || (!_isBound && !_isOpen))
            End();
        else
            Send();
    }

    /// <summary>A connection is gone. Calls come no more by the one we registered over (RFC 5626 §4.2).</summary>
    public void OnClosed(SipTransportProtocol protocol, IPEndPoint peer)
    {
        if (_isBound && _hops[_hop].Hop is var hop && hop.Protocol == protocol && hop.EndPoint.Equals(peer))
            RegisterSoon();
    }

    /// <summary>The trunk was silent and answers again: one that has been started anew has forgotten us, and would until the next renewal.</summary>
    public void OnBack(DateTimeOffset awaySince)
    {
        if (_isBound && _boundAt < awaySince)
            RegisterSoon();
    }

    private void RegisterSoon()
    {
        if (_onStopped is null && !_isOpen)
            _timer.Start(_trunk.Services.Draws.Between(TimeSpan.Zero, LostFlowSpread));
    }

    private void Attempt()
    {
        var attempt = ++_attempt;
        _isOpen = true;
        _wasTooBrief = false;
        _trunk.Find((hops, why) =>
        {
            if (attempt != _attempt)
                return;
            if (hops.Count == 0)
                Fail(SipTrunkState.Down, why!, TimeSpan.Zero);
            else
                SendToFirst(hops);
        });
    }

    private void SendToFirst(IReadOnlyList<TrunkHop> hops)
    {
        _hops = hops;
        _hop = 0;
        _session?.Begin();
        Send();
    }

    private void Send()
    {
        _isOpen = true;
        var hop = _hops[_hop];
        var uri = $"sip:{hop.Authority}";
        using var request = _trunk.BeginRequest(SipMethod.Register, uri, hop)
            .Header(SipHeader.From, $"{_record};tag={_tag}")
            .Header(SipHeader.To, _record)
            .Header(SipHeader.CallId, _callId)
            .CSeq(++_cseq, SipMethod.Register)
            .Header(SipHeader.Contact, $"<{hop.Contact(_trunk.ContactUser)}>")
            .Header(SipHeader.Expires, _onStopped is null ? _expires : 0);
        _session?.Authorize(request, "REGISTER", uri);
        _trunk.Send(request, hop, new Answer(this, ++_sending));
    }

    private void OnResponse(SipMessage response)
    {
        var status = response.StatusCode;
        if (status is 401 or 407)
        {
            OnChallenge(response);
            return;
        }
        if (_onStopped is not null)
        {
            End();
            return;
        }
        switch (status)
        {
            case < 300:
                OnSuccess(response);
                break;
            case 423 when TryRaise(response): // RFC 3261 §10.2.8
                Send();
                break;
            case 408 or (>= 300 and < 400) or (>= 500 and < 600):
                TryNext(string.Create(CultureInfo.InvariantCulture, $"{_hops[_hop].Hop} answered a registration with {status}."), RetryAfter(response));
                break;
            default:
                Fail(SipTrunkState.Refused, string.Create(CultureInfo.InvariantCulture, $"{_hops[_hop].Hop} refused to register us with {status}."), TimeSpan.Zero);
                break;
        }
    }

    private void OnChallenge(SipMessage response)
    {
        if (_session?.TryTake(response) == true)
            Send();
        else if (_onStopped is not null)
            End();
        else
            Fail(SipTrunkState.Refused, _session is null ? $"{_hops[_hop].Hop} asks for a password, and none is configured." : $"{_hops[_hop].Hop} does not accept our password.", TimeSpan.Zero);
    }

    private void OnSuccess(SipMessage response)
    {
        var granted = Granted(response);
        if (granted == 0)
        {
            Fail(SipTrunkState.Refused, $"{_hops[_hop].Hop} registered us for no time at all.", TimeSpan.Zero);
            return;
        }
        _isOpen = false;
        _isBound = true;
        _boundAt = _trunk.Services.Time.GetUtcNow();
        _failures = 0;
        var life = TimeSpan.FromSeconds(granted);
        // Early enough for a few more tries, and at a time of its own, so that a thousand trunks do not come back at once.
        _timer.Start(_trunk.Services.Draws.Between(life * 3 / 4, life * 6 / 7));
        _trunk.Counters.CountRegistration();
        _trunk.ReportAlive(_hops[_hop]);
        _trunk.SetRegistration(SipTrunkState.Up, $"Registered at {_hops[_hop].Hop}.");
    }

    private bool TryRaise(SipMessage response)
    {
        if (_wasTooBrief || !SipText.TryParseUInt32(response[SipHeader.MinExpires], out var seconds) || seconds <= _expires || seconds > MaxExpires)
            return false;
        _wasTooBrief = true;
        _expires = seconds;
        return true;
    }

    // Of our own contact, since others may be bound to the same user (RFC 3261 §10.2.4); where a server has rewritten it, the shortest.
    private uint Granted(SipMessage response)
    {
        var otherwise = response.TryGetExpires(out var seconds) ? seconds : _expires;
        var hasMine = SipUri.TryParse(Encoding.UTF8.GetBytes(_hops[_hop].Contact(_trunk.ContactUser)), out var mine);
        uint? shortest = null;
        foreach (var element in response.List(SipHeader.Contact))
        {
            if (!SipContact.TryParse(element, out var contact))
                continue;
            var granted = contact.Expires ?? otherwise;
            if (hasMine && SipUri.TryParse(contact.Address.Uri, out var uri) && uri.Matches(mine))
                return Math.Min(granted, MaxExpires);
            shortest = Math.Min(shortest ?? granted, granted);
        }
        return Math.Min(shortest ?? otherwise, MaxExpires);
    }

    private void OnFailed(SipTransactionFailure failure)
    {
        if (_onStopped is not null)
            End();
        else if (failure == SipTransactionFailure.TimedOut)
            TryNext($"{_hops[_hop].Hop} did not answer in time.", TimeSpan.Zero);
        else
            TryNext($"{_hops[_hop].Hop} cannot be reached.", TimeSpan.Zero);
    }

    // RFC 3263 §4.3
    private void TryNext(string why, TimeSpan atLeast)
    {
        _trunk.MarkDead(_hops[_hop]);
        if (_hop + 1 >= _hops.Count)
        {
            Fail(SipTrunkState.Down, why, atLeast);
            return;
        }
        _hop++;
        _trunk.Counters.CountFailover();
        _session?.Begin();
        Send();
    }

    private void Fail(SipTrunkState state, string why, TimeSpan atLeast)
    {
        _isOpen = false;
        _isBound = false;
        _trunk.Counters.CountRegistrationFailure();
        var pause = Pause(++_failures);
        if (atLeast > pause)
            pause = atLeast < _trunk.Options.MaxRetryInterval ? atLeast : _trunk.Options.MaxRetryInterval;
        _timer.Start(pause);
        _trunk.SetRegistration(state, why);
        TrunkLog.RegistrationFailed(_trunk.Services.Logger, _trunk.Name, why, pause);
    }

    // RFC 5626 §4.5: doubled with each failure, bounded, of which a random half to all.
    private TimeSpan Pause(int failures)
    {
        var most = _trunk.Options.RetryInterval * Math.Pow(2, Math.Min(failures - 1, 20));
        most = most < _trunk.Options.MaxRetryInterval ? most : _trunk.Options.MaxRetryInterval;
        return _trunk.Services.Draws.Between(most / 2, most);
    }

    // Retry-After = delta-seconds [ comment ] *( SEMI retry-param ) (RFC 3261 §20.33)
    private static TimeSpan RetryAfter(SipMessage response)
    {
        var value = response[SipHeader.RetryAfter];
        var end = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return SipText.TryParseUInt32(end < 0 ? value : value[..end], out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
    }

    private void End()
    {
        _isOpen = _isBound = false;
        Interlocked.Exchange(ref _onStopped, static () => { })?.Invoke();
    }

    // Of several that may be on their way only the last counts.
    private sealed class Answer(TrunkRegistration registration, int number) : ISipClientTransactionOwner
    {
        public void OnResponse(SipClientTransaction transaction, SipMessage response)
        {
            if (number == registration._sending && response.StatusCode >= 200)
                registration.OnResponse(response);
        }

        public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure)
        {
            if (number == registration._sending)
                registration.OnFailed(failure);
        }
    }
}
