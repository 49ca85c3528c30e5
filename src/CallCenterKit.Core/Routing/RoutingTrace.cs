using CallCenterKit.Skills;

namespace CallCenterKit.Routing;

/// <summary>What a routing engine was told and what it did: with the same build it does the same again.</summary>
/// <param name="Start">The state it begins with.</param>
/// <param name="Entries">Every command since then, in order.</param>
public sealed record RoutingTrace(RoutingSnapshot Start, IReadOnlyList<TraceEntry> Entries)
{
    /// <summary>Tells an engine in the same state the same and returns what it wants done: equal to the effects of <see cref="Entries"/>.</summary>
    /// <param name="strategies">Those the engine had.</param>
    /// <exception cref="ArgumentException">A queue names a strategy that is not there.</exception>
    public IReadOnlyList<RoutingEffect> Replay(IEnumerable<IRoutingStrategy> strategies)
    {
        var engine = RoutingEngine.Restore(Start, strategies, Start.Epoch);
        var output = new RoutingOutput();
        foreach (var entry in Entries)
        {
            try
            {
                engine.Handle(entry.Command, entry.At, output);
            }
            catch (ArgumentException)
            {
                // Refused then, refused now: what it had decided before stands in the output.
            }
        }
        return [.. output.Effects];
    }
}

/// <summary>One command of a trace.</summary>
/// <param name="At">When it was handled.</param>
/// <param name="Command">What the engine was told.</param>
/// <param name="Effects">What it wanted done.</param>
/// <param name="Decisions">Why those were chosen who are rung.</param>
public sealed record TraceEntry(
    DateTimeOffset At,
    RoutingCommand Command,
    IReadOnlyList<RoutingEffect> Effects,
    IReadOnlyList<RoutingDecision> Decisions);

/// <summary>Why an agent was chosen.</summary>
/// <param name="Offer">The offer that followed.</param>
/// <param name="Entry">For whom.</param>
/// <param name="Queue">Where it waits.</param>
/// <param name="Agent">Who was chosen.</param>
/// <param name="Strategy">By which strategy.</param>
/// <param name="Choice">Which of its order.</param>
/// <param name="Requirement">What was required.</param>
/// <param name="Free">Agents who could take it.</param>
/// <param name="Spared">Agents who could take it but are left alone while others are free.</param>
/// <param name="Waiting">Others like it who wait.</param>
public sealed record RoutingDecision(
    OfferId Offer,
    EntryId Entry,
    QueueId Queue,
    AgentId Agent,
    string Strategy,
    RoutingChoice Choice,
    SkillExpression Requirement,
    int Free,
    int Spared,
    int Waiting);
