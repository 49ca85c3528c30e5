using System.IO.Pipelines;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Playback;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>What the host sees of a leg. Any thread: what it asks is posted to the worker of the leg.</summary>
#pragma warning disable CA1001 // the source has no timer and no handle; a host may still register on its token after the end
internal sealed class SipCall : ICall, IMediaLegOwner
#pragma warning restore CA1001
{
    private readonly SipServices _services;
    private readonly SipWorker _worker;
    private readonly CancellationTokenSource _ended = new();
    private CallEnding? _ending;
    private int _state;
    private readonly AudioCodec? _expectedFormat;
    private bool _hasEarlyAudio;

    public SipCall(SipLeg leg, SipServices services, SipWorker worker, SipCallFacts facts)
    {
        Leg = leg;
        _services = services;
        _worker = worker;
        Id = facts.Id;
        Direction = facts.Direction;
        Origin = facts.Origin;
        From = facts.From;
        To = facts.To;
        Attributes = facts.Attributes;
        MaxForwards = facts.MaxForwards;
        Replaces = facts.Replaces;
        _expectedFormat = facts.Format;
    }

    public CallId Id { get; }

    public string Driver => _services.DriverName;

    public CallDirection Direction { get; }

    public CallOrigin Origin { get; }

    public CallParty From { get; }

    public CallParty To { get; }

    public IReadOnlyDictionary<string, string> Attributes { get; }

    public CallId? Replaces { get; }

    public CallState State => (CallState)Volatile.Read(ref _state);

    public bool IsHolding => State == CallState.Answered && Leg.Media.IsHeldByRemote;

    public CallEnding? Ending => Volatile.Read(ref _ending);

    public CancellationToken Ended => _ended.Token;

    public int AudioRateHz => Leg.Media.Leg.AudioRateHz;

    MediaLeg? IMediaLegOwner.MediaLeg => Leg.Media.Leg;

    /// <summary>What the audio is, or before the answer will be; null where that is open.</summary>
    internal AudioCodec? Format => Leg.Media.Leg.Negotiated?.Codec ?? _expectedFormat;

    /// <summary>How many more hops a call that follows from this one may take.</summary>
    internal int MaxForwards { get; }

    /// <summary>The far end and we can hear each other, or one of us the other, before the answer.</summary>
    internal bool HasEarlyAudio => Volatile.Read(ref _hasEarlyAudio);

    /// <summary>Of the established dialog; null before.</summary>
    internal SipDialogId? Dialog { get => Volatile.Read(ref field); set => Volatile.Write(ref field, value); }

    /// <summary>Belongs to the worker.</summary>
    internal SipLeg Leg { get; }

    public async ValueTask RingAsync(CancellationToken cancellationToken) =>
        await AskAsync(static (leg, operation) => leg.Ring(operation), cancellationToken).ConfigureAwait(false);

    public async ValueTask StartEarlyAudioAsync(CancellationToken cancellationToken) =>
        await AskAsync(static (leg, operation) => leg.StartEarlyAudio(operation), cancellationToken).ConfigureAwait(false);

    public async ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        var operation = new Operation<bool>(_services.Work);
        _worker.Post(_ => Leg.Answer(operation), null);
        // Not just no longer waited for: an answer that waits for its PRACK must not follow later.
        using var registration = cancellationToken.UnsafeRegister((_, token) => _worker.Post(_ => Leg.WithdrawAnswer(operation, token), null), null);
        await operation.Task.ConfigureAwait(false);
    }

    public void HangUp(HangUpCause cause) =>
        _worker.Post(state => ((SipLeg)state!).HangUp(cause), Leg);

    public async ValueTask HoldAsync(bool hold, CancellationToken cancellationToken)
    {
        RequireAnswered();
        await AskAsync((leg, operation) => leg.Hold(hold, operation), cancellationToken).ConfigureAwait(false);
    }

    public void ReportTransfer(TransferProgress progress) =>
        _worker.Post(_ => Leg.ReportTransfer(progress), null);

    public async ValueTask<TransferProgress> ReferAsync(DialTarget target, ICall? replaces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        cancellationToken.ThrowIfCancellationRequested();
        RequireAnswered();
        if (replaces is not null and not SipCall)
            throw new ArgumentException($"Call {replaces.Id} of driver '{replaces.Driver}' is no SIP call; its place cannot be taken by SIP.", nameof(replaces));
        var dialog = (replaces as SipCall)?.Dialog;
        if (replaces is not null && dialog is null)
            throw new ArgumentException($"Call {replaces.Id} is not answered; its place cannot be taken.", nameof(replaces));
        var operation = new Operation<TransferProgress>(_services.Work);
        _worker.Post(_ => Leg.Refer(_services.UriOf(target, Leg), dialog, operation), null);
        return await operation.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<PlayEnd> PlayAsync(PlayRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        RequireAudio();
        var end = await Leg.Media.PlayAsync(request, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return end.Outcome switch
        {
            PlaybackOutcome.Finished => PlayEnd.Finished,
            PlaybackOutcome.Stopped => PlayEnd.Stopped,
            PlaybackOutcome.Failed => throw new IOException(end.Error),
            _ => throw new CallEndedException(Id, Ending),
        };
    }

    public async ValueTask SendDigitsAsync(string digits, TimeSpan tone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(digits);
        RequireAudio();
        if (Leg.Media.Leg.Negotiated?.TelephoneEventPayloadType is not null)
        {
            if (await Leg.Media.Leg.SendDigitsAsync(digits, tone, cancellationToken).ConfigureAwait(false))
                return;
            ThrowIfEnded();
            throw new NotSupportedException($"The far end of call {Id} takes no telephone events now.");
        }
        DtmfRelay.Require(digits, tone);
        foreach (var digit in digits)
        {
            if (!await AskAsync((leg, operation) => leg.SendDigit(digit, tone, operation), cancellationToken).ConfigureAwait(false))
                throw new NotSupportedException($"The far end of call {Id} takes neither telephone events nor digits in INFO.");
        }
    }

    public ValueTask<ICallRecording> RecordAsync(RecordRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        RequireAudio();
        try
        {
            return new(new SipCallRecording(request, _services.Media, Leg.Media.Leg, _services.Work));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The recording '{request.Path}' cannot be made: {exception.Message}", exception);
        }
    }

    public async ValueTask WaitForAsync(VoiceActivity activity, TimeSpan length, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireAudio();
        if (await Leg.Media.WaitForAsync(activity, length, cancellationToken).ConfigureAwait(false))
            return;
        cancellationToken.ThrowIfCancellationRequested();
        throw new CallEndedException(Id, Ending);
    }

    public PipeReader Listen()
    {
        RequireAudio();
        return Leg.Media.Leg.Listen();
    }

    public PipeWriter Speak()
    {
        RequireAudio();
        return Leg.Media.Leg.Speak();
    }

    /// <summary>Worker only.</summary>
    internal void EnterEarlyAudio() => Volatile.Write(ref _hasEarlyAudio, true);

    /// <summary>Worker only.</summary>
    internal void Enter(CallState state) => Volatile.Write(ref _state, (int)state);

    /// <summary>Worker only, once.</summary>
    internal void End(CallEnding ending)
    {
        Volatile.Write(ref _ending, ending);
        Enter(CallState.Ended);
        HostWork.Run(_services.Work, CancelEnded);
    }

    // Runs what the host has registered on the token.
    private void CancelEnded()
    {
        try
        {
            _ended.Cancel();
        }
        catch (AggregateException exception)
        {
            SipLog.HostFault(_services.Logger, exception);
        }
    }

    internal void ThrowIfEnded()
    {
        if (State == CallState.Ended)
            throw new CallEndedException(Id, Ending);
    }

    private void RequireAudio()
    {
        if (!HasEarlyAudio || State == CallState.Ended)
            RequireAnswered();
    }

    private void RequireAnswered()
    {
        ThrowIfEnded();
        if (State != CallState.Answered)
            throw new InvalidOperationException($"Call {Id} is {State}; this needs an answered call.");
    }

    private async ValueTask<bool> AskAsync(Action<SipLeg, Operation<bool>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        var operation = new Operation<bool>(_services.Work);
        _worker.Post(_ => ask(Leg, operation), null);
        return await operation.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
