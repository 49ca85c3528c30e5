using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>A re-INVITE of ours: it holds, resumes, or refreshes the session (RFC 3261 §14.1, RFC 3264 §8.4, RFC 4028 §10). Worker only.</summary>
internal sealed class Reinvite : DialogRequest
{
    // A far end that always has a request of its own under way is broken.
    private const int MaxGlares = 10;

    private readonly SipLeg _leg;
    private readonly SipUserAgent _agent;
    private readonly bool? _hold;
    private readonly Operation<bool>? _operation;
    private readonly WorkerTimer _retry;
    private readonly WorkerTimer _limit;
    private bool _isBackingOff;
    private bool _isOver;
    private int _glares;

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
        _retry = new(agent.Worker, OnBackOffOver);
        _limit = new(agent.Worker, Cancel);
    }

    /// <summary>It has been sent and has no final answer; not while it waits to be sent again.</summary>
    public bool IsUnderway { get; private set; }

    protected override bool IsWanted => !_isOver;

    /// <summary>Sends it, unless there is nothing to change or it is not yet the time.</summary>
    public void Begin()
    {
        if (IsUnderway || _isBackingOff)
            return;
        if (_leg.Media.IsHeldByUs == _hold)
        {
            Complete();
            return;
        }
        IsUnderway = true;
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

    // An INVITE that is being worked on has no timeout of its own; one for audio needs nobody to be asked.
    protected override void OnProvisional(SipMessage response) => _limit.Start(_agent.Services.Options.Timers.TransactionTimeout);

    protected override void OnFinal(int status, SipMessage? response)
    {
        _limit.Stop();
        IsUnderway = false;
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
        Acknowledge();
        if (_isOver)
            return;
        _leg.Session.TakeResponse(response);
        if (_leg.TakeAnswer(response))
            Complete();
        else
            _leg.HangUp(HangUpCause.NoCommonFormat, CallEndedBy.Network);
    }

    private void OnRefused(int status, SipMessage? response)
    {
        _leg.Media.WithdrawOffer();
        switch (status)
        {
            case 491 when ++_glares <= MaxGlares:
                _isBackingOff = true;
                _retry.Start(GlareDelay());
                break;
            case 422 when _leg.Session.TryRaise(response!):
                Begin();
                break;
            case var _ when IsDialogLost(status, response):
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

    private void OnBackOffOver()
    {
        _isBackingOff = false;
        _leg.ContinueReinvites();
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
