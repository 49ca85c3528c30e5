using System.Collections.Concurrent;
using CallCenterKit.Calls;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Flows;

/// <summary>What the flow of one interaction asks of the center.</summary>
internal sealed class FlowSession(ConversationHost host, CenterServices center) : IFlowSession
{
    private readonly ConcurrentDictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Wait? _wait;
    private Connect? _connected;
    private Parked<bool>? _talk;
    private bool _customerLeft;
    private FlowCall? _flowCall;

    public ICall Call => host.Customer;

    public InteractionId InteractionId => host.Interaction;

    /// <summary>The flow's view of this call, made when the first flow starts.</summary>
    public FlowCall Open(FlowEnvironment environment) => _flowCall = new(this, environment);

    public void PushDigit(char key) => _flowCall?.PushDigit(key);

    public string? GetVariable(string name) => _variables.GetValueOrDefault(name);

    public void SetVariable(string name, string value) => _variables[name] = value;

    public void HangUp(HangUpCause cause) => Call.HangUp(cause);

    public async ValueTask<QueueOutcome> QueueAsync(QueueId queue, CancellationToken cancellationToken)
    {
        if (!center.Model.Queues.TryGetValue(queue, out var model))
            throw new ArgumentException($"Queue '{queue}' does not exist. Queues: {string.Join(", ", center.Model.Queues.Keys)}.", nameof(queue));
        if (model.AnswerOnEntry)
            await Call.AnswerAsync(cancellationToken).ConfigureAwait(false);
        else if (Call.State == CallState.Trying)
            await Call.RingAsync(cancellationToken).ConfigureAwait(false);
        if (Begin(queue, model.Music) is not { } wait)
            return new QueueOutcome.Abandoned(TimeSpan.Zero);

        try
        {
            return await wait.Outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            center.Routing.Post(new Leave(InteractionId, QueueExit.Withdrawn));
            host.Post(new WaitEnded(queue));
            throw;
        }
    }

    /// <summary>An agent has answered and is being joined.</summary>
    public void Connected(Connect connect)
    {
        lock (_lock) { _connected = connect; }
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

    /// <summary>Whoever the caller was joined with has left, and the caller is still there.</summary>
    public void Return()
    {
        _talk?.TryComplete(true);
        if (_connected is { } connect)
            Complete(new QueueOutcome.Answered(connect.Agent, connect.Waited));
    }

    /// <summary>The caller has left: a wait is given up.</summary>
    public void CustomerLeft()
    {
        Wait? wait;
        Connect? connect;
        lock (_lock)
        {
            _customerLeft = true;
            (wait, connect) = (_wait, _connected);
        }
        _talk?.TryComplete(true);
        if (wait is null)
            return;
        if (connect is not null)
        {
            Complete(new QueueOutcome.Answered(connect.Agent, connect.Waited));
            return;
        }
        center.Routing.Post(new Leave(InteractionId, QueueExit.Abandoned));
        Complete(new QueueOutcome.Abandoned(center.Time.GetElapsedTime(wait.Since)));
    }

    /// <summary>Lets the flow go on after <see cref="QueueAsync"/>; does nothing when it does not wait.</summary>
    public void Complete(QueueOutcome outcome)
    {
        Wait? wait;
        lock (_lock)
        {
            wait = _wait;
            (_wait, _connected) = (null, null);
        }
        wait?.Outcome.TryComplete(outcome);
    }

    // Posted under the lock: a caller who leaves in this moment must not leave the queue before having entered it.
    private Wait? Begin(QueueId queue, string? music)
    {
        lock (_lock)
        {
            if (_customerLeft)
                return null;
            if (_wait is not null)
                throw new InvalidOperationException($"Interaction {InteractionId} already waits in queue '{_wait.Queue}'.");
            _wait = new(queue, new(center.Work), center.Time.GetTimestamp());
            host.Post(new WaitStarted(queue, music));
            center.Routing.Post(new Enqueue(InteractionId, queue));
            return _wait;
        }
    }

    private sealed record Wait(QueueId Queue, Parked<QueueOutcome> Outcome, long Since);
}
