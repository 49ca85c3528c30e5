using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Calls;

/// <summary>A driver that does as the test says and writes down what it is told.</summary>
internal sealed class FakeTelephony : ITelephony
{
    private readonly ConcurrentQueue<string> _told = new();
    private readonly TaskCompletionSource<DialOutcome> _outcome = new(); // continues in place: the work it wakes is counted
    private FakeCall? _dialled;
    private int _incoming;

    public string Name => "fake";

    public VoiceCapabilities Capabilities { get; init; } = VoiceCapabilities.EarlyAudio;

    /// <summary>What was done, in order, by "caller", "party" or "bridge".</summary>
    public IReadOnlyList<string> Told => [.. _told];

    public ITelephonySink Sink { get; private set; } = null!;

    /// <summary>What happens as soon as the driver is open.</summary>
    public Action<FakeTelephony>? Opened { get; init; }

    public FakeCall Dialled => _dialled ?? throw new InvalidOperationException("Nothing was dialled.");

    public void Tell(string what) => _told.Enqueue(what);

    public FakeCall Incoming(string phone, string number)
    {
        var call = new FakeCall(this, "caller", new(new Guid(++_incoming, 0, 0, new byte[8])), new CallOrigin.FromEndpoint(new(phone)), new(phone), new(number));
        Sink.OnIncoming(call);
        return call;
    }

    public void Answer()
    {
        Dialled.State = CallState.Answered;
        _outcome.SetResult(new DialOutcome.Answered(Dialled));
    }

    public void End(DialOutcome outcome) => _outcome.SetResult(outcome);

    public ValueTask StartAsync(ITelephonySink sink, CancellationToken cancellationToken)
    {
        Sink = sink;
        Opened?.Invoke(this);
        return default;
    }

    public void StopAccepting()
    {
    }

    public async ValueTask<DialOutcome> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        _dialled = new(this, "party", request.Id, new CallOrigin.Dialled(request.Target), request.Caller, new("outside"));
        Tell("dial");
        using var registration = cancellationToken.UnsafeRegister(_ => _outcome.TrySetCanceled(cancellationToken), null);
        return await _outcome.Task;
    }

    public IBridge CreateBridge() => new FakeBridge(this);

    public bool IsReachable(EndpointId endpoint) => true;

    public ValueTask DisposeAsync() => default;

    private sealed class FakeBridge(FakeTelephony driver) : IBridge
    {
        public ValueTask AddAsync(ICall call, BridgeRole role, CancellationToken cancellationToken) => Tell($"bridge takes {((FakeCall)call).Name}");

        public ValueTask RemoveAsync(ICall call) => Tell($"bridge leaves {((FakeCall)call).Name}");

        public ValueTask SetRoleAsync(ICall call, BridgeRole role, CancellationToken cancellationToken) => default;

        public ValueTask DisposeAsync() => Tell("bridge closes");

        private ValueTask Tell(string what)
        {
            driver.Tell(what);
            return default;
        }
    }
}

/// <summary>A leg of <see cref="FakeTelephony"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing to release.")]
internal sealed class FakeCall(FakeTelephony driver, string name, CallId id, CallOrigin origin, CallParty from, CallParty to) : ICall
{
    private readonly CancellationTokenSource _ended = new();

    public string Name => name;

    public CallId Id => id;

    public string Driver => driver.Name;

    public CallDirection Direction => origin is CallOrigin.Dialled ? CallDirection.Outbound : CallDirection.Inbound;

    public CallOrigin Origin => origin;

    public CallParty From => from;

    public CallParty To => to;

    public IReadOnlyDictionary<string, string> Attributes { get; } = new Dictionary<string, string>();

    public CallState State { get; set; } = CallState.Trying;

    public CallEnding? Ending { get; private set; }

    public CancellationToken Ended => _ended.Token;

    public int AudioRateHz => 8000;

    public void Signal(CallSignal signal) => driver.Sink.OnSignal(this, signal);

    public void End(CallEndedBy by, HangUpCause cause)
    {
        if (Ending is not null)
            return;
        (Ending, State) = (new(cause, by), CallState.Ended);
        Signal(new CallSignal.Ended(Ending));
        _ended.Cancel();
    }

    public ValueTask RingAsync(CancellationToken cancellationToken) => Tell("rings");

    public ValueTask StartEarlyAudioAsync(CancellationToken cancellationToken) => Tell("hears early audio");

    public ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        State = CallState.Answered;
        return Tell("is answered");
    }

    public void HangUp(HangUpCause cause)
    {
        if (Ending is null)
            driver.Tell($"{name} is hung up: {cause}");
        End(CallEndedBy.Center, cause);
    }

    public ValueTask HoldAsync(bool hold, CancellationToken cancellationToken) => default;

    public ValueTask<PlayEnd> PlayAsync(PlayRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask SendDigitsAsync(string digits, TimeSpan tone, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ICallRecording> RecordAsync(RecordRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public PipeReader Listen() => throw new NotSupportedException();

    public PipeWriter Speak() => throw new NotSupportedException();

    private ValueTask Tell(string what)
    {
        driver.Tell($"{name} {what}");
        return default;
    }
}
