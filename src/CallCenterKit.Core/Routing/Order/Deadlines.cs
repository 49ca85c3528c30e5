namespace CallCenterKit.Routing;

/// <summary>What falls due, in the order in which it is dealt with at one instant.</summary>
internal enum DeadlineKind
{
    /// <summary>Closing time of a <see cref="QueueBook"/>.</summary>
    Closing,

    /// <summary>The longest wait, a step or an announcement of a <see cref="QueueEntry"/>: goes before ring time, so that the caller's own deadline wins.</summary>
    Entry,

    /// <summary>The ring time of an <see cref="OpenOffer"/>.</summary>
    Ring,

    /// <summary>The confirmation of a withdrawn <see cref="OpenOffer"/>.</summary>
    Settle,

    /// <summary>The after-call work of a <see cref="Presence"/>.</summary>
    WrapUp,

    /// <summary>The rest of a <see cref="Presence"/>.</summary>
    Rest,

    /// <summary>The phone of a <see cref="Presence"/> that failed is asked about again.</summary>
    Mark,

    /// <summary>Calls of a <see cref="Presence"/> fall out of a moving window.</summary>
    Window,

    /// <summary>Midnight of a <see cref="QueueBook"/>.</summary>
    Day,

    /// <summary>Nobody has been at a <see cref="QueueBook"/> for too long.</summary>
    Empty,
}

/// <summary>Everything that falls due, earliest first. Deadlines that were moved or met stay until their time and are passed over.</summary>
internal sealed class Deadlines
{
    private readonly PriorityQueue<object, DeadlineKey> _queue = new();

    /// <summary>The earliest instant at which something really falls due.</summary>
    public DateTimeOffset? Earliest => TryPeek(out _, out var key) ? new DateTimeOffset(key.Ticks, TimeSpan.Zero) : null;

    public void Clear() => _queue.Clear();

    public void Add(DateTimeOffset at, QueueEntry entry) =>
        _queue.Enqueue(entry, new(at.UtcTicks, DeadlineKind.Entry, entry.Id.Epoch, entry.Id.Number, ""));

    public void Add(DateTimeOffset at, DeadlineKind kind, QueueBook queue) =>
        _queue.Enqueue(queue, new(at.UtcTicks, kind, 0, 0, queue.Id.Value));

    public void Add(DateTimeOffset at, DeadlineKind kind, OpenOffer offer) =>
        _queue.Enqueue(offer, new(at.UtcTicks, kind, offer.Id.Epoch, offer.Id.Number, ""));

    public void Add(DateTimeOffset at, DeadlineKind kind, Presence agent) =>
        _queue.Enqueue(agent, new(at.UtcTicks, kind, 0, 0, agent.Id.Value));

    /// <summary>Takes the first that is due out; false when none is.</summary>
    public bool TryTakeDue(DateTimeOffset now, out DeadlineKind kind, out object owner)
    {
        var due = TryPeek(out owner, out var key) && key.Ticks <= now.UtcTicks;
        kind = key.Kind;
        if (due)
            _queue.Dequeue();
        return due;
    }

    private bool TryPeek(out object owner, out DeadlineKey key)
    {
        while (_queue.TryPeek(out owner!, out key))
        {
            if (IsReal(owner, key))
                return true;
            _queue.Dequeue();
        }
        return false;
    }

    private static bool IsReal(object owner, in DeadlineKey key) => key.Kind switch
    {
        DeadlineKind.Entry => owner is QueueEntry { IsGone: false } entry && entry.DueAt?.UtcTicks == key.Ticks,
        DeadlineKind.Ring => owner is OpenOffer { IsGone: false, SettleBy: null } offer && offer.ExpiresAt.UtcTicks == key.Ticks,
        DeadlineKind.Settle => owner is OpenOffer { IsGone: false } offer && offer.SettleBy?.UtcTicks == key.Ticks,
        DeadlineKind.WrapUp => ((Presence)owner).EndsWrapUpAt(key.Ticks),
        DeadlineKind.Rest => ((Presence)owner).RestUntil?.UtcTicks == key.Ticks,
        DeadlineKind.Mark => owner is Presence { IsMarked: true } agent && agent.QualifyAt?.UtcTicks == key.Ticks,
        DeadlineKind.Window => ((Presence)owner).WindowMovesAt?.UtcTicks == key.Ticks,
        DeadlineKind.Empty => owner is QueueBook { EmptySince: { } since, Model.LeaveRule: { } rule } && (since + rule.Grace).UtcTicks == key.Ticks,
        _ => owner is QueueBook { Model: not null },
    };

    private readonly record struct DeadlineKey(long Ticks, DeadlineKind Kind, long Epoch, long Number, string Text) : IComparable<DeadlineKey>
    {
        public int CompareTo(DeadlineKey other)
        {
            if (Ticks != other.Ticks)
                return Ticks < other.Ticks ? -1 : 1;
            if (Kind != other.Kind)
                return Kind < other.Kind ? -1 : 1;
            if (Epoch != other.Epoch)
                return Epoch < other.Epoch ? -1 : 1;
            return Number != other.Number ? Number.CompareTo(other.Number) : string.CompareOrdinal(Text, other.Text);
        }
    }
}
