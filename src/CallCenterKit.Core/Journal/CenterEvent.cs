namespace CallCenterKit.Journal;

/// <summary>Something that happened. Plain data: ids and values, nothing alive.</summary>
/// <remarks>Each concrete event names its kind with <see cref="EventKindAttribute"/>; fields are only ever added.</remarks>
public abstract record CenterEvent;

/// <summary>The stable name under which an event is kept. Never the CLR name, never reused.</summary>
/// <param name="kind">Lower case, dotted: "queue.entered".</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventKindAttribute(string kind) : Attribute
{
    /// <summary>The stable name.</summary>
    public string Kind { get; } = kind;
}

/// <summary>An event of a kind this build does not know: kept, carried on, ignored by folds.</summary>
/// <param name="Kind">Its stable name.</param>
/// <param name="Json">Its fields as they were written.</param>
public sealed record UnknownEvent(string Kind, string Json) : CenterEvent;
