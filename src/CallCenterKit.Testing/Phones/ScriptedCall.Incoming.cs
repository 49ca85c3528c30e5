using System.Net;

namespace CallCenterKit.Testing;

/// <content>A call to this phone: ringing, answering, refusing.</content>
public sealed partial class ScriptedCall
{
    private readonly SipText? _invite;
    private readonly IPEndPoint? _source;
    private SipText? _lastResponse;
    private Retransmission? _response;
    private bool _hasFinal;

    internal ScriptedCall(ScriptedPhone phone, PhoneDialog dialog, SipText invite, IPEndPoint source)
        : this(phone, dialog) => (_invite, _source) = (invite, source);

    /// <summary>The first value of a header of the INVITE that called this phone; null when it has none, or the call was placed here.</summary>
    public string? InviteHeader(string name) => _invite?[name] is { Length: > 0 } value ? value : null;

    /// <summary>Signals ringing to the caller.</summary>
    /// <param name="status">180, or another provisional status.</param>
    public void Ring(int status = 180)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 101);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 199);
        lock (_phone.Gate)
        {
            if (IsOver || _hasFinal || _invite is null)
                return;
            NoteRinging();
            Respond(_dialog.Response(_invite, status).Add("Contact", $"<{_phone.Contact}>"));
        }
    }

    /// <summary>Lets the caller hear this phone before the answer: 183 with SDP (RFC 3960 §3.2).</summary>
    public void StartEarlyAudio()
    {
        lock (_phone.Gate)
        {
            if (IsOver || _hasFinal || _invite is not { Body.Length: > 0 } invite || PhoneSdp.Parse(invite.Body) is not { } offer || OpenMedia().Answer(offer, isHolding: false) is not { } own)
                return;
            NoteRinging();
            Apply(offer, own.Direction);
            Respond(WithSdp(_dialog.Response(invite, 183), own));
        }
    }

    /// <summary>Answers with 200, repeated until the ACK comes.</summary>
    /// <returns>True when the ACK is here; false when the call was gone, no format is common (488), or no ACK came for 64·T1.</returns>
    public Task<bool> AnswerAsync()
    {
        lock (_phone.Gate)
        {
            if (!IsOver && !_hasFinal && _invite is not null)
                SendAnswer(_invite);
            return _answered.Task;
        }
    }

    /// <summary>Refuses the call.</summary>
    /// <param name="status">300 to 699.</param>
    /// <param name="reason">Null for the usual phrase.</param>
    /// <param name="headers">Further whole lines, such as <c>Proxy-Authenticate: …</c>. Whoever has the right answer to it calls again, which is another call.</param>
    public void Reject(int status, string? reason = null, params IReadOnlyList<string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        lock (_phone.Gate)
            SendFinal(status, reason, ScriptedCallEnd.Rejected, headers);
    }

    /// <summary>Whether this call was refused, and the request is another try of the same caller (RFC 3261 §8.1.3.5).</summary>
    internal bool IsFollowedBy(SipText request) =>
        IsOver && _invite is not null && request is { Method: "INVITE", ToTag.Length: 0 } && request.CSeq.Number > _invite.CSeq.Number;

    private void SendAnswer(SipText invite)
    {
        var offer = invite.Body.Length > 0 ? PhoneSdp.Parse(invite.Body) : null;
        var media = OpenMedia();
        var own = invite.Body.Length == 0 ? media.Offer("sendrecv") : offer is null ? null : media.Answer(offer, isHolding: false);
        if (own is null)
        {
            SendFinal(488, null, ScriptedCallEnd.Rejected);
            return;
        }

        _hasFinal = true;
        AnsweredAt = _phone.Time.GetUtcNow();
        Apply(offer, own.Direction);
        NoteHold(offer);
        var response = WithSdp(_dialog.Response(invite, 200), own);
        _response = new Retransmission(_phone, _phone.Options.T2, () => Respond(response), OnNoAcknowledgement);
    }

    private void SendFinal(int status, string? reason, ScriptedCallEnd end, params IReadOnlyList<string> headers)
    {
        if (IsOver || _hasFinal || _invite is null)
            return;
        _hasFinal = true;
        var response = WithLines(_dialog.Response(_invite, status, reason), headers);
        _response = new Retransmission(_phone, _phone.Options.T2, () => Respond(response), static () => { });
        End(end);
    }

    private void OnNoAcknowledgement()
    {
        SendBye(ScriptedCallEnd.TimedOut);
        _answered.Complete(false);
    }

    private void OnCancel(SipText cancel, IPEndPoint from)
    {
        _phone.Send(_dialog.Response(cancel, 200), from);
        SendFinal(487, null, ScriptedCallEnd.Cancelled);
    }

    private void OnAcknowledged(SipText acknowledgement)
    {
        _response?.Stop();
        _response = null;
        if (AnsweredAt is null || IsOver)
            return;
        if (acknowledgement.Body.Length > 0)
            Apply(PhoneSdp.Parse(acknowledgement.Body), _media?.Direction ?? "sendrecv");
        _answered.Complete(true);
    }

    private SipText WithSdp(SipText message, PhoneSdp own) => message
        .Add("Contact", $"<{_phone.Contact}>")
        .WithBody(PhoneSdp.ContentType, own.Write(_phone.Options.User, ++_sdpVersion));

    private void Respond(SipText response)
    {
        NoteStatus(response.Status, response.Reason);
        _lastResponse = response;
        _phone.Send(response, _source!);
    }
}
