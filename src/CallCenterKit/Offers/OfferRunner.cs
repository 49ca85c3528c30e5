using System.Collections.Concurrent;
using CallCenterKit.Calls;
using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
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
    private const char OfferedKey = '1'; // the recording says so

    private readonly ConcurrentDictionary<OfferId, RunningOffer> _offers = new();
    private readonly Introduction _introduction = new(center);
    private readonly CallbackRunner _callbacks = new(center, interactions, new Introduction(center));
    private readonly ScorerRunner _scorers = new(center);
    private readonly ScreenPops _screens = new(center);

    public void Perform(RoutingEffect effect)
    {
        switch (effect)
        {
            case Offer e: Start(e); break;
            case WithdrawOffer e: Withdraw(e); break;
            case Connect e: Connect(e); break;
            case Release e: interactions.Find(e.Interaction)?.Session.Released(e.Outcome); break;
            case Announce e: Announce(e); break;
            case CallBack e: CallBack(e); break;
            case ScoresWanted e: _scorers.Start(e); break;
            case QualifyAgent e: Qualify(e); break;
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "Not an effect of routing.");
        }
    }

    private void Qualify(QualifyAgent asked)
    {
        foreach (var phone in center.PhonesOf(asked.Agent, asked.Endpoint))
            center.TellReachability(phone.Endpoint);
    }

    private void Start(Offer offer)
    {
        var host = interactions.Find(offer.Interaction);
        if (offer.Channel != Channels.Voice || (host is null && offer.Reach == PartyReach.Present))
        {
            // Nothing here carries it: the channel has no performer, or the caller has just left.
            center.Routing.Post(new OfferFailed(offer.Id, OfferFailure.Rejected));
            return;
        }
        var running = new RunningOffer(offer, center, interactions);
        _offers[offer.Id] = running;
        _screens.Show(offer, host);
        var customer = offer.Reach == PartyReach.Present ? host?.Customer : null;
        center.Work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Runner.RunAsync(state.Running, state.Customer), (Runner: this, Running: running, Customer: customer), preferLocal: false);
    }

    private async Task RunAsync(RunningOffer running, ICall? customer)
    {
        var caller = customer?.From ?? await _callbacks.PartyOfAsync(running.Offer.Interaction).ConfigureAwait(false);
        var result = await running.RingAsync(caller, customer).ConfigureAwait(false);
        if (result is not OfferAnswered)
            _offers.TryRemove(running.Offer.Id, out _);
        center.Routing.Post(result);
        center.Work.Leave();
    }

    private void Withdraw(WithdrawOffer withdrawn)
    {
        if (_callbacks.Withdraw(withdrawn.Id) || !_offers.TryGetValue(withdrawn.Id, out var running))
            return;
        var cause = withdrawn.Reason == OfferEnd.AnsweredElsewhere ? HangUpCause.AnsweredElsewhere : HangUpCause.Cancelled;
        if (running.Withdraw(cause))
            return;
        _offers.TryRemove(withdrawn.Id, out _);
        center.Routing.Post(new OfferClosed(withdrawn.Id));
    }

    private void CallBack(CallBack wanted)
    {
        if (!_offers.TryRemove(wanted.Offer, out var running) || running.Answered is not { } leg)
            throw new InvalidOperationException($"Offer {wanted.Offer} is to call back but was not answered.");
        _callbacks.Start(wanted, leg, running.AnsweredAt);
    }

    private void Announce(Announce announce)
    {
        if (interactions.Find(announce.Interaction) is not { } host)
            return;
        var offersCallback = center.Model.Queues.TryGetValue(announce.Queue, out var queue) && queue.Callbacks.Key == OfferedKey;
        if (center.PhrasesFor(host.Session.GetVariable(FlowCall.LanguageVariable)).Announcement(announce.Place, announce.Wait, offersCallback).ToRequest(center.Prompts) is { } said)
            host.Post(new AnnouncementDue(said.Sources));
    }

    private void Connect(Connect connect)
    {
        var host = _callbacks.Take(connect.Offer, out var leg, out var endpoint);
        var isCallback = host is not null;
        if (!isCallback)
        {
            if (!_offers.TryRemove(connect.Offer, out var running) || running.Answered is null)
                throw new InvalidOperationException($"Offer {connect.Offer} was connected but not answered.");
            (host, leg, endpoint) = (interactions.Find(connect.Interaction), running.Answered, running.AnsweredAt);
        }
        if (host is null)
        {
            leg!.HangUp(HangUpCause.Cancelled);
            center.Routing.Post(new AssignmentEnded(connect.Agent, connect.Interaction));
            return;
        }
        host.Session.Connected(connect);
        var joined = new AgentJoined(leg!.Id, connect.Agent, endpoint, connect.Queue, center.RecordingOf(connect.Agent)) { QueueRecording = center.RecordingOf(connect.Queue) };
        if (_introduction.Of(connect, isCallback) is not { } said)
        {
            host.Join(leg, joined);
            return;
        }
        center.Work.Enter();
        _ = IntroduceAsync(host, leg, joined, said, connect);
    }

    private async Task IntroduceAsync(ConversationHost host, ICall leg, AgentJoined joined, (PlayRequest? Whisper, PlayRequest? Greeting) said, Connect connect)
    {
        await _introduction.SayAsync(said, leg, host.Customer, connect).ConfigureAwait(false);
        host.Join(leg, joined);
        center.Work.Leave();
    }
}
