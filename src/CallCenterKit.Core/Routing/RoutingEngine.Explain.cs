using System.Globalization;
using CallCenterKit.Model;

namespace CallCenterKit.Routing;

// Why somebody has the place they have, and why an agent is not rung for them.
public sealed partial class RoutingEngine
{
    /// <summary>Why one who waits has the place it has; null when it does not wait.</summary>
    /// <param name="interaction">Who waits.</param>
    /// <param name="now">UTC.</param>
    public PlaceExplanation? Explain(InteractionId interaction, DateTimeOffset now)
    {
        if (!_state.EntriesByInteraction.TryGetValue(interaction, out var entry) || _index.Find(entry.Queue) is not { } queue)
            return null;
        var before = _index.Now;
        PassTimeTo(now);
        var place = _index.PlaceOf(entry);
        var explained = new PlaceExplanation(
            entry.Id,
            entry.Interaction,
            entry.Queue,
            place,
            Now - entry.EnqueuedAt,
            CreditsOf(entry, queue.Model),
            queue.RequirementOf(entry),
            [.. entry.Offers.Select(offer => offer.Agent.Id)],
            _index.CandidatesFor(entry),
            EstimateOf(entry, place),
            Text: "");
        _index.Now = before; // Asking is no command.
        return explained with { Text = InWords(explained, queue.Book.Length) };
    }

    /// <summary>Why an agent is not offered what waits.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="interaction">What waits.</param>
    /// <param name="now">UTC.</param>
    public AgentExplanation Explain(AgentId agent, InteractionId interaction, DateTimeOffset now)
    {
        var before = _index.Now;
        PassTimeTo(now);
        var reasons = WhyNot(agent, interaction).ToList();
        _index.Now = before; // Asking is no command.
        var text = reasons.Count == 0
            ? $"{agent} could be chosen."
            : $"{agent} is not offered it: {string.Join("; ", reasons.Select(reason => reason.Text))}.";
        return new(agent, interaction, reasons, text);
    }

    private static List<Credit> CreditsOf(QueueEntry entry, QueueModel queue)
    {
        var credits = entry.Credits.ToList();
        if (queue.Credit != TimeSpan.Zero)
            credits.Add(new("queue", queue.Credit));
        if (entry.Vip && queue.VipCredit != TimeSpan.Zero)
            credits.Add(new("vip", queue.VipCredit));
        return credits;
    }

    private static string InWords(PlaceExplanation place, int length)
    {
        var credits = place.Credits.Count == 0 ? "" : string.Concat(place.Credits.Select(credit => $" + {Seconds(credit.Wait)} {credit.Name}"));
        var expected = place.Expected is { } wait ? $", expected to wait {Seconds(wait.Mean)} more (90 % at most {Seconds(wait.P90)})" : "";
        var offered = place.OfferedTo.Count == 0 ? $"{place.Candidates} could take it now" : $"rings at {string.Join(", ", place.OfferedTo)}";
        return $"Place {place.Place} of {length} in {place.Queue}: {Seconds(place.Waited)} waited{credits} = {Seconds(place.Score)}; requires {place.Requirement}; {offered}{expected}.";
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private IEnumerable<NoOfferReason> WhyNot(AgentId id, InteractionId interaction)
    {
        if (!_state.EntriesByInteraction.TryGetValue(interaction, out var entry) || _index.Find(entry.Queue) is not { } queue)
            return [new(NoOffer.NotWaiting, $"{interaction} does not wait")];
        if (!_state.Agents.TryGetValue(id, out var agent) || agent.Model is null)
            return [new(NoOffer.UnknownAgent, $"{id} is no agent")];
        return [.. WhyNot(agent), .. WhyNot(agent, entry, queue), .. WhyNot(agent, entry)];
    }

    private IEnumerable<NoOfferReason> WhyNot(Presence agent)
    {
        if (agent.Endpoint is null)
            yield return new(NoOffer.LoggedOut, "is not logged in");
        if (agent.IsLeaving)
            yield return new(NoOffer.Leaving, "leaves when free");
        if (agent.PauseReason is { } reason)
            yield return new(NoOffer.Paused, $"is paused ({reason})");
        if (agent.IsLost || agent.IsMarked)
            yield return new(NoOffer.Unreachable, $"phone {agent.Endpoint} cannot be reached");
        if (agent.IsWrappingUp)
            yield return new(NoOffer.WrappingUp, $"does after-call work for {Seconds(agent.Assignments.Max(each => each.WrapUpUntil)!.Value - Now)} more at most");
        if (agent.Rests(Now))
            yield return new(NoOffer.Resting, $"did not take an offer and is left alone for {Seconds(agent.RestUntil!.Value - Now)} more{(agent.RestYields ? ", while others are free" : "")}");
    }

    private static IEnumerable<NoOfferReason> WhyNot(Presence agent, QueueEntry entry, ServedQueue queue)
    {
        if (queue.MemberOf(agent.Id) is not { } member)
        {
            yield return new(NoOffer.NoMember, $"does not serve {entry.Queue}");
            yield break;
        }
        var lacking = queue.RequirementOf(entry).WhyNot(agent.Model!.Skills);
        if (lacking is not null)
            yield return new(NoOffer.Skills, lacking);
        if (entry.TiersOpened < queue.Model.TierOpenings.Count && member.Tier > entry.TiersOpened + 1)
            yield return new(NoOffer.Tier, $"tier {member.Tier} is not open yet, {entry.TiersOpened + 1} is");
        var capacity = agent.Model.Capacity.GetValueOrDefault(entry.Channel);
        if (agent.Assignments.Find(each => each.Channel != entry.Channel && !agent.CanInterrupt(each, entry.Channel)) is { } busy)
            yield return new(NoOffer.NotInterruptible, $"{busy.Channel} must not be interrupted by {entry.Channel}");
        else if (agent.FreeOn(entry.Channel) < entry.Cost)
            yield return new(NoOffer.NoCapacity, $"carries {capacity - agent.FreeOn(entry.Channel)} of {capacity} on {entry.Channel}, and this takes {entry.Cost}");
    }

    private IEnumerable<NoOfferReason> WhyNot(Presence agent, QueueEntry entry)
    {
        if (agent.Offer is { } offer)
            yield return new(NoOffer.Ringing, $"is rung for {offer.Interaction}");
        if (entry is { WaitsForOwner: true, Owner: { } owner } && owner != agent.Id)
            yield return new(NoOffer.Owner, $"waits for {owner}");
        if (entry.Except?.Contains(agent.Id) is true)
            yield return new(NoOffer.CarriesIt, "carries it already");
        if (entry.IsOffered && entry.Offers[0] is var other && other.Agent != agent && entry.Lane is not { RingsAll: true })
            yield return new(NoOffer.OfferedElsewhere, $"rings at {other.Agent.Id}");
        if (entry.ScoresUntil is not null)
            yield return new(NoOffer.Scoring, "a scorer is asked");
        if (entry.CallingFor is not null || entry.RetryAt > Now)
            yield return new(NoOffer.NotDue, entry.CallingFor is null ? $"the callback is due in {Seconds(entry.RetryAt!.Value - Now)}" : "the party is being called");
    }
}
