namespace CallCenterKit.Conversations;

/// <summary>Takes what one input led to. Owned and reused by the caller; one thread.</summary>
public sealed class ConversationOutput
{
    private readonly List<ConversationEvent> _events = [];
    private readonly List<ConversationEffect> _effects = [];

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<ConversationEvent> Events => _events;

    /// <summary>What is to be done, in order.</summary>
    public IReadOnlyList<ConversationEffect> Effects => _effects;

    /// <summary>Forgets both.</summary>
    public void Clear()
    {
        _events.Clear();
        _effects.Clear();
    }

    internal void Add(ConversationEvent happened) => _events.Add(happened);

    internal void Add(ConversationEffect wanted) => _effects.Add(wanted);

    /// <summary>In front of the first effect that is meant; where there is none, behind all.</summary>
    internal void AddBefore(Predicate<ConversationEffect> meant, ConversationEffect wanted)
    {
        var index = _effects.FindIndex(meant);
        _effects.Insert(index < 0 ? _effects.Count : index, wanted);
    }
}
