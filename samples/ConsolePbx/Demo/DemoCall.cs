namespace ConsolePbx.Demo;

/// <summary>One call of the script, and with it what should come of it.</summary>
/// <param name="Name">Who calls.</param>
/// <param name="Number">From which number; the phone registers under it.</param>
/// <param name="Target">Whom: a number of the dial plan, or an extension.</param>
internal sealed record DemoCall(string Name, string Number, string Target)
{
    /// <summary>When, from the start of the demo.</summary>
    public TimeSpan At { get; init; }

    /// <summary>What is keyed in the menu, and how long after the answer; null when no menu answers.</summary>
    public (TimeSpan After, string Digit)? Key { get; init; }

    /// <summary>The queue this should lead to; null for a call from phone to phone.</summary>
    public string? Queue { get; init; }

    /// <summary>How long the caller talks before hanging up; null leaves that to the agent.</summary>
    public TimeSpan? Talk { get; init; }

    /// <summary>When the caller hangs up, from dialling, if nobody has taken the call by then; null is patient.</summary>
    public TimeSpan? GivesUpAfter { get; init; }

    /// <summary>Whether the caller is meant to leave before somebody takes the call.</summary>
    public bool Abandons => GivesUpAfter is not null;

    /// <summary>Whether somebody is meant to take the call.</summary>
    public bool Talks => !Abandons;
}
