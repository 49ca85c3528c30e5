namespace CallCenterKit.Routing;

// Ringing agents. Only the engine lets an offer expire; a late result finds its id closed and is ignored.
public sealed partial class RoutingEngine
{
    private void OfferTo(Presence agent, QueueEntry entry, RoutingOutput output)
    {
        var queue = _state.Model.Queues[entry.Queue];
        var expiresAt = Now + queue.RingTime;
        if (entry.WaitUntil < expiresAt)
            expiresAt = entry.WaitUntil.Value;
        var id = new OfferId(_state.Epoch, _state.LastOffer + 1);
        var endpoint = agent.Endpoint!.Value;
        Happen(new OfferMade(id, entry.Id, entry.Interaction, entry.Queue, agent.Id, endpoint, expiresAt), output);
        output.Add(new Offer(id, entry.Id, entry.Interaction, entry.Queue, agent.Id, endpoint, entry.Channel, entry.Reach, expiresAt));
    }

    private void Decide(OfferAnswered command, RoutingOutput output)
    {
        if (FindRinging(command.Offer) is not { } offer)
            return;
        var entry = _state.Entries[offer.Entry];
        var waited = Now - entry.EnqueuedAt;
        Happen(new OfferEnded(offer.Id, offer.Agent.Id, offer.Interaction, offer.Queue, OfferEnd.Answered, RestUntil: null, SettleBy: null), output);
        Happen(new QueueLeft(entry.Id, entry.Interaction, entry.Queue, QueueExit.Answered, waited), output);
        Happen(new AssignmentStarted(offer.Agent.Id, entry.Interaction, entry.Queue, entry.Channel, entry.Cost, waited), output);
        output.Add(new Connect(offer.Id, entry.Interaction, entry.Queue, offer.Agent.Id, waited));
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

    private void RingTimePassed(OpenOffer offer, RoutingOutput output) =>
        Withdraw(offer, OfferEnd.NoAnswer, Now + CoolOffOf(offer), output);

    private void WithdrawOfferOf(Presence agent, OfferEnd end, RoutingOutput output)
    {
        if (agent.Offer is { SettleBy: null } offer)
            Withdraw(offer, end, restUntil: null, output);
    }

    private void Withdraw(OpenOffer offer, OfferEnd end, DateTimeOffset? restUntil, RoutingOutput output)
    {
        Happen(new OfferEnded(offer.Id, offer.Agent.Id, offer.Interaction, offer.Queue, end, restUntil, Now + SettleTime), output);
        output.Add(new WithdrawOffer(offer.Id, offer.Agent.Id, offer.Interaction, end));
    }

    private void Fail(OpenOffer offer, OfferEnd end, RoutingOutput output) =>
        Happen(new OfferEnded(offer.Id, offer.Agent.Id, offer.Interaction, offer.Queue, end, Now + CoolOffOf(offer), SettleBy: null), output);

    private void Settle(OfferId id, RoutingOutput output)
    {
        if (_state.Offers.TryGetValue(id, out var offer))
            Happen(new OfferSettled(id, offer.Agent.Id), output);
    }

    private OpenOffer? FindRinging(OfferId id) =>
        _state.Offers.TryGetValue(id, out var offer) && offer.SettleBy is null ? offer : null;

    private TimeSpan CoolOffOf(OpenOffer offer) =>
        _state.Model.Queues.TryGetValue(offer.Queue, out var queue) ? queue.CoolOff : TimeSpan.Zero;

    private static OfferEnd EndOf(OfferFailure reason) => reason switch
    {
        OfferFailure.Busy => OfferEnd.Busy,
        OfferFailure.NoAnswer => OfferEnd.NoAnswer,
        OfferFailure.Rejected => OfferEnd.Rejected,
        _ => OfferEnd.Unreachable,
    };
}
