namespace CallCenterKit.Voice;

/// <summary>Whom to ring.</summary>
public abstract record DialTarget
{
    private DialTarget()
    {
    }

    /// <summary>A phone of ours, wherever it is registered now.</summary>
    public sealed record ToEndpoint(EndpointId Endpoint) : DialTarget;

    /// <summary>An address in the driver's own form: "sip:100@192.0.2.7".</summary>
    public sealed record ToAddress(string Address) : DialTarget;

    /// <summary>A number outside, over a trunk.</summary>
    /// <param name="Number">As the trunk is to be told it.</param>
    /// <param name="Trunks">Which trunks may carry it, one after another; empty: all, by their own priority and weight.</param>
    public sealed record ToNumber(string Number, IReadOnlyList<string> Trunks) : DialTarget;
}

/// <summary>What to ring and how.</summary>
public sealed class DialRequest
{
    /// <summary>The id the new leg will have.</summary>
    public required CallId Id { get; init; }

    /// <summary>Whom to ring.</summary>
    public required DialTarget Target { get; init; }

    /// <summary>Who is shown as calling.</summary>
    public required CallParty Caller { get; init; }

    /// <summary>How long it may ring; null leaves it to the token. At most 5 minutes.</summary>
    public TimeSpan? RingTime { get; init; }

    /// <summary>The leg whose audio formats to prefer, so that the two can be relayed without decoding.</summary>
    public ICall? PreferFormatsOf { get; init; }

    /// <summary>Passes limits of calls and a center that is stopping.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>What only the driver understands; for SIP "header.X-Name" adds a header.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>Told to the far end if the attempt is cancelled; read at that moment.</summary>
    public HangUpCause CancelCause { get; set; } = HangUpCause.Cancelled;
}

/// <summary>How an attempt to ring somebody ended.</summary>
public abstract record DialOutcome
{
    private DialOutcome()
    {
    }

    /// <summary>The party answered.</summary>
    public sealed record Answered(ICall Call) : DialOutcome;

    /// <summary>The party is in a call.</summary>
    public sealed record Busy : DialOutcome;

    /// <summary>It rang for the whole ring time.</summary>
    public sealed record NoAnswer : DialOutcome;

    /// <summary>The party or its network refused.</summary>
    /// <param name="Status">The protocol's own number; for SIP the status code.</param>
    public sealed record Rejected(int Status) : DialOutcome;

    /// <summary>Not registered, no route, or silent until the transaction timed out.</summary>
    public sealed record Unreachable(string Why) : DialOutcome;
}
