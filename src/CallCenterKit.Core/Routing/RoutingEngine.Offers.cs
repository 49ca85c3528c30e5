using CallCenterKit.Model;

namespace CallCenterKit.Routing;

// Ringing agents. Only the engine lets an offer expire; a late result finds its id closed and is ignored.
public sealed partial class RoutingEngine
{
    /// <summary>A shorter rest counts as this: nobody is rung twice running while another is free.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(1);

    private void OfferTo(Presence agent, QueueEntry entry, RoutingOutput output)
    {
        var expiresAt = entry.IsOffered ? entry.Offers[0].ExpiresAt : Now + entry.Lane!.Queue.Model.RingTime;
        if (entry.WaitUntil < expiresAt && entry.Reach != PartyReach.ToBeCalled)
            expiresAt = entry.WaitUntil.Value;
        var id = new OfferId(_state.Epoch, _state.LastOffer + 1);
        var endpoint = agent.Endpoint!.Value;
        if (output.TracesDecisions)
            output.Add(DecisionOn(id, agent, entry));
        Happen(new OfferMade(id, entry.Id, entry.Interaction, entry.Queue, agent.Id, endpoint, expiresAt), output);
        output.Add(new Offer(id, entry.Id, entry.Interaction, entry.Queue, agent.Id, endpoint, entry.Channel, entry.Reach, expiresAt) { Waited = Now - entry.EnqueuedAt });
    }

    private void Decide(OfferAnswered command, RoutingOutput output)
    {
        if (FindRinging(command.Offer) is not { } offer)
            return;
        var entry = _state.Entries[offer.Entry];
        Happen(new OfferEnded(offer.Id, offer.Agent.Id, offer.Interaction, offer.Queue, OfferEnd.Answered, RestUntil: null, SettleBy: null), output);
        while (entry.IsOffered)
            Withdraw(entry.Offers[0], OfferEnd.AnsweredElsewhere, restUntil: null, output);
        if (entry.Reach == PartyReach.ToBeCalled)
            Call(entry, offer, output);
        else
            Join(entry, offer.Id, offer.Agent.Id, output);
    }

    private void Join(QueueEntry entry, OfferId offer, AgentId agent, RoutingOutput output)
    {
        var waited = Now - entry.EnqueuedAt;
        Happen(new QueueLeft(entry.Id, entry.Interaction, entry.Queue, QueueExit.Answered, waited), output);
        Happen(new AssignmentStarted(agent, entry.Interaction, entry.Queue, entry.Channel, entry.Cost, waited), output);
        output.Add(new Connect(offer, entry.Interaction, entry.Queue, agent, waited));
    }

    private void Decide(OfferFailed command, RoutingOutput output)
    {
        if (FindRinging(command.Offer) is { } offer)
            Fail(offer, EndOf(command.Reason), output);
        else
            Settle(command.Offer, output);
    }

    private void Decide(OfferClosed command, RoutingOutput output)
    {
        if (FindRinging(command.Offer) is { } offer)
            Fail(offer, OfferEnd.Unreachable, output); // Nobody withdrew it: the performer could not go on.
        else
            Settle(command.Offer, output);
    }

    private void RingTimePassed(OpenOffer offer, RoutingOutput output)
    {
        Withdraw(offer, OfferEnd.NoAnswer, Now + RestAfter(offer, OfferEnd.NoAnswer), output);
        Missed(offer, output);
    }

    private void SettleTimePassed(OpenOffer offer, RoutingOutput output) =>
        Happen(new AgentUnreachable(offer.Agent.Id, Now + RestAfter(offer, OfferEnd.Unreachable)), output);

    private void WithdrawOfferOf(Presence agent, OfferEnd end, RoutingOutput output)
    {
        if (agent.Offer is { SettleBy: null } offer)
        {
            Withdraw(offer, end, restUntil: null, output);
            OpenAfter(offer, output);
        }
    }

    private void Withdraw(OpenOffer offer, OfferEnd end, DateTimeOffset? restUntil, RoutingOutput output)
    {
        Happen(new OfferEnded(offer.Id, offer.Agent.Id, offer.Interaction, offer.Queue, end, restUntil, Now + SettleTime), output);
        output.Add(new WithdrawOffer(offer.Id, offer.Agent.Id, offer.Interaction, end));
    }

    private void Fail(OpenOffer offer, OfferEnd end, RoutingOutput output)
    {
        var rest = Now + RestAfter(offer, end);
        Happen(new OfferEnded(offer.Id, offer.Agent.Id, offer.Interaction, offer.Queue, end, rest, SettleBy: null), output);
        if (end == OfferEnd.Unreachable && offer.Agent.Endpoint is not null)
            Happen(new AgentUnreachable(offer.Agent.Id, rest), output);
        if (end == OfferEnd.NoAnswer)
            Missed(offer, output);
        else
            OpenAfter(offer, output);
    }

    /// <summary>An agent who lets too many offers ring in vain is not there.</summary>
    private void Missed(OpenOffer offer, RoutingOutput output)
    {
        var limit = _state.Model.Queues.GetValueOrDefault(offer.Queue)?.AutoPauseAfter;
        if (offer.Agent is { Endpoint: not null, PauseReason: null } agent && agent.Missed >= limit)
            Happen(new AgentPaused(agent.Id, PauseReasons.MissedOffers, Itself), output);
        OpenAfter(offer, output);
    }

    /// <summary>The agent who knows the party did not take it: it waits for them no longer.</summary>
    private void OpenAfter(OpenOffer offer, RoutingOutput output)
    {
        if (_state.Entries.TryGetValue(offer.Entry, out var entry) && entry.WaitsForOwner && !entry.IsOffered)
            OpenFor(entry, OpeningKind.Owner, output);
    }

    private void Settle(OfferId id, RoutingOutput output)
    {
        if (_state.Offers.TryGetValue(id, out var offer))
            Happen(new OfferSettled(id, offer.Agent.Id), output);
    }

    private OpenOffer? FindRinging(OfferId id) =>
        _state.Offers.TryGetValue(id, out var offer) && offer.SettleBy is null ? offer : null;

    private TimeSpan RestAfter(OpenOffer offer, OfferEnd end)
    {
        var rules = _state.Model.Queues.GetValueOrDefault(offer.Queue)?.Retry ?? RetryRules.Default;
        var rest = end switch
        {
            OfferEnd.Busy => rules.Busy,
            OfferEnd.NoAnswer => rules.NoAnswer,
            OfferEnd.Rejected => rules.Rejected,
            _ => rules.Unreachable,
        };
        return rest < ShortestRest ? ShortestRest : rest;
    }

    private static OfferEnd EndOf(OfferFailure reason) => reason switch
    {
        OfferFailure.Busy => OfferEnd.Busy,
        OfferFailure.NoAnswer => OfferEnd.NoAnswer,
        OfferFailure.Rejected => OfferEnd.Rejected,
        _ => OfferEnd.Unreachable,
    };
}
