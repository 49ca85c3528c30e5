using CallCenterKit.Calls;
using CallCenterKit.Hosting;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Offers;

/// <summary>One agent being rung.</summary>
internal sealed class RunningOffer(Offer offer, CenterServices center, Interactions interactions)
{
    private readonly AgentRing _ring = new(center, interactions);
    private readonly Lock _lock = new();
    private ICall? _answered;
    private bool _decided;

    public Offer Offer => offer;

    /// <summary>The agent's leg, once answered and, where that is asked for, confirmed.</summary>
    public ICall? Answered
    {
        get { lock (_lock) { return _answered; } }
    }

    /// <summary>At which of the agent's phones it was answered.</summary>
    public EndpointId AnsweredAt { get; private set; }

    /// <summary>Rings until the agent answers, does not, or the offer is withdrawn. Never throws.</summary>
    /// <param name="caller">Who is shown as calling.</param>
    /// <param name="customer">Whose leg waits; null when the customer is to be called back.</param>
    public async Task<RoutingCommand> RingAsync(CallParty caller, ICall? customer)
    {
        try
        {
            var order = center.RingOrderOf(offer.Agent);
            var (outcome, endpoint) = await _ring.RunAsync(new()
            {
                Phones = center.PhonesOf(offer.Agent, offer.Endpoint),
                Order = order,
                Caller = caller,
                PreferFormatsOf = customer,
                Time = order == RingOrder.InOrder ? offer.ExpiresAt - center.Clock().Now : null,
                IsOpenEnded = true, // Only the engine lets an offer expire.
            }).ConfigureAwait(false);
            return outcome switch
            {
                DialOutcome.Answered answered => Accept(answered.Call, endpoint),
                DialOutcome.Busy => new OfferFailed(offer.Id, OfferFailure.Busy),
                DialOutcome.NoAnswer => new OfferFailed(offer.Id, OfferFailure.NoAnswer),
                DialOutcome.Rejected => new OfferFailed(offer.Id, OfferFailure.Rejected),
                _ => new OfferFailed(offer.Id, OfferFailure.Unreachable),
            };
        }
        catch (OperationCanceledException)
        {
            return new OfferClosed(offer.Id);
        }
        catch (Exception fault)
        {
            OffersLog.RingFailed(center.Logger, fault, offer.Id, offer.Agent);
            return new OfferFailed(offer.Id, OfferFailure.Unreachable);
        }
    }

    /// <summary>Ends the ringing, or the answered leg. True when <see cref="RingAsync"/> will say that it is closed.</summary>
    public bool Withdraw(HangUpCause cause)
    {
        ICall? answered;
        lock (_lock)
        {
            if (!_decided)
            {
                _ring.Cancel(cause);
                return true;
            }
            answered = _answered;
        }
        answered?.HangUp(cause == HangUpCause.Cancelled ? HangUpCause.Normal : cause);
        return false;
    }

    private RoutingCommand Accept(ICall leg, EndpointId endpoint)
    {
        lock (_lock)
        {
            if (!_ring.IsCancelled)
            {
                (_answered, AnsweredAt, _decided) = (leg, endpoint, true);
                return new OfferAnswered(offer.Id);
            }
        }
        leg.HangUp(HangUpCause.AnsweredElsewhere);
        return new OfferClosed(offer.Id);
    }
}
