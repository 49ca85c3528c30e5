using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Offers;

/// <summary>A scorer is asked who should take a call.</summary>
public sealed class ScorerTests
{
    [Fact]
    public async Task The_agent_with_the_best_score_is_rung()
    {
        var (agent, outcome) = await ServeAsync(cc => cc.AddScorer<PrefersBob>(), "bob-first");

        Assert.Equal(("bob", ScoringOutcome.Chosen), (agent, outcome));
    }

    [Fact]
    public async Task A_scorer_that_throws_leaves_it_to_the_strategy()
    {
        var (agent, outcome) = await ServeAsync(cc => cc.AddScorer<Throws>(), "throws", 7105);

        Assert.Equal(("alice", ScoringOutcome.FellBack), (agent, outcome));
    }

    [Fact]
    public async Task A_scorer_that_is_late_is_waited_for_as_long_as_the_queue_says()
    {
        var (agent, outcome) = await ServeAsync(cc => cc.AddScorer<NeverAnswers>(), "never", 7104);

        Assert.Equal(("alice", ScoringOutcome.FellBack), (agent, outcome));
    }

    private static async Task<(string Agent, ScoringOutcome Outcome)> ServeAsync(Action<CallCenterBuilder> add, string scorer, int expected = 0)
    {
        await using var center = await TestCenter.StartAsync(cc =>
        {
            add(cc);
            cc.AddQueue("support", queue => (queue.Scorer, queue.ScorerTimeout) = (scorer, TimeSpan.FromMilliseconds(300)));
        });
        center.Log.Expect(expected);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(3) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.Equal(expected == 0 ? 0 : 1, center.Log.CountOf(expected));
        var asked = center.TimeOf<OfferMade>() - center.TimeOf<QueueEntered>();
        Assert.InRange(asked.TotalMilliseconds, 0, scorer == "never" ? 301 : 1);
        return (record.Agent!.Value.Value, Assert.Single(center.Events<ScoresEnded>()).Outcome);
    }

    private sealed class PrefersBob : IAgentScorer
    {
        public string Name => "Bob-First";

        public ValueTask<IReadOnlyList<AgentScore>> ScoreAsync(ScoreQuestion question, CancellationToken cancellationToken) =>
            new([.. question.Candidates.Select(agent => new AgentScore(agent, agent.Value == "bob" ? 2 : 1))]);
    }

    private sealed class Throws : IAgentScorer
    {
        public string Name => "throws";

        public ValueTask<IReadOnlyList<AgentScore>> ScoreAsync(ScoreQuestion question, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The database is away.");
    }

    private sealed class NeverAnswers : IAgentScorer
    {
        private readonly TaskCompletionSource<IReadOnlyList<AgentScore>> _never = new();

        public string Name => "never";

        public ValueTask<IReadOnlyList<AgentScore>> ScoreAsync(ScoreQuestion question, CancellationToken cancellationToken) => new(_never.Task);
    }
}
