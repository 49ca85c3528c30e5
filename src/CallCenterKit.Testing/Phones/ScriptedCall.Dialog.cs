using System.Net;

namespace CallCenterKit.Testing;

/// <content>What both ends do within the call: hold, hang up, and answer each other.</content>
public sealed partial class ScriptedCall
{
    private Retransmission? _reinviteResponse;
    private SipText? _lastReinviteResponse;
    private SipText? _reinviteAcknowledgement;
    private bool _isReinviting;
    private bool _isHolding;
    private readonly List<string> _transferNews = [];
    private int _lastNews;

    internal void OnRequest(SipText request, IPEndPoint from)
    {
        if (request.Method == "CANCEL" && IsIncoming)
            OnCancel(request, from);
        else if (request.Method == "INVITE" && request.ToTag.Length == 0)
            RepeatResponse(_lastResponse ?? ScriptedPhone.Response(request, 100), from);
        else if (request.Method == "ACK")
            OnAck(request);
        else if (request.ToTag != _dialog.LocalTag)
            _phone.Send(_dialog.Response(request, 481), from);
        else
            OnRequestInDialog(request, from);
    }

    private void OnRequestInDialog(SipText request, IPEndPoint from)
    {
        switch (request.Method)
        {
            case "BYE":
                _phone.Send(_dialog.Response(request, 200), from);
                OnBye();
                break;
            case "INVITE":
                OnReinvite(request, from);
                break;
            case "NOTIFY" when !IsOver && request["Event"].StartsWith("refer", StringComparison.OrdinalIgnoreCase):
                NoteNews(request);
                _phone.Send(_dialog.Response(request, 200), from);
                break;
            case "OPTIONS" or "INFO" or "NOTIFY":
                _phone.Send(_dialog.Response(request, IsOver ? 481 : 200), from);
                break;
            default:
                _phone.Send(_dialog.Response(request, 405), from);
                break;
        }
    }

    /// <summary>A repetition says nothing new.</summary>
    private void NoteNews(SipText notify)
    {
        if (notify.CSeq.Number <= _lastNews)
            return;
        _lastNews = notify.CSeq.Number;
        _transferNews.Add(notify.Body.Trim());
    }

    private void OnAck(SipText acknowledgement)
    {
        if (IsIncoming && acknowledgement.CSeq.Number == _invite!.CSeq.Number)
        {
            OnAcknowledged(acknowledgement);
            return;
        }

        _reinviteResponse?.Stop();
        _reinviteResponse = null;
        if (acknowledgement.Body.Length > 0)
            Apply(PhoneSdp.Parse(acknowledgement.Body), _media?.Direction ?? "sendrecv");
    }

    private void OnBye()
    {
        if (IsOver)
            return;
        _response?.Stop();
        _reinviteResponse?.Stop();
        End(_isHangingUp ? ScriptedCallEnd.HungUpHere : ScriptedCallEnd.HungUpThere);
    }

    private void OnReinvite(SipText invite, IPEndPoint from)
    {
        if (_lastReinviteResponse?.Branch == invite.Branch)
        {
            RepeatResponse(_lastReinviteResponse, from);
            return;
        }

        var offer = invite.Body.Length > 0 ? PhoneSdp.Parse(invite.Body) : null;
        var own = _isReinviting || IsOver || _media is null ? null
            : invite.Body.Length == 0 ? _media.Offer(_isHolding ? "sendonly" : "sendrecv")
            : offer is null ? null : _media.Answer(offer, _isHolding);
        var refusal = IsOver ? 481 : _isReinviting ? 491 : 488;
        var response = own is null ? _dialog.Response(invite, refusal) : WithSdp(_dialog.Response(invite, 200), own);
        if (own is not null)
        {
            _dialog.Refresh(invite);
            Apply(offer, own.Direction);
            NoteHold(offer);
        }

        _lastReinviteResponse = response;
        _reinviteResponse?.Stop();
        _reinviteResponse = new Retransmission(_phone, _phone.Options.T2, () => _phone.Send(response, from), static () => { });
    }

    private void RepeatResponse(SipText? response, IPEndPoint to)
    {
        if (response is not null)
            _phone.Send(response, to);
    }

    private Task<int> ReinviteAsync(bool isHolding)
    {
        lock (_phone.Gate)
        {
            if (IsOver || _isHangingUp || AnsweredAt is null || _media is null)
                return Task.FromResult(481);
            if (_isReinviting)
                return Task.FromResult(491);
            _isReinviting = true;
            _reinviteAcknowledgement = null;
            var direction = isHolding ? "sendonly" : "sendrecv";
            var message = WithSdp(_dialog.Request("INVITE"), _media.Offer(direction));
            return Ask(message, (_, response) => OnReinviteResponse(response, isHolding));
        }
    }

    private void OnReinviteResponse(SipText response, bool isHolding)
    {
        if (response.Status < 200)
            return;
        _isReinviting = false;
        if (response.Status >= 300)
            return;
        if (_reinviteAcknowledgement is null)
        {
            _dialog.Refresh(response);
            _reinviteAcknowledgement = _dialog.Request("ACK", response.CSeq.Number);
            _isHolding = isHolding;
            // A phone that holds says nothing, though sendonly would let it play music.
            var answer = PhoneSdp.Parse(response.Body);
            Apply(answer, isHolding ? "inactive" : "sendrecv");
            if (!isHolding)
                NoteHold(answer);
        }

        _phone.Send(_reinviteAcknowledgement, _dialog.Destination);
    }

    private void SendBye(ScriptedCallEnd end)
    {
        _isHangingUp = true;
        StopMedia();
        _phone.Ask(_dialog, _dialog.Request("BYE"), new PhoneRequestHandlers(
            (_, response) =>
            {
                if (response.Status >= 200)
                    End(end);
            },
            () => End(end)));
    }

    private Task<int> Ask(SipText message, Action<PhoneRequest, SipText> onResponse)
    {
        var status = new PhoneCompletion<int>(_phone.Work);
        _phone.Ask(_dialog, message, new PhoneRequestHandlers(
            (request, response) =>
            {
                onResponse(request, response);
                if (response.Status >= 200)
                    status.Complete(response.Status);
            },
            () =>
            {
                _isReinviting = false;
                status.Complete(408);
            }));
        return status.Task;
    }
}
