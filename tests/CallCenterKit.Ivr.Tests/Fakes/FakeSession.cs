using CallCenterKit.Contacts;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Queues;
using CallCenterKit.Recordings;
using CallCenterKit.Testing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Fakes;

/// <summary>The host's side of one call: queues answer as the test says.</summary>
internal sealed class FakeSession(FakeCall call, VirtualTimeProvider time) : IFlowSession
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>How each queue ends; a queue that is not here does not exist.</summary>
    public Dictionary<string, QueueOutcome> Queues { get; } = new(StringComparer.Ordinal);

    /// <summary>How long a caller stays in a queue.</summary>
    public TimeSpan QueueTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The token the last queue was entered with.</summary>
    public CancellationToken QueueToken { get; private set; }

    /// <summary>What the last queue was entered with.</summary>
    public QueueRequest? Request { get; private set; }

    /// <summary>Where numbers lead.</summary>
    public Dictionary<string, IFlow> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether what was decided is written in time.</summary>
    public bool Writes { get; set; } = true;

    public IReadOnlyList<Contact> Contacts { get; set; } = [];

    public ICall Call => call;

    public InteractionId InteractionId { get; } = new(new Guid(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

    public async ValueTask<QueueOutcome> QueueAsync(QueueId queue, QueueRequest request, CancellationToken cancellationToken)
    {
        if (!Queues.TryGetValue(queue.Text, out var outcome))
            throw new ArgumentException($"There is no queue '{queue}'.", nameof(queue));

        (QueueToken, Request) = (cancellationToken, request);
        call.Write($"queue {queue}");
        var parked = new Parked<QueueOutcome>(time.Work);
        using var left = call.Ended.Register(() => parked.TryComplete(new QueueOutcome.Abandoned(QueueTime)));
        using var timer = time.CreateTimer(_ => parked.TryComplete(outcome), null, QueueTime, Timeout.InfiniteTimeSpan);
        return await parked.WaitAsync(cancellationToken);
    }

    /// <summary>Whether messages can be recorded.</summary>
    public bool Records { get; set; } = true;

    public ValueTask<IMessageTaking?> TakeMessageAsync(MailboxId mailbox, CancellationToken cancellationToken)
    {
        if (!Records)
            return new((IMessageTaking?)null);
        call.Write($"record for {mailbox}");
        return new(new FakeTaking(call, time));
    }

    public IFlow? FindByNumber(string number) => Numbers.GetValueOrDefault(number);

    public ValueTask<bool> WhenWrittenAsync(CancellationToken cancellationToken) => new(Writes);

    public ValueTask<IReadOnlyList<Contact>> FindContactsAsync(CancellationToken cancellationToken) => new(Contacts);

    public void NoteConsent(RecordingConsent consent) => call.Write($"consent {consent}");

    public ValueTask PauseRecordingAsync(CancellationToken cancellationToken)
    {
        call.Write("pause recording");
        return default;
    }

    public ValueTask ResumeRecordingAsync(CancellationToken cancellationToken)
    {
        call.Write("resume recording");
        return default;
    }

    public void HangUp(HangUpCause cause) => call.HangUp(cause);

    public string? GetVariable(string name) => _variables.GetValueOrDefault(name);

    public void SetVariable(string name, string value) => _variables[name] = value;
}
