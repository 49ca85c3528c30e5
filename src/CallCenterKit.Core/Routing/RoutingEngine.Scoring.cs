namespace CallCenterKit.Routing;

// Asking a scorer who should take what waits. Nobody is reserved meanwhile; what it says is checked again on arrival.
public sealed partial class RoutingEngine
{
    private const int MostCandidates = 100;

    private void AskScorer(QueueEntry entry, QueueLane lane, RoutingOutput output)
    {
        var queue = lane.Queue.Model;
        var agents = lane.Candidates;
        var candidates = new AgentId[Math.Min(agents.Count, MostCandidates)];
        var step = agents.Total / candidates.Length;
        for (var i = 0; i < candidates.Length; i++)
            candidates[i] = agents.At(agents.Total == agents.Count ? i : i * step).Id;
        var until = Now + queue.ScorerTimeout;
        var round = entry.Rounds + 1;
        Happen(new ScoresAsked(entry.Id, entry.Interaction, entry.Queue, round, until), output);
        output.Add(new ScoresWanted(entry.Id, round, entry.Interaction, entry.Queue, queue.Scorer!, candidates, until));
    }

    private void Decide(ScoresArrived command, RoutingOutput output)
    {
        OfferWaiting(output); // A deadline that has just passed may have freed somebody for one who leads.
        if (!_state.Entries.TryGetValue(command.Entry, out var entry) || entry.ScoresUntil is null || entry.Rounds != command.Round)
            return;
        var queue = _index.Find(entry.Queue);
        var scores = command.Scores.Where(score => !double.IsNaN(score.Score) && queue?.MemberOf(score.Agent) is not null).ToList();
        if (scores.Count == 0)
        {
            Happen(new ScoresEnded(entry.Id, command.Round, ScoringOutcome.FellBack), output);
            return;
        }
        var best = scores.OrderByDescending(score => score.Score).Select(score => _index.FindFree(score.Agent, entry)).FirstOrDefault(agent => agent is not null);
        var isStubborn = command.Round > 1 && _index.CandidatesFor(entry) > 0; // It was asked again and still names none of those who are free.
        var outcome = best is not null ? ScoringOutcome.Chosen : isStubborn ? ScoringOutcome.FellBack : ScoringOutcome.NobodyFree;
        Happen(new ScoresEnded(entry.Id, command.Round, outcome), output);
        if (best is not null)
            OfferTo(best, entry, output);
    }
}
