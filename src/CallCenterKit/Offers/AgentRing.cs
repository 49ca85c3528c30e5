using System.Diagnostics.CodeAnalysis;
using CallCenterKit.Calls;
using CallCenterKit.Hosting;
using CallCenterKit.Model;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Offers;

/// <summary>Rings the phones of one agent, at once or one after another, until one is answered and, where that is asked for, confirmed.</summary>
/// <remarks>One answer wins; the others are told that it was answered elsewhere.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing to release, and a withdrawal may come at any time.")]
internal sealed class AgentRing(CenterServices center, Interactions interactions)
{
    /// <summary>6xx refuses for the person, not for the phone (RFC 3261 §21.6).</summary>
    private const int RefusedEverywhere = 600;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<DialRequest> _dials = [];
    private readonly List<DialOutcome> _inVain = [];
    private readonly Parked<bool> _over = new(center.Work);
    private RingRequest _request = null!;
    private HangUpCause? _stopped;
    private bool _isCancelled;
    private (DialOutcome.Answered Outcome, EndpointId Endpoint)? _winner;
    private int _ringing;
    private bool _refused;

    /// <summary>Whether <see cref="Cancel"/> was called.</summary>
    public bool IsCancelled
    {
        get { lock (_lock) { return _isCancelled; } }
    }

    /// <summary>Rings until somebody answers, nobody does, or it is cancelled. Once.</summary>
    /// <returns>How it ended, and at which phone when it was answered.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing rings any more.</exception>
    public async ValueTask<(DialOutcome Outcome, EndpointId Endpoint)> RunAsync(RingRequest request)
    {
        _request = request;
        if (request.Order == RingOrder.All && request.Phones.Count > 1)
            await RingAllAsync().ConfigureAwait(false);
        else
            await RingInOrderAsync().ConfigureAwait(false);
        lock (_lock)
        {
            if (_winner is { } winner)
                return winner;
            if (_isCancelled)
                throw new OperationCanceledException(_stop.Token);
            return (Summary(), default);
        }
    }

    /// <summary>Rings no more, and says why to the phones. Any thread.</summary>
    public void Cancel(HangUpCause cause)
    {
        lock (_lock) { _isCancelled = true; }
        Stop(cause);
    }

    private async ValueTask RingInOrderAsync()
    {
        var share = _request.Time / _request.Phones.Count;
        for (var i = 0; i < _request.Phones.Count; i++)
        {
            var isLast = i == _request.Phones.Count - 1;
            var outcome = await RingAsync(_request.Phones[i], isLast && _request.IsOpenEnded ? null : share).ConfigureAwait(false);
            if (Settle(outcome, _request.Phones[i].Endpoint) || _refused)
                return;
        }
    }

    private async ValueTask RingAllAsync()
    {
        _ringing = _request.Phones.Count;
        foreach (var phone in _request.Phones)
        {
            center.Work.Enter();
            _ = RingOneOfAllAsync(phone);
        }
        await _over.WaitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RingOneOfAllAsync(AgentEndpoint phone)
    {
        try
        {
            var outcome = await RingAsync(phone, _request.IsOpenEnded ? null : _request.Time).ConfigureAwait(false);
            if (Settle(outcome, phone.Endpoint))
            {
                _over.TryComplete(true);
                Stop(HangUpCause.AnsweredElsewhere);
            }
            else if (_refused)
            {
                Stop(HangUpCause.Cancelled);
            }
        }
        catch (OperationCanceledException)
        {
            // Answered elsewhere, refused elsewhere, or wanted no more.
        }
        catch (Exception fault)
        {
            OffersLog.PhoneFailed(center.Logger, fault, phone.Endpoint);
            Settle(new DialOutcome.Unreachable(fault.Message), phone.Endpoint);
        }
        if (Interlocked.Decrement(ref _ringing) == 0)
            _over.TryComplete(true);
        center.Work.Leave();
    }

    /// <summary>Takes an outcome in. True when it has won.</summary>
    private bool Settle(DialOutcome outcome, EndpointId endpoint)
    {
        var answered = outcome as DialOutcome.Answered;
        lock (_lock)
        {
            if (answered is not null && _winner is null && _stopped is null)
            {
                _winner = (answered, endpoint);
                return true;
            }
            if (answered is null)
                _inVain.Add(outcome);
            _refused |= outcome is DialOutcome.Rejected { Status: >= RefusedEverywhere };
        }
        answered?.Call.HangUp(HangUpCause.AnsweredElsewhere);
        return false;
    }

    /// <param name="phone">Which.</param>
    /// <param name="time">How long it may ring, and how long it may then take to confirm; null until it is cancelled.</param>
    private async ValueTask<DialOutcome> RingAsync(AgentEndpoint phone, TimeSpan? time)
    {
        if (DialOf(phone, time) is not { } dial)
            return new DialOutcome.Unreachable("No rule of the dial plan leads there.");
        if (_request.Listener is { } listener)
            interactions.Listen(dial.Id, listener);
        try
        {
            var outcome = await center.Work.ParkAsync(center.DriverOf(_request.PreferFormatsOf).DialAsync(dial, _stop.Token)).ConfigureAwait(false);
            if (outcome is not DialOutcome.Answered answered || !phone.Confirm)
                return outcome;
            if (await ConfirmedAsync(answered.Call, time).ConfigureAwait(false))
                return outcome;
            answered.Call.HangUp(HangUpCause.Normal);
            return new DialOutcome.NoAnswer();
        }
        finally
        {
            if (_request.Listener is not null)
                interactions.ForgetLeg(dial.Id);
        }
    }

    private DialRequest? DialOf(AgentEndpoint phone, TimeSpan? time)
    {
        var outside = phone.Number is { } number ? Outside.FindMobile(center, number, _request.Caller) : null;
        if (phone.Number is not null && outside is null)
            return null;
        var dial = new DialRequest
        {
            Id = new(center.Ids.Next()),
            Target = outside?.Target ?? new DialTarget.ToEndpoint(phone.Endpoint),
            Caller = outside?.Shown ?? _request.Caller,
            RingTime = time,
            PreferFormatsOf = _request.PreferFormatsOf,
        };
        lock (_lock)
        {
            dial.CancelCause = _stopped ?? HangUpCause.Cancelled;
            _dials.Add(dial);
        }
        return dial;
    }

    /// <summary>A voicemail on one phone must not take the time of the next.</summary>
    private async ValueTask<bool> ConfirmedAsync(ICall leg, TimeSpan? limit)
    {
        using var late = limit is { } time ? new CancellationTokenSource(time, center.Time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
        using var confirmation = new Confirmation(leg, interactions, center);
        try
        {
            return await confirmation.AskAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Stop(HangUpCause cause)
    {
        lock (_lock)
        {
            if (_stopped is not null)
                return;
            _stopped = cause;
            foreach (var dial in _dials)
                dial.CancelCause = cause;
        }
        _stop.Cancel();
    }

    /// <summary>Of several phones that were rung in vain, the one that rang says most.</summary>
    private DialOutcome Summary() =>
        (_refused ? _inVain.OfType<DialOutcome.Rejected>().LastOrDefault() : null)
        ?? _inVain.OfType<DialOutcome.NoAnswer>().FirstOrDefault()
        ?? _inVain.OfType<DialOutcome.Busy>().FirstOrDefault()
        ?? _inVain.OfType<DialOutcome.Rejected>().FirstOrDefault()
        ?? _inVain.FirstOrDefault()
        ?? (DialOutcome)new DialOutcome.Unreachable("There is no phone.");
}

/// <summary>Which phones to ring, and how.</summary>
internal sealed class RingRequest
{
    public required IReadOnlyList<AgentEndpoint> Phones { get; init; }

    public RingOrder Order { get; init; }

    /// <summary>Who is shown as calling.</summary>
    public required CallParty Caller { get; init; }

    /// <summary>The leg that waits; null when nobody does.</summary>
    public ICall? PreferFormatsOf { get; init; }

    /// <summary>For all phones together; null leaves it to <see cref="AgentRing.Cancel"/>.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Whether the last phone, or all that ring at once, go on until they are cancelled: then somebody else keeps the time.</summary>
    public bool IsOpenEnded { get; init; }

    /// <summary>Who is told what the phones signal while they ring; null is nobody.</summary>
    public ILegListener? Listener { get; init; }
}
