using System.Diagnostics.CodeAnalysis;
using CallCenterKit.Calls;
using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Offers;

/// <summary>One agent being rung.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing to release, and a withdrawal may come at any time.")]
internal sealed class RunningOffer(Offer offer, CenterServices center, Interactions interactions)
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _withdrawn = new();
    private DialRequest? _request;
    private ICall? _answered;
    private bool _decided;

    public Offer Offer => offer;

    /// <summary>The agent's leg, once answered and, where that is asked for, confirmed.</summary>
    public ICall? Answered
    {
        get { lock (_lock) { return _answered; } }
    }

    /// <summary>Rings until the agent answers, does not, or the offer is withdrawn. Never throws.</summary>
    /// <param name="caller">Who is shown as calling.</param>
    /// <param name="customer">Whose leg waits; null when the customer is to be called back.</param>
    public async Task<RoutingCommand> RingAsync(CallParty caller, ICall? customer)
    {
        try
        {
            return await DialAsync(caller, customer).ConfigureAwait(false) switch
            {
                DialOutcome.Answered answered => await AcceptAsync(answered.Call).ConfigureAwait(false),
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
                if (_request is not null)
                    _request.CancelCause = cause;
                _withdrawn.Cancel();
                return true;
            }
            answered = _answered;
        }
        answered?.HangUp(cause == HangUpCause.Cancelled ? HangUpCause.Normal : cause);
        return false;
    }

    private ValueTask<DialOutcome> DialAsync(CallParty caller, ICall? customer)
    {
        var request = new DialRequest
        {
            Id = new(center.Ids.Next()),
            Target = new DialTarget.ToEndpoint(offer.Endpoint),
            Caller = caller,
            PreferFormatsOf = customer,
        };
        lock (_lock) { _request = request; }
        return center.Work.ParkAsync(center.DriverOf(customer).DialAsync(request, _withdrawn.Token));
    }

    private async ValueTask<RoutingCommand> AcceptAsync(ICall leg)
    {
        if (MustConfirm() && !await ConfirmedAsync(leg).ConfigureAwait(false))
        {
            leg.HangUp(HangUpCause.Normal);
            return new OfferFailed(offer.Id, OfferFailure.NoAnswer);
        }
        lock (_lock)
        {
            if (!_withdrawn.IsCancellationRequested)
            {
                (_answered, _decided) = (leg, true);
                return new OfferAnswered(offer.Id);
            }
        }
        leg.HangUp(HangUpCause.AnsweredElsewhere);
        return new OfferClosed(offer.Id);
    }

    private async ValueTask<bool> ConfirmedAsync(ICall leg)
    {
        using var confirmation = new Confirmation(leg, interactions, center);
        return await confirmation.AskAsync(_withdrawn.Token).ConfigureAwait(false);
    }

    private bool MustConfirm() =>
        center.Model.Agents.TryGetValue(offer.Agent, out var agent)
        && agent.Endpoints.Any(endpoint => endpoint.Endpoint == offer.Endpoint && endpoint.Confirm);
}
