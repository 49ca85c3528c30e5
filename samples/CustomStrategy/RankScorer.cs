using CallCenterKit.Routing;

namespace CustomStrategy;

/// <summary>Whoever has the highest rank in the table takes the call.</summary>
public sealed class RankScorer(RankTable table) : IAgentScorer
{
    /// <summary>What the queue names.</summary>
    public const string ScorerName = "sales-rank";

    /// <inheritdoc />
    public string Name => ScorerName;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<AgentScore>> ScoreAsync(ScoreQuestion question, CancellationToken cancellationToken)
    {
        var ranks = await table.ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. question.Candidates.Select(agent => new AgentScore(agent, ranks.GetValueOrDefault(agent.Value)))];
    }
}
