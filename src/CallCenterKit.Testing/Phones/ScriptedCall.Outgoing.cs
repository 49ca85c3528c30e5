namespace CallCenterKit.Testing;

/// <content>A call this phone places: INVITE, its responses, CANCEL.</content>
public sealed partial class ScriptedCall
{
    private PhoneRequest? _request;
    private SipText? _acknowledgement;
    private bool _isCancelled;
    private bool _isCancelSent;
    private string _earlyTag = "";

    /// <summary>Gives up a call that is not answered yet. An answer that crosses the CANCEL is ended at once.</summary>
    public void Cancel()
    {
        lock (_phone.Gate)
            CancelInvite();
    }

    internal void StartOutgoing(IReadOnlyList<string> headers)
    {
        var offer = OpenMedia().Offer("sendrecv");
        var invite = WithLines(_dialog.Request("INVITE").Add("Contact", $"<{_phone.Contact}>"), headers)
            .WithBody(PhoneSdp.ContentType, offer.Write(_phone.Options.User, ++_sdpVersion));
        _request = _phone.Ask(_dialog, invite, new PhoneRequestHandlers(OnInviteResponse, OnInviteTimeout));
    }

    private void CancelInvite()
    {
        if (IsOver || IsIncoming || _outcome.IsCompleted)
            return;
        _isCancelled = true;
        if (_request is { IsProceeding: true })
            SendCancel(_request);
    }

    private void OnInviteResponse(PhoneRequest request, SipText response)
    {
        NoteStatus(response.Status, response.Reason);
        if (response.Status < 200)
            OnProvisional(request, response);
        else if (response.Status < 300)
            OnAnswered(response);
        else
            OnRefused(response);
    }

    private void OnProvisional(PhoneRequest request, SipText response)
    {
        if (_isCancelled)
            SendCancel(request);
        if (response.ToTag.Length > 0)
            _earlyTag = response.ToTag;
        if (response.Status is >= 180 and < 190)
            NoteRinging();
        if (response.Body.Length > 0)
            Apply(PhoneSdp.Parse(response.Body), "sendrecv");
    }

    private void OnAnswered(SipText response)
    {
        if (_acknowledgement is not null)
        {
            _phone.Send(_acknowledgement, _dialog.Destination);
            return;
        }

        _dialog.Confirm(response);
        _acknowledgement = _dialog.Request("ACK", response.CSeq.Number);
        _phone.Send(_acknowledgement, _dialog.Destination);
        AnsweredAt = _phone.Time.GetUtcNow();
        if (_isCancelled)
        {
            SendBye(ScriptedCallEnd.Cancelled);
            _outcome.Complete(new ScriptedCallOutcome.Failed(487, "Answered after the CANCEL"));
            return;
        }

        _ringing.Complete(false);
        var answer = PhoneSdp.Parse(response.Body);
        Apply(answer, "sendrecv");
        NoteHold(answer);
        _outcome.Complete(new ScriptedCallOutcome.Answered(this));
    }

    private void OnRefused(SipText response)
    {
        _outcome.Complete(new ScriptedCallOutcome.Failed(response.Status, response.Reason));
        End(_isCancelled ? ScriptedCallEnd.Cancelled : ScriptedCallEnd.Rejected);
    }

    private void OnInviteTimeout()
    {
        _outcome.Complete(new ScriptedCallOutcome.TimedOut());
        End(ScriptedCallEnd.TimedOut);
    }

    // Same branch, same CSeq number as the INVITE (RFC 3261 §9.1).
    private void SendCancel(PhoneRequest invite)
    {
        if (_isCancelSent)
            return;
        _isCancelSent = true;
        var cancel = SipText.Request("CANCEL", invite.Message.RequestUri)
            .Add("Via", invite.Message["Via"])
            .Add("Max-Forwards", "70")
            .Add("From", invite.Message["From"])
            .Add("To", invite.Message["To"])
            .Add("Call-ID", CallId)
            .Add("CSeq", $"{invite.Message.CSeq.Number} CANCEL");
        _phone.Ask(_dialog, cancel, new PhoneRequestHandlers(static (_, _) => { }, static () => { }));
        invite.ExpectEnd();
    }
}
