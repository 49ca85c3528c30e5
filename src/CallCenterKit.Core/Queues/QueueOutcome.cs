using System.Text.Json.Serialization;

namespace CallCenterKit.Queues;

/// <summary>How a stay in a queue ended, seen by the flow that brought the caller there.</summary>
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Abandoned), "abandoned")]
[JsonDerivedType(typeof(TimedOut), "timed-out")]
[JsonDerivedType(typeof(Full), "full")]
public abstract record QueueOutcome
{
    private QueueOutcome()
    {
    }

    /// <summary>An agent took it and the conversation with the agent is over; the caller is still there.</summary>
    public sealed record Answered(AgentId Agent, TimeSpan Waited) : QueueOutcome;

    /// <summary>The caller left before an agent answered.</summary>
    public sealed record Abandoned(TimeSpan Waited) : QueueOutcome;

    /// <summary>The longest wait passed and the overflow target is for the flow to carry out.</summary>
    public sealed record TimedOut(TimeSpan Waited, Overflow? Overflow) : QueueOutcome;

    /// <summary>There was no place; the overflow target is for the flow to carry out.</summary>
    public sealed record Full(Overflow? Overflow) : QueueOutcome;
}

/// <summary>Where a caller goes that the queue cannot keep.</summary>
/// <param name="Kind">What the name means.</param>
/// <param name="Name">A queue or a flow; empty for <see cref="OverflowKind.HangUp"/>.</param>
public sealed record Overflow(OverflowKind Kind, string Name)
{
    /// <summary>Reads "queue:NAME", "flow:NAME" or "hangup".</summary>
    public static bool TryParse(string? text, out Overflow? overflow)
    {
        overflow = text switch
        {
            "hangup" => new(OverflowKind.HangUp, ""),
            ['q', 'u', 'e', 'u', 'e', ':', _, ..] => new(OverflowKind.Queue, text["queue:".Length..]),
            ['f', 'l', 'o', 'w', ':', _, ..] => new(OverflowKind.Flow, text["flow:".Length..]),
            _ => null,
        };
        return overflow is not null;
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Kind switch
    {
        OverflowKind.Queue => $"queue:{Name}",
        OverflowKind.Flow => $"flow:{Name}",
        _ => "hangup",
    };
}

/// <summary>What an overflow target is.</summary>
public enum OverflowKind
{
    /// <summary>End the call.</summary>
    HangUp,

    /// <summary>Another queue; the time of entry is kept.</summary>
    Queue,

    /// <summary>A flow.</summary>
    Flow,
}
