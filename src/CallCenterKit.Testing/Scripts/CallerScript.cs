namespace CallCenterKit.Testing;

/// <summary>What a <see cref="ScriptedCaller"/> does.</summary>
public sealed record CallerScript
{
    /// <summary>Whom to call: a SIP URI, or a user at the phone's own domain.</summary>
    public required string Target { get; init; }

    /// <summary>What to key once the call is answered, in order.</summary>
    public IReadOnlyList<KeyPress> Keys { get; init; } = [];

    /// <summary>
    /// Ends when the caller has somebody on the line, such as
    /// <c>(call, ct) => call.Heard.WaitForToneAsync(1000, cancellationToken: ct)</c>; cancelled when the caller hangs up.
    /// Null takes the caller as connected once the last digit is keyed.
    /// </summary>
    public Func<ScriptedCall, CancellationToken, Task>? WaitForAgent { get; init; }

    /// <summary>How long from dialling until somebody must be on the line; then the caller gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the caller talks before hanging up; null leaves that to the far end.</summary>
    public TimeSpan? Talk { get; init; }

    /// <summary>What the caller says; null leaves what the phone says anyway.</summary>
    public PhoneVoice? Voice { get; init; }
}

/// <summary>Digits to key.</summary>
/// <param name="Pause">From the answer, or from the digits before.</param>
/// <param name="Digits">Any of 0-9, *, # and A-D.</param>
public readonly record struct KeyPress(TimeSpan Pause, string Digits);

/// <summary>How a caller's attempt ended.</summary>
public enum CallerEnding
{
    /// <summary>The call was refused, or nobody responded.</summary>
    Refused,

    /// <summary>Patience ran out before somebody was on the line.</summary>
    GaveUp,

    /// <summary>The far end hung up before somebody was on the line.</summary>
    SentAway,

    /// <summary>They talked, and the caller hung up.</summary>
    HungUpByCaller,

    /// <summary>They talked, and the far end hung up.</summary>
    HungUpByFarEnd,
}

/// <summary>What a caller has gone through.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Call">The call, over by now, with what was heard.</param>
/// <param name="Answered">From dialling to the answer; null if there was none.</param>
/// <param name="Connected">From dialling to somebody on the line; null if there was nobody.</param>
/// <param name="Total">From dialling to the end.</param>
public sealed record CallerResult(CallerEnding Ending, ScriptedCall Call, TimeSpan? Answered, TimeSpan? Connected, TimeSpan Total)
{
    /// <summary>The last status of the INVITE, 0 if there was none.</summary>
    public int Status => Call.LastStatus;
}
