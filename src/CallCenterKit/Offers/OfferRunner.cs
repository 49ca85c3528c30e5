using System.Collections.Concurrent;
using CallCenterKit.Calls;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Offers;

/// <summary>Rings agents for the routing engine and brings the one who answered to the conversation.</summary>
/// <remarks>
/// <see cref="Perform"/> is called by the routing loop and only hands over. Every offer that was started ends with
/// exactly one result; what comes too late is undone here.
/// </remarks>
internal sealed class OfferRunner(CenterServices center, Interactions interactions) : IRoutingPerformer
{
    private readonly ConcurrentDictionary<OfferId, RunningOffer> _offers = new();

    public void Perform(RoutingEffect effect)
    {
        switch (effect)
        {
            case Offer e: Start(e); break;
            case WithdrawOffer e: Withdraw(e); break;
            case Connect e: Connect(e); break;
            case Release e: interactions.Find(e.Interaction)?.Session.Released(e.Outcome); break;
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "Not an effect of routing.");
        }
    }

    private void Start(Offer offer)
    {
        var customer = interactions.Find(offer.Interaction)?.Customer;
        if (offer.Channel != Channels.Voice || customer is null)
        {
            // Nothing here carries it: the channel has no performer, or the caller has just left.
            center.Routing.Post(new OfferFailed(offer.Id, OfferFailure.Unreachable));
            return;
        }
        var running = new RunningOffer(offer, customer, center, interactions);
        _offers[offer.Id] = running;
        center.Work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Runner.RunAsync(state.Running), (Runner: this, Running: running), preferLocal: false);
    }

    private async Task RunAsync(RunningOffer running)
    {
        var result = await running.RingAsync().ConfigureAwait(false);
        if (result is not OfferAnswered)
            _offers.TryRemove(running.Offer.Id, out _);
        center.Routing.Post(result);
        center.Work.Leave();
    }

    private void Withdraw(WithdrawOffer withdrawn)
    {
        if (!_offers.TryGetValue(withdrawn.Id, out var running))
            return;
        var cause = withdrawn.Reason == OfferEnd.AnsweredElsewhere ? HangUpCause.AnsweredElsewhere : HangUpCause.Cancelled;
        if (running.Withdraw(cause))
            return;
        _offers.TryRemove(withdrawn.Id, out _);
        center.Routing.Post(new OfferClosed(withdrawn.Id));
    }

    private void Connect(Connect connect)
    {
        if (!_offers.TryRemove(connect.Offer, out var running) || running.Answered is not { } leg)
            throw new InvalidOperationException($"Offer {connect.Offer} was connected but not answered.");
        if (interactions.Find(connect.Interaction) is not { } host)
        {
            leg.HangUp(HangUpCause.Cancelled);
            center.Routing.Post(new AssignmentEnded(connect.Agent, connect.Interaction));
            return;
        }
        host.Session.Connected(connect);
        var record = center.Model.Queues.TryGetValue(connect.Queue, out var queue) && queue.Record;
        host.Join(leg, new AgentJoined(leg.Id, connect.Agent, running.Offer.Endpoint, connect.Queue, record ? center.NewRecording(connect.Interaction) : null));
    }
}
