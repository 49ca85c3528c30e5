using System.Collections.Concurrent;
using CallCenterKit.Calls;
using CallCenterKit.Contacts;
using CallCenterKit.Conversations;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Recordings;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Flows;

/// <summary>What the flow of one interaction asks of the center.</summary>
internal sealed class FlowSession(ConversationHost host, CenterServices center, Interactions interactions) : IFlowSession
{
    /// <summary>A promise that is not written by then is not made.</summary>
    private static readonly TimeSpan PromiseBudget = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan OwnerBudget = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, string> _variables = new(concurrencyLevel: 1, capacity: 1, StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Wait? _wait;
    private QueueOutcome? _outcome;
    private Parked<bool>? _talk;
    private Parked<bool>? _confirmation;
    private bool _customerLeft;
    private FlowCall? _flowCall;
    private CancellationTokenSource? _stay;
    private bool _hasLeftFlow;
    private bool _keepsPlace;
    private DateTimeOffset? _firstWait;

    public ICall Call => host.Customer;

    public InteractionId InteractionId => host.Interaction;

    /// <summary>Runs the flow that has the customer now, until it returns or the customer is taken elsewhere.</summary>
    public async Task<FlowEnd> RunAsync(IFlow flow, FlowEnvironment environment)
    {
        var stay = new CancellationTokenSource(); // without timer or wait handle it holds nothing to release
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stay.Token, center.Stopping);
        FlowCall call;
        lock (_lock)
        {
            (_stay, _hasLeftFlow) = (stay, false);
            call = _flowCall = new(this, environment);
        }
        return await call.RunAsync(flow, either.Token).ConfigureAwait(false);
    }

    /// <summary>The customer goes on elsewhere: the flow is cancelled, and ends no leg from now on.</summary>
    public void LeaveFlow()
    {
        CancellationTokenSource? stay;
        lock (_lock) { (stay, _hasLeftFlow, _keepsPlace) = (_stay, true, true); }
        stay?.Cancel();
        lock (_lock)
        {
            _talk?.TryComplete(true);
            if (_outcome is not null)
                Complete(_outcome);
        }
    }

    /// <summary>A key the customer pressed; while they talk with an agent it is not meant for the flow.</summary>
    public void PushDigit(char key)
    {
        lock (_lock)
        {
            if (_outcome is QueueOutcome.Answered)
                return;
            if (_wait is { } wait && wait.CallbackKey == key && _outcome is null)
            {
                center.Routing.Post(new RequestCallback(InteractionId));
                return;
            }
        }
        _flowCall?.PushDigit(key);
    }

    /// <summary>What the flow collected, for whoever serves the caller.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>(_variables, StringComparer.Ordinal);

    public string? GetVariable(string name) => _variables.GetValueOrDefault(name);

    public void SetVariable(string name, string value) => _variables[name] = value;

    public void HangUp(HangUpCause cause)
    {
        lock (_lock)
        {
            if (_hasLeftFlow)
                return;
        }
        Call.HangUp(cause);
    }

    public void NoteConsent(RecordingConsent consent) => host.Post(new ConsentNoted(consent));

    public ValueTask PauseRecordingAsync(CancellationToken cancellationToken) =>
        ConfirmAsync(new RecordingPauseAsked(Actors.Flow) { IsAwaited = true }, cancellationToken);

    public ValueTask ResumeRecordingAsync(CancellationToken cancellationToken) =>
        ConfirmAsync(new RecordingResumeAsked(Actors.Flow) { IsAwaited = true }, cancellationToken);

    /// <summary>What the flow asked of the recording is done.</summary>
    public void RecordingConfirmed()
    {
        lock (_lock) { _confirmation?.TryComplete(true); }
    }

    /// <summary>Who the caller may be; begun when the call comes.</summary>
    public Task<IReadOnlyList<Contact>> Contacts { get; set; } = Task.FromResult<IReadOnlyList<Contact>>([]);

    public ValueTask<IReadOnlyList<Contact>> FindContactsAsync(CancellationToken cancellationToken) => Contacts.IsCompletedSuccessfully
        ? new(Contacts.Result)
        : center.Work.ParkAsync(new ValueTask<IReadOnlyList<Contact>>(Contacts.WaitAsync(cancellationToken)));

    public IFlow? FindByNumber(string number) => center.DialPlan.Find(number) switch
    {
        ToFlow flow => center.Flows.Find(flow.Flow),
        ToQueue queue => QueueFlow.Of(queue),
        ToFeature feature => new FeatureFlow(feature.Feature, host, center),
        ToExtension or ToAgent or ToOutside => new ExtensionFlow(host, center, interactions, center.DialPlan.Find(number)!, number),
        _ => null,
    };

    public async ValueTask<bool> WhenWrittenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var written = center.Journal.WaitUntilWrittenAsync(center.Events.Position, cancellationToken);
            if (!written.IsCompletedSuccessfully)
                await center.Work.ParkAsync(new ValueTask(written.AsTask().WaitAsync(PromiseBudget, center.Time, cancellationToken))).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            CallsLog.PromiseUnwritten(center.Logger, InteractionId);
            return false;
        }
    }

    public ValueTask<IMessageTaking?> TakeMessageAsync(MailboxId mailbox, CancellationToken cancellationToken) =>
        center.Mailboxes.TakeAsync(mailbox, InteractionId, host.Party, Call, cancellationToken);

    public async ValueTask<QueueOutcome> QueueAsync(QueueId queue, QueueRequest request, CancellationToken cancellationToken)
    {
        if (!center.Model.Queues.TryGetValue(queue, out var model))
            throw new ArgumentException($"Queue '{queue}' does not exist. Queues: {string.Join(", ", center.Model.Queues.Keys)}.", nameof(queue));
        if (model.AnswerOnEntry)
            await Call.AnswerAsync(cancellationToken).ConfigureAwait(false);
        else if (Call.State == CallState.Trying)
            await Call.RingAsync(cancellationToken).ConfigureAwait(false);
        var enqueue = await AddressAsync(new(InteractionId, queue), model, request, cancellationToken).ConfigureAwait(false);
        if (Begin(enqueue, Call.State == CallState.Answered ? model : model with { Music = null }) is not { } wait)
            return new QueueOutcome.Abandoned(TimeSpan.Zero);

        // The outcome is awaited also after a cancellation: only routing knows whether an agent was quicker.
        using var registration = cancellationToken.UnsafeRegister(static state => ((FlowSession)state!).Withdraw(), this);
        var outcome = await wait.Outcome.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (outcome is QueueOutcome.Abandoned)
            cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    /// <summary>An agent has answered and is being joined.</summary>
    public void Connected(Connect connect)
    {
        lock (_lock) { _outcome = new QueueOutcome.Answered(connect.Agent, connect.Waited); }
    }

    /// <summary>The queue gave the caller up. The flow goes on once the music has stopped.</summary>
    public void Released(QueueOutcome outcome)
    {
        lock (_lock)
        {
            if (_wait is null)
                return;
            _outcome = outcome;
            host.Post(new WaitEnded(_wait.Queue));
        }
    }

    /// <summary>A result that comes when the caller and whoever they are joined with have parted.</summary>
    public Parked<bool> BeginTalk()
    {
        lock (_lock)
        {
            _talk = new(center.Work);
            if (_customerLeft)
                _talk.TryComplete(true);
            return _talk;
        }
    }

    /// <summary>Nobody speaks with the caller any more, and the caller is still there.</summary>
    public void Return()
    {
        lock (_lock)
        {
            _talk?.TryComplete(true);
            if (_outcome is not null)
                Complete(_outcome);
        }
    }

    /// <summary>The caller has left: a wait is given up.</summary>
    public void CustomerLeft()
    {
        lock (_lock)
        {
            _customerLeft = true;
            _talk?.TryComplete(true);
            if (_wait is null)
                return;
            if (_outcome is null)
                center.Routing.Post(new Leave(InteractionId, QueueExit.Abandoned));
            Complete(_outcome ?? new QueueOutcome.Abandoned(center.Time.GetElapsedTime(_wait.Since)));
        }
    }

    /// <summary>What decides who serves the caller: what the flow knows, and who the caller is.</summary>
    private async ValueTask<Enqueue> AddressAsync(Enqueue enqueue, QueueModel queue, QueueRequest request, CancellationToken cancellationToken)
    {
        var contacts = await FindContactsAsync(cancellationToken).ConfigureAwait(false);
        var party = contacts.Count > 0 ? contacts[0].Party : host.Party;
        return enqueue with
        {
            Requirement = request.Requirement,
            Credits = request.Priority == TimeSpan.Zero ? [] : [new Credit("priority", request.Priority)],
            Vip = request.Vip ?? contacts.Any(contact => contact.Vip),
            Party = party,
            Owner = request.Owner ?? (queue.StickyWait > TimeSpan.Zero ? await LastAgentAsync(party).ConfigureAwait(false) : null),
        };
    }

    /// <summary>A store that is slow or away holds no call up: then anybody takes it.</summary>
    private async ValueTask<AgentId?> LastAgentAsync(PartyId party)
    {
        try
        {
            return await center.Work.WithinAsync(center.Records.FindLastAgentAsync(party, CancellationToken.None), OwnerBudget, center.Time).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            CallsLog.OwnerUnknown(center.Logger, fault, InteractionId);
            return null;
        }
    }

    private async ValueTask ConfirmAsync(ConversationInput asked, CancellationToken cancellationToken)
    {
        var confirmation = new Parked<bool>(center.Work);
        lock (_lock) { _confirmation = confirmation; }
        host.Post(asked);
        await confirmation.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Withdraw() => center.Routing.Post(new Leave(InteractionId, QueueExit.Withdrawn));

    private void Complete(QueueOutcome outcome)
    {
        _wait?.Outcome.TryComplete(outcome);
        (_wait, _outcome) = (null, null);
    }

    // Posted under the lock: a caller who leaves in this moment must not leave the queue before having entered it.
    private Wait? Begin(Enqueue enqueue, QueueModel model)
    {
        lock (_lock)
        {
            if (_customerLeft)
                return null;
            if (_wait is not null)
                throw new InvalidOperationException($"Interaction {InteractionId} already waits in queue '{_wait.Queue}'.");
            if (_keepsPlace)
                enqueue = enqueue with { EnqueuedAt = _firstWait }; // Whoever was transferred has waited once.
            _firstWait ??= center.Clock().Now;
            _wait = new(model.Id, new(center.Work), center.Time.GetTimestamp(), model.Callbacks.Key);
            host.Post(new WaitStarted(model.Id, model.Music) { Recording = model.Recording });
            center.Routing.Post(enqueue);
            return _wait;
        }
    }

    private sealed record Wait(QueueId Queue, Parked<QueueOutcome> Outcome, long Since, char? CallbackKey);
}
