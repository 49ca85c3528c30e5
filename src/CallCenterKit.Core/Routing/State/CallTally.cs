namespace CallCenterKit.Routing;

/// <summary>Calls and talk time of an agent over the last day, in slots of 5 minutes.</summary>
internal sealed class CallTally
{
    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1) + SlotLength;

    private readonly List<TallySlot> _slots = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TallySlot> Slots => _slots;

    public void Load(IEnumerable<TallySlot> slots) => _slots.AddRange(slots);

    public void Count(DateTimeOffset at, int calls, TimeSpan talk)
    {
        var start = StartOf(at);
        if (_slots.Count > 0 && _slots[^1].Start == start)
        {
            var last = _slots[^1];
            _slots[^1] = last with { Calls = last.Calls + calls, Talk = last.Talk + talk };
            return;
        }
        _slots.RemoveAll(slot => slot.Start + Longest <= at);
        _slots.Add(new(start, calls, talk));
    }

    /// <summary>Calls and talk time of all slots that begin then or later.</summary>
    public (int Calls, TimeSpan Talk) Since(DateTimeOffset from)
    {
        var (calls, talk) = (0, TimeSpan.Zero);
        for (var i = _slots.Count - 1; i >= 0 && _slots[i].Start >= from; i--)
            (calls, talk) = (calls + _slots[i].Calls, talk + _slots[i].Talk);
        return (calls, talk);
    }

    /// <summary>The first slot that begins then or later; null when there is none.</summary>
    public DateTimeOffset? FirstSince(DateTimeOffset from)
    {
        foreach (var slot in _slots)
        {
            if (slot.Start >= from)
                return slot.Start;
        }
        return null;
    }

    private static DateTimeOffset StartOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % SlotLength.Ticks), TimeSpan.Zero);
}
