using System.Collections.Frozen;
using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using CallCenterKit.Time;

namespace CallCenterKit.Offers;

/// <summary>Asks scorers for the routing engine, off its loop. Each question ends with exactly one answer.</summary>
internal sealed class ScorerRunner(CenterServices center)
{
    private readonly FrozenDictionary<string, IAgentScorer> _scorers =
        center.Scorers.ToFrozenDictionary(scorer => scorer.Name, StringComparer.OrdinalIgnoreCase);

    public void Start(ScoresWanted wanted)
    {
        center.Work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Runner.RunAsync(state.Wanted), (Runner: this, Wanted: wanted), preferLocal: false);
    }

    private async Task RunAsync(ScoresWanted wanted)
    {
        var scores = await ScoreAsync(wanted).ConfigureAwait(false);
        center.Routing.Post(new ScoresArrived(wanted.Entry, wanted.Round, scores));
        center.Work.Leave();
    }

    private async ValueTask<IReadOnlyList<AgentScore>> ScoreAsync(ScoresWanted wanted)
    {
        if (!_scorers.TryGetValue(wanted.Scorer, out var scorer))
        {
            OffersLog.NoScorer(center.Logger, wanted.Scorer, wanted.Queue);
            return [];
        }
        var limit = wanted.ExpiresAt - center.Time.GetUtcNow();
        using var late = new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, center.Time);
        try
        {
            var question = new ScoreQuestion(wanted.Interaction, wanted.Queue, wanted.Candidates);
            var answer = scorer.ScoreAsync(question, late.Token);
            return answer.IsCompletedSuccessfully
                ? answer.Result
                : await center.Work.ParkAsync(new ValueTask<IReadOnlyList<AgentScore>>(answer.AsTask().WaitAsync(late.Token))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            OffersLog.ScorerLate(center.Logger, wanted.Scorer, wanted.Queue);
        }
        catch (Exception fault)
        {
            OffersLog.ScorerFailed(center.Logger, fault, wanted.Scorer, wanted.Queue);
        }
        return [];
    }
}
