using CallCenterKit.Ivr.Documents;

namespace CallCenterKit.Ivr.Building;

/// <summary>Says where the outcomes of a queue lead.</summary>
public sealed class IvrQueueBuilder
{
    internal IvrQueueBuilder(string name) => Step = new(name);

    internal IvrStep.Queue Step { get; private set; }

    /// <summary>The node for a caller who is back from the agent.</summary>
    public IvrQueueBuilder OnAnswered(string node) => With(Step with { Answered = node });

    /// <summary>The node for a caller who waited too long.</summary>
    public IvrQueueBuilder OnTimedOut(string node) => With(Step with { TimedOut = node });

    /// <summary>The node for a caller who found no place.</summary>
    public IvrQueueBuilder OnFull(string node) => With(Step with { Full = node });

    /// <summary>The node for a caller for whom nobody was at work.</summary>
    public IvrQueueBuilder OnEmpty(string node) => With(Step with { Empty = node });

    /// <summary>The node for a caller who came out of hours.</summary>
    public IvrQueueBuilder OnClosed(string node) => With(Step with { Closed = node });

    /// <summary>The node for a caller who will be called back.</summary>
    public IvrQueueBuilder OnCallbackBooked(string node) => With(Step with { CallbackBooked = node });

    private IvrQueueBuilder With(IvrStep.Queue step)
    {
        Step = step;
        return this;
    }
}
