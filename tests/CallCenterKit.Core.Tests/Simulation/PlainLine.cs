namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>
/// The callers of a <see cref="CenterSimulation"/> without an engine: first come, first served, by whoever is free first. So the
/// wait of a caller follows from those who came before (Kiefer and Wolfowitz, 1955), also where some hang up: who does
/// takes nobody's time. Millions of callers take a second.
/// </summary>
internal sealed class PlainLine
{
    private readonly CallerStream _callers;
    private readonly PriorityQueue<int, long> _freeAt = new(); // agents, by the ticks at which each has nothing more to do
    private DateTimeOffset _last = CenterSimulation.Start;

    public PlainLine(Traffic traffic, ulong seed)
    {
        _callers = new(traffic, seed);
        for (var agent = 0; agent < traffic.Agents; agent++)
            _freeAt.Enqueue(agent, _last.UtcTicks);
    }

    /// <summary>The next caller, who waits no more.</summary>
    public (Caller Caller, bool IsAnswered) Next()
    {
        var caller = _callers.Next(_last);
        _last = caller.ArrivedAt;
        _freeAt.TryPeek(out var agent, out var free);
        var wait = new TimeSpan(Math.Max(0, free - caller.ArrivedAt.UtcTicks));
        (caller.IsWaiting, caller.Waited) = (false, wait > caller.Patience ? caller.Patience.Value : wait);
        if (wait > caller.Patience)
            return (caller, false);
        _freeAt.DequeueEnqueue(agent, (caller.ArrivedAt + wait + caller.Handling).UtcTicks);
        return (caller, true);
    }
}
