namespace CallCenterKit.Voice;

/// <summary>A voice driver: brings legs in, dials legs out, joins them. SIP is the first; several may run at once.</summary>
public interface ITelephony : IAsyncDisposable
{
    /// <summary>Short, stable name that bindings and records keep: "sip".</summary>
    string Name { get; }

    /// <summary>What this driver can do; what it cannot throws <see cref="NotSupportedException"/>.</summary>
    VoiceCapabilities Capabilities { get; }

    /// <summary>Opens the network and begins to hand incoming legs and signals to the sink.</summary>
    /// <exception cref="IOException">An address or port cannot be used; the message names it.</exception>
    ValueTask StartAsync(ITelephonySink sink, CancellationToken cancellationToken);

    /// <summary>Refuses new calls from now on; calls in progress go on, and for those waiting parties may still be dialled.</summary>
    void StopAccepting();

    /// <summary>Rings a party until it answers, refuses, or the ring time is over.</summary>
    /// <remarks>Any thread. When the token is cancelled the call attempt is ended before this returns, also when the
    /// answer crosses the cancellation on the wire; <see cref="DialRequest.CancelCause"/> says why to the far end.</remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<DialOutcome> DialAsync(DialRequest request, CancellationToken cancellationToken);

    /// <summary>A new, empty bridge.</summary>
    IBridge CreateBridge();

    /// <summary>Lights the message lamp of an endpoint while there is a new message; nothing happens where there is no lamp.</summary>
    /// <param name="endpoint">One that is not known is ignored.</param>
    /// <param name="newMessages">Not heard yet.</param>
    /// <param name="oldMessages">Heard and kept.</param>
    /// <remarks>Any thread; never waits. To be said again after a restart.</remarks>
    void SetMessageWaiting(EndpointId endpoint, int newMessages, int oldMessages)
    {
    }

    /// <summary>Whether the endpoint could be dialled now.</summary>
    bool IsReachable(EndpointId endpoint);
}

/// <summary>What the host of a driver is told. Called on the driver's threads: implementations only hand over.</summary>
/// <remarks>
/// Any member of a call or driver may be called from here, also to hang up or to stop the driver. What it returns must not be
/// waited for here by blocking: the thread that waits is the one that would bring the end. Exceptions are logged.
/// </remarks>
public interface ITelephonySink
{
    /// <summary>A leg has arrived and waits for <see cref="ICall.RingAsync"/>, <see cref="ICall.AnswerAsync"/> or <see cref="ICall.HangUp"/>.</summary>
    void OnIncoming(ICall call);

    /// <summary>Something happened on a leg. Signals of one leg come in order; <see cref="CallSignal.Ended"/> is the last.</summary>
    void OnSignal(ICall call, CallSignal signal);

    /// <summary>An endpoint came within reach or was lost.</summary>
    void OnReachability(EndpointId endpoint, bool reachable);
}

/// <summary>What a driver can do.</summary>
[Flags]
public enum VoiceCapabilities
{
    /// <summary>Dial, ring, answer and hang up only.</summary>
    None = 0,

    /// <summary>Play prompts, tones and music.</summary>
    Play = 1,

    /// <summary>Receive and send digits.</summary>
    Digits = 2,

    /// <summary>Put the far end on hold.</summary>
    Hold = 4,

    /// <summary>Join two legs.</summary>
    Bridge = 8,

    /// <summary>Join more than two legs, or legs with roles.</summary>
    Mix = 16,

    /// <summary>Record a leg.</summary>
    Record = 32,

    /// <summary>Give and take PCM audio.</summary>
    Stream = 64,

    /// <summary>Hear and be heard before the answer.</summary>
    EarlyAudio = 128,

    /// <summary>Ask the far end to transfer itself.</summary>
    Transfer = 256,

    /// <summary>Tell whether the far end speaks.</summary>
    Activity = 512,
}
