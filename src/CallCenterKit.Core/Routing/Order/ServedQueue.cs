using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>A queue as the engine works with it: one line per channel.</summary>
internal sealed class ServedQueue(QueueModel model, IRoutingStrategy strategy)
{
    private readonly Dictionary<string, QueueLine> _lines = new(StringComparer.Ordinal);

    public QueueModel Model { get; } = model;

    public IRoutingStrategy Strategy { get; } = strategy;

    public QueueLine LineOf(string channel)
    {
        if (!_lines.TryGetValue(channel, out var line))
            _lines[channel] = line = new();
        return line;
    }
}

/// <summary>Those of one queue and one channel: who waits, and who could take them.</summary>
internal sealed class QueueLine
{
    /// <summary>By time of enqueuing; the amount is the cost, negative, so that "at least" finds the first that is cheap enough.</summary>
    public RankedTree<QueueEntry> Waiting { get; } = new();

    /// <summary>By the strategy's key; the amount is the free capacity.</summary>
    public RankedTree<Presence> Free { get; } = new();

    /// <summary>Like <see cref="Free"/>: agents who rest and are chosen only when nobody is in there.</summary>
    public RankedTree<Presence> Spared { get; } = new();
}

/// <summary>An agent in one queue.</summary>
internal sealed class Membership(ServedQueue queue, int ordinal, Slot[] slots)
{
    public ServedQueue Queue { get; } = queue;

    public int Ordinal { get; } = ordinal;

    /// <summary>One per channel the agent has capacity on.</summary>
    public Slot[] Slots { get; } = slots;
}

/// <summary>An agent in one line.</summary>
internal sealed class Slot(string channel, int capacity, QueueLine line)
{
    private RankedTree<Presence>? _tree;
    private RankKey _key;

    public string Channel { get; } = channel;

    public int Capacity { get; } = capacity;

    public QueueLine Line { get; } = line;

    /// <summary>How much the agent can take now; 0 when it stands in no order.</summary>
    public int Free { get; private set; }

    public void Leave()
    {
        _tree?.Remove(_key);
        (_tree, Free) = (null, 0);
    }

    public void Stand(RankedTree<Presence> tree, RankKey key, int free, Presence agent)
    {
        if (_tree == tree && _key == key && Free == free)
            return;
        Leave();
        tree.Add(key, free, agent);
        (_tree, _key, Free) = (tree, key, free);
    }
}
