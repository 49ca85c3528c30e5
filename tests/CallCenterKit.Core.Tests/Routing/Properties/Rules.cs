namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>What holds whatever happens, in whatever order.</summary>
[Flags]
internal enum Rules
{
    None = 0,

    /// <summary>Whoever waits is joined with one agent, who answered; all others stop ringing at once.</summary>
    OneWinner = 1,

    /// <summary>No agent carries or is offered more than the model allows.</summary>
    WithinCapacity = 2,

    /// <summary>Nobody is rung who is paused, logged out, leaving, out of reach, resting, wrapping up or busy ringing, or must not take it.</summary>
    OnlyReadyAgents = 4,

    /// <summary>A place gets worse only by those who come with a longer wait, or more credits, or by other credits of the queue.</summary>
    PlacesNeverWorsen = 8,

    /// <summary>Every stay ends once, and every enqueue is answered once.</summary>
    EachEndsOnce = 16,

    /// <summary>After-call work ends at its deadline to the tick, whatever the other queues of the agent do.</summary>
    WrapUpExact = 32,

    /// <summary>As many wait as may, and not one more.</summary>
    LengthsExact = 64,

    /// <summary>Nobody is overtaken once the lead in wait exceeds the difference in credits.</summary>
    NobodyOvertaken = 128,

    /// <summary>The times in each state are what passed in it, and sum up to the time since login.</summary>
    TimeAddsUp = 256,

    /// <summary>The log of commands gives the same effects, bit for bit.</summary>
    ReplayIsIdentical = 512,

    /// <summary>A snapshot and the events after it are the state, and the engine goes on as if nothing had been.</summary>
    RestartKeepsAll = 1024,

    /// <summary>Whoever waits could not have been offered to anybody.</summary>
    NobodyWaitsInVain = 2048,

    All = 4095,
}

/// <summary>The referee objects.</summary>
internal sealed class ObjectionException(Rules rule, string what, Exception? inner = null) : Exception($"{rule}: {what}", inner)
{
    public Rules Rule { get; } = rule;
}
