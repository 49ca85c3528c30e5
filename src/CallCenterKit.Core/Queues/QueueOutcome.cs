using System.Text.Json.Serialization;

namespace CallCenterKit.Queues;

/// <summary>How a stay in a queue ended, seen by the flow that brought the caller there.</summary>
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Abandoned), "abandoned")]
[JsonDerivedType(typeof(TimedOut), "timed-out")]
[JsonDerivedType(typeof(Full), "full")]
[JsonDerivedType(typeof(Empty), "empty")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(CallbackBooked), "callback-booked")]
public abstract record QueueOutcome
{
    private QueueOutcome()
    {
    }

    /// <summary>Where the queue sends whom it could not keep: for the flow to carry out. Null when there is nothing to be done, or to hang up.</summary>
    [JsonIgnore]
    public Overflow? Onward => this switch
    {
        TimedOut each => each.Overflow,
        Full each => each.Overflow,
        Empty each => each.Overflow,
        Closed each => each.Overflow,
        _ => null,
    };

    /// <summary>An agent took it and the conversation with the agent is over; the caller is still there.</summary>
    public sealed record Answered(AgentId Agent, TimeSpan Waited) : QueueOutcome;

    /// <summary>The caller left before an agent answered.</summary>
    public sealed record Abandoned(TimeSpan Waited) : QueueOutcome;

    /// <summary>The longest wait passed and the overflow target is for the flow to carry out.</summary>
    public sealed record TimedOut(TimeSpan Waited, Overflow? Overflow) : QueueOutcome;

    /// <summary>There was no place; the overflow target is for the flow to carry out.</summary>
    public sealed record Full(Overflow? Overflow) : QueueOutcome;

    /// <summary>Nobody was at work, on entry or later; the overflow target is for the flow to carry out.</summary>
    public sealed record Empty(TimeSpan Waited, Overflow? Overflow) : QueueOutcome;

    /// <summary>It was closed, on entry or later; the overflow target is for the flow to carry out.</summary>
    public sealed record Closed(TimeSpan Waited, Overflow? Overflow) : QueueOutcome;

    /// <summary>The caller keeps the place and will be called back: say goodbye.</summary>
    /// <param name="Waited">Until now.</param>
    /// <param name="Already">Whether there was one already, which stays as it is.</param>
    public sealed record CallbackBooked(TimeSpan Waited, bool Already) : QueueOutcome;
}

/// <summary>Where a caller goes that the queue cannot keep.</summary>
/// <param name="Kind">What the name means.</param>
/// <param name="Name">A queue, a flow, a mailbox, a prompt or a number; empty for <see cref="OverflowKind.HangUp"/> and <see cref="OverflowKind.Callback"/>.</param>
public sealed record Overflow(OverflowKind Kind, string Name)
{
    private static readonly (string Text, OverflowKind Kind)[] Named =
    [
        ("queue:", OverflowKind.Queue),
        ("flow:", OverflowKind.Flow),
        ("voicemail:", OverflowKind.Voicemail),
        ("message:", OverflowKind.Message),
        ("number:", OverflowKind.Number),
    ];

    /// <summary>Reads "queue:NAME", "flow:NAME", "voicemail:NAME", "message:PROMPT", "number:NUMBER", "callback" or "hangup".</summary>
    public static bool TryParse(string? text, out Overflow? overflow)
    {
        overflow = text switch
        {
            null => null,
            "hangup" => new(OverflowKind.HangUp, ""),
            "callback" => new(OverflowKind.Callback, ""),
            _ => Array.Find(Named, each => text.Length > each.Text.Length && text.StartsWith(each.Text, StringComparison.Ordinal)) is { Text: { } prefix } found
                ? new(found.Kind, text[prefix.Length..])
                : null,
        };
        return overflow is not null;
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Kind switch
    {
        OverflowKind.HangUp => "hangup",
        OverflowKind.Callback => "callback",
        _ => Array.Find(Named, each => each.Kind == Kind).Text + Name,
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

    /// <summary>A message is taken for the mailbox of that name.</summary>
    Voicemail,

    /// <summary>The place is kept and the caller is called back.</summary>
    Callback,

    /// <summary>A prompt is played and the call ended.</summary>
    Message,

    /// <summary>Wherever the dial plan leads this number; nothing is dialled outside without a rule.</summary>
    Number,
}
