namespace ConsolePbx.Demo;

/// <summary>Who calls when, and how the agents behave.</summary>
internal sealed record DemoScript
{
    private const string Menu = "600", Support = "601", Sales = "602";
    private const string SupportQueue = "support", SalesQueue = "sales";

    public required IReadOnlyList<DemoCall> Calls { get; init; }

    /// <summary>How long an agent lets it ring.</summary>
    public required TimeSpan Ring { get; init; }

    /// <summary>How long an agent talks before hanging up; callers who talk for less hang up first.</summary>
    public required TimeSpan AgentTalk { get; init; }

    public required TimeSpan WrapUp { get; init; }

    /// <summary>How long callers who don't mean to give up wait at most.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Answered within this counts as in time.</summary>
    public required TimeSpan Threshold { get; init; }

    /// <summary>
    /// Two support callers keep both agents busy, so Dora gives up and Anna is served after the first wrap-up. Finn
    /// waits in the same way for the one agent in sales.
    /// </summary>
    public static DemoScript Full { get; } = new()
    {
        Ring = Seconds(2),
        AgentTalk = Seconds(8),
        WrapUp = Seconds(3),
        Patience = Seconds(30),
        Threshold = Seconds(5),
        Calls =
        [
            new("Ben", "0205314001", Menu) { At = Seconds(0), Key = (Seconds(4), "1"), Queue = SupportQueue },
            new("Reception", "200", "102") { At = Seconds(1), Talk = Seconds(4) },
            new("Cleo", "0205314002", Menu) { At = Seconds(1.5), Key = (Seconds(3.5), "1"), Queue = SupportQueue, Talk = Seconds(7.5) },
            new("Anna", "0205314003", Menu) { At = Seconds(2), Key = (Seconds(6), "1"), Queue = SupportQueue, Talk = Seconds(6) },
            new("Emil", "0205314004", Menu) { At = Seconds(3), Key = (Seconds(8.5), "2"), Queue = SalesQueue },
            new("Dora", "0205314005", Menu) { At = Seconds(4), Key = (Seconds(3), "1"), Queue = SupportQueue, GivesUpAfter = Seconds(13.5) },
            new("Finn", "0205314006", Sales) { At = Seconds(18), Queue = SalesQueue, Talk = Seconds(5) },
        ],
    };

    /// <summary>The same in a third of the time.</summary>
    public static DemoScript Short { get; } = new()
    {
        Ring = Seconds(1),
        AgentTalk = Seconds(4.5),
        WrapUp = Seconds(2),
        Patience = Seconds(13),
        Threshold = Seconds(2),
        Calls =
        [
            new("Cleo", "0205314002", Support) { At = Seconds(0), Queue = SupportQueue },
            new("Reception", "200", "102") { At = Seconds(0), Talk = Seconds(1.5) },
            new("Emil", "0205314004", Menu) { At = Seconds(0.2), Key = (Seconds(0.5), "2"), Queue = SalesQueue, Talk = Seconds(2.5) },
            new("Anna", "0205314003", Support) { At = Seconds(0.1), Queue = SupportQueue, Talk = Seconds(2.5) },
            new("Ben", "0205314001", Menu) { At = Seconds(0.5), Key = (Seconds(0.3), "1"), Queue = SupportQueue, Talk = Seconds(2.5) },
            new("Dora", "0205314005", Support) { At = Seconds(1.5), Queue = SupportQueue, GivesUpAfter = Seconds(2.2) },
        ],
    };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
