using System.Text.Json.Serialization;

namespace CallCenterKit.Routing;

/// <summary>Says how well agents fit one who waits, by whatever it has to ask: a database, a web service, a model.</summary>
/// <remarks>
/// Called off the routing loop, several at once; nobody is reserved meanwhile. When it throws, names nobody or takes longer
/// than the queue's limit, the queue's strategy chooses.
/// </remarks>
public interface IAgentScorer
{
    /// <summary>What a queue's scorer names; found without regard to case.</summary>
    string Name { get; }

    /// <summary>Scores of those who should be considered, in any order; the highest that is still free is rung.</summary>
    /// <param name="question">Who waits, and who could take it.</param>
    /// <param name="cancellationToken">Cancelled at the time limit.</param>
    ValueTask<IReadOnlyList<AgentScore>> ScoreAsync(ScoreQuestion question, CancellationToken cancellationToken);
}

/// <summary>A question to a scorer.</summary>
/// <param name="Interaction">Who waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="Candidates">Who could take it now, in the order of the queue's strategy; 100 at most.</param>
public sealed record ScoreQuestion(InteractionId Interaction, QueueId Queue, IReadOnlyList<AgentId> Candidates);

/// <summary>How well an agent fits.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Score">The higher the better; not a number is not considered.</param>
public sealed record AgentScore(
    AgentId Agent,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Score);
