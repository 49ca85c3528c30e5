using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Registrar;
using CallCenterKit.Sip.Subscriptions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Everything above the transactions of one worker: finds the leg of a request, or decides what to do with one that has none.</summary>
internal sealed class SipUserAgent : ISipTransactionUser
{
    private readonly Dictionary<ulong, IDialogUsage> _usages = [];
    private readonly HashSet<DialAttempt> _attempts = [];
    private readonly InviteGate _gate;
    private readonly RegisterRequests _registers;
    private readonly SubscribeRequests _subscribes;
    private Action? _onEmpty;

    public SipUserAgent(SipServices services, SipWorker worker)
    {
        Services = services;
        Worker = worker;
        _gate = new(this);
        _registers = new(this);
        _subscribes = new(this);
    }

    public SipServices Services { get; }

    public SipWorker Worker { get; }

    /// <summary>Dialogs, early ones included, and attempts that have not ended.</summary>
    public int Count => _usages.Count + _attempts.Count;

    /// <summary>Everything has been ended; nothing may begin any more.</summary>
    public bool IsDrained { get; private set; }

    /// <summary>For the o= line: positive also where it is read as 64 signed bits.</summary>
    public ulong NewSessionId() => Worker.NewTag() >> 2;

    /// <summary>Requests with this tag of ours go there, from now on.</summary>
    public void Add(ulong tag, IDialogUsage usage) => _usages[tag] = usage;

    public void Remove(ulong tag, IDialogUsage usage)
    {
        if (_usages.TryGetValue(tag, out var found) && found == usage)
            _usages.Remove(tag);
        TellWhenEmpty();
    }

    /// <summary>Finds an established or ringing leg by its dialog, on whichever worker it lives, and tells on this one; null when there is none.</summary>
    public void FindLeg(ReplacedDialog dialog, Action<SipLeg?> found)
    {
        var owner = Services.Stack.WorkerFor(System.Text.Encoding.UTF8.GetBytes(dialog.CallId));
        if (owner == Worker)
        {
            found(FindLeg(dialog));
            return;
        }
        owner.Post(
            _ =>
            {
                var leg = ((SipUserAgent)owner.User).FindLeg(dialog);
                Worker.Post(_ => found(leg), null);
            },
            null);
    }

    public void Add(DialAttempt attempt) => _attempts.Add(attempt);

    public void Remove(DialAttempt attempt)
    {
        _attempts.Remove(attempt);
        TellWhenEmpty();
    }

    /// <summary>Ends everything, and tells when the last goodbye is answered.</summary>
    public void Drain(Action onEmpty)
    {
        _onEmpty = onEmpty;
        IsDrained = true;
        Services.RegistrarHost.StopAsking();
        _subscribes.Clear();
        foreach (var attempt in _attempts.ToArray())
            attempt.Stop();
        foreach (var leg in _usages.Values.OfType<SipLeg>().ToArray())
            leg.HangUp(HangUpCause.ShuttingDown);
        TellWhenEmpty();
    }

    public void OnRequest(SipServerTransaction transaction, SipMessage request)
    {
        if (HasUnknownRequirement(request))
            RefuseRequirements(transaction, request);
        else if (request.Method != SipMethod.Invite && request.Has(SipHeader.Replaces)) // RFC 3891 §3
            transaction.Respond(400, "Replaces Not Allowed"u8);
        else if (!request.ToTag.IsEmpty)
            OnDialogRequest(transaction, request);
        else if (!SipUri.TryParse(request.RequestUri, out var target) || target.Scheme == SipUriScheme.Other)
            Refuse(transaction, 416); // RFC 3261 §8.2.2.1
        else if (request.Method == SipMethod.Invite)
            _gate.OnInvite((SipInviteServerTransaction)transaction, request);
        else if (request.Method == SipMethod.Register)
            _registers.OnRegister(transaction, request);
        else if (request.Method == SipMethod.Subscribe)
            _subscribes.OnSubscribe(transaction, request);
        else
            Answer(transaction, request);
    }

    public void OnAck(SipMessage ack) => Find(ack)?.OnAck(ack);

    /// <summary>What is said to a request of no particular leg, within a dialog or without.</summary>
    public void Answer(SipServerTransaction transaction, SipMessage request)
    {
        switch (request.Method)
        {
            case SipMethod.Options:
                using (var response = Services.Server(transaction.BeginResponse(Services.Refuses ? 503 : 200)
                    .Header(SipHeader.Allow, SipServices.Allow)
                    .Header(SipHeader.Supported, SipServices.Supported)
                    .Header(SipHeader.Accept, "application/sdp, application/dtmf-relay, application/dtmf, message/sipfrag")))
                {
                    transaction.Respond(response);
                }
                break;
            case SipMethod.Subscribe or SipMethod.Notify: // RFC 6665 §4.1.3, §4.2.1.1
                transaction.Respond(489);
                break;
            case SipMethod.Bye or SipMethod.Info or SipMethod.Update or SipMethod.Prack:
                transaction.Respond(481);
                break;
            case SipMethod.Refer: // only who is in a call may have it transferred
                Refuse(transaction, 403);
                break;
            default:
                Refuse(transaction, 405);
                break;
        }
    }

    /// <summary>422: the far end is to ask for a longer session (RFC 4028 §9).</summary>
    public void RefuseInterval(SipServerTransaction transaction, uint minimum)
    {
        using var response = Services.Server(transaction.BeginResponse(422).Header(SipHeader.MinSE, minimum));
        transaction.Respond(response);
    }

    /// <summary>A refusal with the header its status asks for.</summary>
    public void Refuse(SipServerTransaction transaction, int status)
    {
        using var response = Services.Server(transaction.BeginResponse(status));
        switch (status)
        {
            case 405:
                response.Header(SipHeader.Allow, SipServices.Allow);
                break;
            case 415:
                response.Header(SipHeader.Accept, "application/sdp");
                break;
            case 503:
                response.Header(SipHeader.RetryAfter, 5);
                break;
        }
        transaction.Respond(response);
    }

    /// <summary>Whether the request says who sent it; answers it when it does not.</summary>
    public SipAccount? Authenticate(SipServerTransaction transaction, SipMessage request)
    {
        var source = request.Source!.Address;
        var now = Services.Time.GetUtcNow();
        var authorization = Services.Authenticator.CredentialsIn(request);
        if (!authorization.IsEmpty && !Services.FailedAttempts.MayTry(source, now))
        {
            SipLog.Throttled(Services.Logger, source);
            Forget(transaction, 503);
            return null;
        }
        var verdict = Services.Authenticator.Verify(authorization, SipText.Decode(request.MethodText), now, out var account);
        switch (verdict)
        {
            case DigestVerdict.Accepted:
                Services.RegistrarHost.Heard(request.Transport!.Protocol, request.Source);
                return account;
            case DigestVerdict.Wrong:
                Services.FailedAttempts.Failed(source, now);
                SipLog.WrongCredentials(Services.Logger, request.Method, source);
                Forget(transaction, 403);
                return null;
            default:
                var user = request.TryGetFrom(out var from) && SipUri.TryParse(from.Uri, out var uri) ? uri.DecodeUser() : null;
                using (var response = Services.Server(transaction.BeginForgotten(401)))
                {
                    foreach (var challenge in Services.Authenticator.Challenges(verdict == DigestVerdict.Stale, now, user))
                        response.Header(SipHeader.WwwAuthenticate, challenge);
                    transaction.RespondAndForget(response);
                }
                return null;
        }
    }

    private void Forget(SipServerTransaction transaction, int status)
    {
        using var response = Services.Server(transaction.BeginForgotten(status));
        if (status == 503)
            response.Header(SipHeader.RetryAfter, 5);
        transaction.RespondAndForget(response);
    }

    private void OnDialogRequest(SipServerTransaction transaction, SipMessage request)
    {
        if (Find(request) is { } leg)
            leg.OnRequest(transaction, request);
        else if (_subscribes.Find(request) is { } subscription)
            subscription.OnRequest(transaction, request);
        else if (request.Method is SipMethod.Unknown)
            Refuse(transaction, 405);
        else
            transaction.Respond(481);
    }

    private IDialogUsage? Find(SipMessage request) =>
        SipTag.TryRead(request.ToTag, out var tag) && _usages.TryGetValue(tag, out var usage) && usage.Owns(request) ? usage : null;

    private SipLeg? FindLeg(ReplacedDialog dialog) =>
        SipTag.TryRead(System.Text.Encoding.UTF8.GetBytes(dialog.LocalTag), out var tag) && _usages.TryGetValue(tag, out var usage)
        && usage is SipLeg leg && leg.Call.Dialog is { } id && id.CallId == dialog.CallId && id.RemoteTag == dialog.RemoteTag ? leg : null;

    // RFC 3261 §8.2.2.3
    private static bool HasUnknownRequirement(SipMessage request)
    {
        foreach (var option in request.List(SipHeader.Require))
        {
            if (!IsKnown(option, request.Method))
                return true;
        }
        return false;
    }

    private static bool IsKnown(ReadOnlySpan<byte> option, SipMethod method) => method is SipMethod.Invite or SipMethod.Update
        && (SipText.EqualsIgnoreCase(option, "timer"u8) || SipText.EqualsIgnoreCase(option, "replaces"u8)
            || (method == SipMethod.Invite && SipText.EqualsIgnoreCase(option, "100rel"u8)));

    private void RefuseRequirements(SipServerTransaction transaction, SipMessage request)
    {
        using var response = Services.Server(transaction.BeginResponse(420));
        foreach (var option in request.List(SipHeader.Require))
        {
            if (!IsKnown(option, request.Method))
                response.Header(SipHeader.Unsupported, option);
        }
        transaction.Respond(response);
    }

    private void TellWhenEmpty()
    {
        if (Count == 0)
            Interlocked.Exchange(ref _onEmpty, null)?.Invoke();
    }
}
