using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>A re-INVITE of ours: it holds, resumes, or refreshes the session (RFC 3261 §14.1, RFC 3264 §8.4, RFC 4028 §10). Worker only.</summary>
internal sealed class Reinvite : DialogRequest
{
    private readonly SipLeg _leg;
    private readonly SipUserAgent _agent;
    private readonly bool? _hold;
    private readonly Operation<bool>? _operation;
    private readonly WorkerTimer _retry;
    private bool _isOver;

    /// <param name="leg">Whose session.</param>
    /// <param name="agent">Of the worker that carries it.</param>
    /// <param name="dialog">The leg's.</param>
    /// <param name="hold">Hold (true) or resume (false); null leaves the audio as it is.</param>
    /// <param name="operation">Whoever waits; null when nobody does.</param>
    public Reinvite(SipLeg leg, SipUserAgent agent, SipDialog dialog, bool? hold, Operation<bool>? operation)
        : base(dialog, SipMethod.Invite, agent.Worker.Transactions)
    {
        _leg = leg;
        _agent = agent;
        _hold = hold;
        _operation = operation;
        _retry = new(agent.Worker, Send);
    }

    /// <summary>Sends it, unless there is nothing to change.</summary>
    public void Begin()
    {
        if (_leg.Media.IsHeldByUs == _hold)
            Complete();
        else
            Send();
    }

    /// <summary>The leg has ended.</summary>
    public void Abandon()
    {
        _isOver = true;
        _retry.Stop();
        _operation?.Fail(new CallEndedException(_leg.Call.Id, _leg.Call.Ending));
    }

    protected override void Write(SipMessageWriter request)
    {
        _agent.Services.UserAgent(request).Header(SipHeader.Allow, SipServices.Allow).Header(SipHeader.Supported, SipServices.Supported);
        _leg.Session.WriteRequest(request);
        request.Finish("application/sdp"u8, _leg.Media.Offer(_hold ?? _leg.Media.IsHeldByUs ? MediaDirection.SendOnly : MediaDirection.SendReceive));
    }

    protected override void OnFinal(int status, SipMessage? response)
    {
        if (status < 300)
            OnAccepted(response!);
        else if (!_isOver)
            OnRefused(status, response);
    }

    // Also for a 2xx that is repeated because our ACK was lost.
    private void OnAccepted(SipMessage response)
    {
        Dialog.Refresh(response);
        Dialog.Learn(response);
        using (var ack = Dialog.Ack(CSeq, Layer))
            Layer.SendStateless(ack, Dialog.Transport, Dialog.Destination);
        if (_isOver)
            return;
        _leg.Session.TakeResponse(response);
        if (_leg.Media.TakeAnswer(response.Body))
            Complete();
        else
            _leg.HangUp(HangUpCause.NoCommonFormat, CallEndedBy.Network);
    }

    private void OnRefused(int status, SipMessage? response)
    {
        _leg.Media.WithdrawOffer();
        switch (status)
        {
            case 491:
                _retry.Start(GlareDelay());
                break;
            case 422 when _leg.Session.TryRaise(response!):
                Send();
                break;
            case 408 or 481: // the other side has lost the call (RFC 3261 §12.2.1.2)
            case 503 when response is null:
                _leg.HangUp(HangUpCause.NetworkLost, CallEndedBy.Network);
                break;
            default:
                _isOver = true;
                _operation?.Fail(new NotSupportedException($"The far end of call {_leg.Call.Id} refused to be {(_hold == true ? "held" : "resumed")}: {status}."));
                if (_hold is null)
                    _leg.Session.RetryLater();
                _leg.OnReinviteDone();
                break;
        }
    }

    private void Complete()
    {
        _isOver = true;
        _operation?.Complete(true);
        _leg.OnReinviteDone();
    }

    // RFC 3261 §14.1: the owner of the Call-ID waits longer, in steps of 10 ms.
    private TimeSpan GlareDelay()
    {
        var step = TimeSpan.FromMilliseconds(10);
        var drawn = _agent.Worker.NewTag();
        return _leg.Call.Direction == CallDirection.Outbound
            ? TimeSpan.FromSeconds(2.1) + (step * (drawn % 191))
            : step * (drawn % 201);
    }
}
