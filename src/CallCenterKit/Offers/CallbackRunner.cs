using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CallCenterKit.Calls;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Offers;

/// <summary>Calls back whoever asked for it, once an agent has answered. Each attempt ends with exactly one result.</summary>
internal sealed class CallbackRunner(CenterServices center, Interactions interactions, Introduction introduction)
{
    private readonly ConcurrentDictionary<OfferId, Attempt> _attempts = new();

    /// <summary>Who is called back, as the agent's phone shows it; empty when that is not known.</summary>
    public async ValueTask<CallParty> PartyOfAsync(InteractionId interaction)
    {
        try
        {
            return await center.Work.ParkAsync(center.Records.FindAsync(interaction, CancellationToken.None)).ConfigureAwait(false) is { } record
                ? new(record.Number, record.Name)
                : new("");
        }
        catch (Exception fault)
        {
            OffersLog.CallbackFailed(center.Logger, fault, interaction);
            return new("");
        }
    }

    /// <summary>The agent's leg is there: call the customer.</summary>
    /// <param name="wanted">Whom.</param>
    /// <param name="agent">The agent's leg.</param>
    /// <param name="endpoint">At which of the agent's phones.</param>
    public void Start(CallBack wanted, ICall agent, EndpointId endpoint)
    {
        var attempt = new Attempt(wanted, agent, endpoint);
        _attempts[wanted.Offer] = attempt;
        center.Work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Runner.RunAsync(state.Attempt), (Runner: this, Attempt: attempt), preferLocal: false);
    }

    /// <summary>The customer who was reached and the agent's leg; null when the offer is none of ours.</summary>
    public ConversationHost? Take(OfferId offer, out ICall? agent, out EndpointId endpoint)
    {
        (agent, endpoint) = (null, default);
        if (!_attempts.TryRemove(offer, out var attempt))
            return null;
        (agent, endpoint) = (attempt.Agent, attempt.Endpoint);
        return attempt.Host;
    }

    /// <summary>The customer is wanted no more. False when the offer is none of ours.</summary>
    public bool Withdraw(OfferId offer)
    {
        if (!_attempts.TryRemove(offer, out var attempt))
            return false;
        attempt.Withdraw();
        return true;
    }

    private async Task RunAsync(Attempt attempt)
    {
        var result = await CallAsync(attempt).ConfigureAwait(false);
        if (result is PartyNotReached)
        {
            _attempts.TryRemove(attempt.Wanted.Offer, out _);
            attempt.Agent.HangUp(HangUpCause.Normal);
        }
        center.Routing.Post(result);
        center.Work.Leave();
    }

    private async ValueTask<RoutingCommand> CallAsync(Attempt attempt)
    {
        var offer = attempt.Wanted.Offer;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(attempt.Withdrawn, attempt.Agent.Ended);
        try
        {
            var record = await center.Work.ParkAsync(center.Records.FindAsync(attempt.Wanted.Interaction, CancellationToken.None)).ConfigureAwait(false);
            if (record is null || TargetOf(record) is not ({ } target, { } shown))
            {
                OffersLog.CallbackLeadsNowhere(center.Logger, attempt.Wanted.Interaction);
                return new PartyNotReached(offer, CallbackFailure.Failed);
            }
            if (introduction.BeforeCallback(attempt.Wanted.Queue) is { } said)
                await center.Work.ParkAsync(attempt.Agent.PlayAsync(said, either.Token)).ConfigureAwait(false);
            _ = PlayRingingAsync(attempt.Agent, either.Token);
            await UntilFirstCallIsOverAsync(attempt.Wanted.Interaction, either.Token).ConfigureAwait(false);
            var request = new DialRequest
            {
                Id = new(center.Ids.Next()),
                Target = target,
                Caller = shown,
                RingTime = center.Model.Queues.GetValueOrDefault(attempt.Wanted.Queue)?.RingTime,
                PreferFormatsOf = attempt.Agent,
            };
            var outcome = await center.Work.ParkAsync(center.DriverOf(attempt.Agent).DialAsync(request, either.Token)).ConfigureAwait(false);
            if (outcome is not DialOutcome.Answered answered)
                return new PartyNotReached(offer, outcome is DialOutcome.Unreachable ? CallbackFailure.Failed : CallbackFailure.NoAnswer);
            attempt.Reached(ConversationHost.CallBack(attempt.Wanted.Interaction, offer, answered.Call, record, center, interactions));
            return new PartyReached(offer);
        }
        catch (OperationCanceledException)
        {
            return new PartyNotReached(offer, attempt.Agent.Ended.IsCancellationRequested ? CallbackFailure.AgentLeft : CallbackFailure.Failed);
        }
        catch (Exception fault)
        {
            OffersLog.CallbackFailed(center.Logger, fault, attempt.Wanted.Interaction);
            return new PartyNotReached(offer, CallbackFailure.Failed);
        }
    }

    /// <summary>One of our own phones is called there; a number only where the dial plan says: nothing is dialled outside without a rule for callbacks.</summary>
    private (DialTarget Target, CallParty Shown)? TargetOf(CallRecord record)
    {
        var shown = new CallParty(record.Dialled);
        if (record.Origin.Split(':', 2) is ["endpoint", var endpoint])
            return (new DialTarget.ToEndpoint(new(endpoint)), shown);
        if (record.Number.Length == 0)
            return null;
        if (center.DialPlan.Find(record.Number) is ToExtension extension)
            return (new DialTarget.ToEndpoint(extension.Endpoint), shown);
        return Outside.FindCallback(center, record.Number, record.Dialled) is { } number ? (number.Target, number.Shown) : null;
    }

    /// <summary>Whoever has just booked still hears goodbye; their phone would be busy.</summary>
    private async ValueTask UntilFirstCallIsOverAsync(InteractionId interaction, CancellationToken cancellationToken)
    {
        if (interactions.Find(interaction) is not { } talking)
            return;
        var over = new Parked<bool>(center.Work);
        using var ended = talking.Customer.Ended.UnsafeRegister(static state => ((Parked<bool>)state!).TryComplete(true), over);
        await over.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task PlayRingingAsync(ICall agent, CancellationToken stop)
    {
        try
        {
            await agent.PlayAsync(PlayRequest.Tone(ToneKind.Ringback), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Reached, or given up.
        }
    }

    [SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing to release, and a withdrawal may come at any time.")]
    private sealed class Attempt(CallBack wanted, ICall agent, EndpointId endpoint)
    {
        private readonly Lock _lock = new();
        private readonly CancellationTokenSource _withdrawn = new();
        private ConversationHost? _host;

        public CallBack Wanted => wanted;

        public ICall Agent => agent;

        public EndpointId Endpoint => endpoint;

        public CancellationToken Withdrawn => _withdrawn.Token;

        public ConversationHost? Host
        {
            get { lock (_lock) { return _host; } }
        }

        /// <summary>The customer is there; hung up at once when wanted no more.</summary>
        public void Reached(ConversationHost host)
        {
            lock (_lock) { _host = host; }
            if (_withdrawn.IsCancellationRequested)
                host.Customer.HangUp(HangUpCause.Cancelled);
        }

        public void Withdraw()
        {
            _withdrawn.Cancel();
            agent.HangUp(HangUpCause.Normal);
            Host?.Customer.HangUp(HangUpCause.Normal);
        }
    }
}
