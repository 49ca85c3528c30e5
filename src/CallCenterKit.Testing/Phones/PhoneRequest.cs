using System.Net;

namespace CallCenterKit.Testing;

/// <summary>A request on its way: retransmits it, answers a challenge once, acknowledges what an INVITE ended with. Under the phone's lock.</summary>
internal sealed class PhoneRequest
{
    private const int MostAttempts = 3;                    // without credentials, with them, and once more when the nonce was stale

    private readonly ScriptedPhone _phone;
    private readonly PhoneDialog _dialog;
    private readonly IPEndPoint _destination;
    private readonly Action<PhoneRequest, SipText> _onResponse;
    private readonly Action _onTimeout;
    private Retransmission? _retransmission;
    private int _attempts;

    public PhoneRequest(ScriptedPhone phone, PhoneDialog dialog, SipText message, PhoneRequestHandlers handlers)
    {
        (_phone, _dialog, Message) = (phone, dialog, message);
        (_onResponse, _onTimeout) = (handlers.OnResponse, handlers.OnTimeout);
        _destination = dialog.Destination;
        Send();
    }

    /// <summary>The request as last sent, with its Via, CSeq and credentials.</summary>
    public SipText Message { get; private set; }

    /// <summary>A provisional response was seen, so a CANCEL may be sent (RFC 3261 §9.1).</summary>
    public bool IsProceeding { get; private set; }

    public bool IsFinished { get; private set; }

    private bool IsInvite => Message.Method == "INVITE";

    public void OnResponse(SipText response)
    {
        if (response.Status < 200)
        {
            IsProceeding = true;
            if (IsInvite)
                StopRetransmission();
            if (!IsFinished)
                _onResponse(this, response);
            return;
        }

        if (IsInvite && response.Status >= 300)
            Acknowledge(response);
        if (IsFinished && !(IsInvite && response.Status < 300))
            return;
        StopRetransmission();
        if (response.Status is 401 or 407 && TryAuthenticate(response))
            return;
        IsFinished = true;
        if (!IsInvite || response.Status >= 300)
            _phone.Forget(this);
        _onResponse(this, response);
    }

    /// <summary>After a CANCEL: the final response has 64·T1 to come.</summary>
    public void ExpectEnd()
    {
        if (IsFinished)
            return;
        StopRetransmission();
        _retransmission = new Retransmission(_phone, Timeout.InfiniteTimeSpan, static () => { }, OnTimeout);
        _retransmission.Quiet();
    }

    public void Stop()
    {
        IsFinished = true;
        StopRetransmission();
        _phone.Forget(this);
    }

    /// <summary>Stops, and tells whoever waits that no answer will come.</summary>
    public void Abandon()
    {
        if (IsFinished)
            return;
        StopRetransmission();
        OnTimeout();
    }

    private void Send()
    {
        _attempts++;
        _phone.Remember(this);
        var cap = IsInvite ? Timeout.InfiniteTimeSpan : _phone.Options.T2;
        _retransmission = new Retransmission(_phone, cap, () => _phone.Send(Message, _destination), OnTimeout);
    }

    private void OnTimeout()
    {
        IsFinished = true;
        _phone.Forget(this);
        _onTimeout();
    }

    private void StopRetransmission()
    {
        _retransmission?.Stop();
        _retransmission = null;
    }

    // ACK of a failure belongs to the INVITE's transaction: same branch, same CSeq number (RFC 3261 §17.1.1.3).
    private void Acknowledge(SipText response)
    {
        var acknowledgement = SipText.Request("ACK", Message.RequestUri)
            .Add("Via", Message["Via"])
            .Add("Max-Forwards", "70")
            .Add("From", Message["From"])
            .Add("To", response["To"])
            .Add("Call-ID", Message.CallId)
            .Add("CSeq", $"{Message.CSeq.Number} ACK")
            .Copy(Message, "Route");
        _phone.Acknowledge(Message, acknowledgement, _destination);
    }

    private bool TryAuthenticate(SipText response)
    {
        var isStale = _attempts > 1 && response.ToString().Contains("stale=true", StringComparison.OrdinalIgnoreCase);
        if (_phone.Options.Password is not { } password || _attempts >= MostAttempts || (_attempts > 1 && !isStale))
            return false;
        var (challenge, answer) = response.Status == 401 ? ("WWW-Authenticate", "Authorization") : ("Proxy-Authenticate", "Proxy-Authorization");
        var user = _phone.Options.AuthenticationUser ?? _phone.Options.User;
        var request = new DigestRequest(user, password, Message.Method, Message.RequestUri, _phone.NextToken());
        var value = response.All(challenge).Select(text => DigestAnswer.To(text, request)).FirstOrDefault(text => text is not null);
        if (value is null)
            return false;
        IsProceeding = false;
        _phone.Forget(this);
        Message = WithoutCredentials().Again(_phone.NextVia(), _dialog.NextCSeq(), (answer, value));
        Send();
        return true;
    }

    private SipText WithoutCredentials() => Message.Without("Authorization").Without("Proxy-Authorization");
}

/// <summary>Who hears about a request. Both are called under the phone's lock.</summary>
/// <param name="OnResponse">Every provisional response, the final one, and each repetition of a 2xx to INVITE.</param>
/// <param name="OnTimeout">No final response came.</param>
internal sealed record PhoneRequestHandlers(Action<PhoneRequest, SipText> OnResponse, Action OnTimeout);
