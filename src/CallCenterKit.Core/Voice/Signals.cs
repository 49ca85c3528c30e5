namespace CallCenterKit.Voice;

/// <summary>What a leg tells its host.</summary>
public abstract record CallSignal
{
    private CallSignal()
    {
    }

    /// <summary>The far end rings.</summary>
    public sealed record Ringing : CallSignal;

    /// <summary>The far end can be heard before it answers.</summary>
    public sealed record EarlyAudio : CallSignal;

    /// <summary>Audio can flow.</summary>
    public sealed record Answered : CallSignal;

    /// <summary>A key was pressed.</summary>
    /// <param name="Key">0-9, *, # or A-D.</param>
    public sealed record Digit(char Key) : CallSignal;

    /// <summary>The party put us on hold.</summary>
    public sealed record HoldAsked : CallSignal;

    /// <summary>The party took us back.</summary>
    public sealed record ResumeAsked : CallSignal;

    /// <summary>The party asks us to transfer the other side.</summary>
    /// <param name="Target">Whom to: the number it named.</param>
    /// <param name="Replaces">The leg of the consultation it should take the place of; null for a blind transfer.</param>
    /// <remarks>The party is told how it goes by <see cref="ICall.ReportTransfer"/>.</remarks>
    public sealed record TransferAsked(string Target, CallId? Replaces) : CallSignal;

    /// <summary>The leg has begun to sound poor, or sounds good again.</summary>
    /// <param name="Quality">How it sounds.</param>
    public sealed record QualityChanged(CallQuality Quality) : CallSignal;

    /// <summary>The leg is over. Nothing follows.</summary>
    public sealed record Ended(CallEnding Ending) : CallSignal;
}

/// <summary>How a leg sounds, by the direction that is worse.</summary>
/// <param name="IsPoor">It sounds poor by the driver's threshold.</param>
/// <param name="Mos">Estimated mean opinion score, 1 to 4.4 (ITU-T G.107).</param>
/// <param name="Loss">Share of the audio that was not heard, 0 to 1.</param>
/// <param name="Jitter">How unevenly packets arrive.</param>
/// <param name="RoundTrip">The way to the party and back; zero where it is not known.</param>
public sealed record CallQuality(bool IsPoor, double Mos, double Loss, TimeSpan Jitter, TimeSpan RoundTrip);

/// <summary>How a transfer goes.</summary>
public enum TransferProgress
{
    /// <summary>It has begun.</summary>
    Trying,

    /// <summary>The new party is being rung.</summary>
    Ringing,

    /// <summary>The new party has taken the place of the one that asked.</summary>
    Completed,

    /// <summary>The new party is in a call.</summary>
    Busy,

    /// <summary>The new party did not answer.</summary>
    NoAnswer,

    /// <summary>The new party, or a rule, refused.</summary>
    Rejected,

    /// <summary>There is no such party, or no way to it.</summary>
    Unreachable,
}

/// <summary>Why and by whom a leg ended.</summary>
/// <param name="Cause">Why.</param>
/// <param name="By">Who ended it.</param>
/// <param name="Status">The protocol's own number, if there was one; for SIP the status code.</param>
public sealed record CallEnding(HangUpCause Cause, CallEndedBy By, int? Status = null);

/// <summary>Which side ended a leg.</summary>
public enum CallEndedBy
{
    /// <summary>The party.</summary>
    Party,

    /// <summary>This center.</summary>
    Center,

    /// <summary>Neither: a timeout, a lost network.</summary>
    Network,
}

/// <summary>Why a leg ends. The driver maps it to its own codes; for SIP see RFC 3261 §21 and RFC 3326.</summary>
public enum HangUpCause
{
    /// <summary>The conversation is over.</summary>
    Normal,

    /// <summary>In a call. SIP 486.</summary>
    Busy,

    /// <summary>Nobody answered in time. SIP 480.</summary>
    NoAnswer,

    /// <summary>Refused by a person or a rule. SIP 603.</summary>
    Rejected,

    /// <summary>There is no such number. SIP 404.</summary>
    NotFound,

    /// <summary>The caller may not do this. SIP 403.</summary>
    Forbidden,

    /// <summary>No common codec. SIP 488.</summary>
    NoCommonFormat,

    /// <summary>Given up before the answer. SIP CANCEL or 487.</summary>
    Cancelled,

    /// <summary>Somebody else took it. SIP CANCEL with Reason 200.</summary>
    AnsweredElsewhere,

    /// <summary>Too much to do now. SIP 503.</summary>
    Congestion,

    /// <summary>The center is shutting down. SIP 503 or BYE.</summary>
    ShuttingDown,

    /// <summary>No audio or no answer from the far end's network.</summary>
    NetworkLost,

    /// <summary>A fault of our own. SIP 500.</summary>
    Failed,
}

/// <summary>The leg ended before or during the operation. A cancellation, so flows end quietly.</summary>
public sealed class CallEndedException : OperationCanceledException
{
    /// <summary>Creates it.</summary>
    public CallEndedException()
        : base("The call has ended.")
    {
    }

    /// <summary>Creates it with a message.</summary>
    public CallEndedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with a message and the exception behind it.</summary>
    public CallEndedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates it for a leg and its ending.</summary>
    public CallEndedException(CallId call, CallEnding? ending)
        : base($"Call {call} has ended{(ending is null ? "" : $" ({ending.Cause}, by {ending.By})")}.") => Ending = ending;

    /// <summary>Why and by whom, if known.</summary>
    public CallEnding? Ending { get; }
}
