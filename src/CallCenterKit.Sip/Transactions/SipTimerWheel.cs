using System.Numerics;

namespace CallCenterKit.Sip.Transactions;

/// <summary>
/// A hierarchical timing wheel: six levels of 64 slots, the lowest of one tick. Start and cancel cost the same however many
/// timers run, and the next deadline is found from six bit masks.
/// </summary>
/// <remarks>One thread. Never early; late by less than one tick.</remarks>
internal sealed class SipTimerWheel
{
    internal const int TickMilliseconds = 10;

    private const int Levels = 6;
    private const int SlotBits = 6;
    private const int Slots = 1 << SlotBits;
    private const long MaxTicks = 1L << ((Levels * SlotBits) - 1);

    private readonly SipTimer?[] _slots = new SipTimer?[Levels * Slots];
    private readonly ulong[] _occupied = new ulong[Levels];

    /// <summary>All timers before this tick have been called.</summary>
    internal long CurrentTick { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Starts the timer, or starts it anew. Due in the past means the next tick.</summary>
    internal void Start(SipTimer timer, long dueTick)
    {
        Cancel(timer);
        timer.DueTick = Math.Clamp(dueTick, CurrentTick + 1, CurrentTick + MaxTicks);
        Insert(timer);
    }

    internal void Cancel(SipTimer timer)
    {
        if (timer.Place < 0) return;
        if (timer.Previous is { } previous) previous.Next = timer.Next;
        else _slots[timer.Place] = timer.Next;
        if (timer.Next is { } next) next.Previous = timer.Previous;
        if (_slots[timer.Place] is null) _occupied[timer.Place >> SlotBits] &= ~(1UL << (timer.Place & (Slots - 1)));
        timer.Next = timer.Previous = null;
        timer.Place = -1;
        Count--;
    }

    /// <summary>The tick at which <see cref="Advance"/> has something to do next; -1 when nothing runs.</summary>
    internal long NextTick => TryFindNext(out var tick, out _) ? tick : -1;

    /// <summary>Calls what is due up to and including the tick, in order of ticks.</summary>
    internal void Advance(long tick)
    {
        while (TryFindNext(out var next, out var place) && next <= tick)
        {
            CurrentTick = next;
            RunSlot(place);
        }

        CurrentTick = Math.Max(CurrentTick, tick);
    }

    // What is due is called; what was kept in a coarse slot moves to a finer one. A callback may start and cancel any timer,
    // also one of this slot, so the head is taken again each time.
    private void RunSlot(int place)
    {
        while (_slots[place] is { } timer)
        {
            Cancel(timer);
            if (timer.DueTick <= CurrentTick) timer.OnDue();
            else Insert(timer);
        }
    }

    private void Insert(SipTimer timer)
    {
        // The level is where the highest differing digit (of base 64) of now and then stands.
        var difference = (ulong)(timer.DueTick ^ CurrentTick) | (Slots - 1);
        var level = Math.Min((63 - BitOperations.LeadingZeroCount(difference)) / SlotBits, Levels - 1);
        var slot = (int)(timer.DueTick >> (level * SlotBits)) & (Slots - 1);
        var place = (level << SlotBits) | slot;
        timer.Next = _slots[place];
        if (timer.Next is not null) timer.Next.Previous = timer;
        _slots[place] = timer;
        timer.Place = (short)place;
        _occupied[level] |= 1UL << slot;
        Count++;
    }

    private bool TryFindNext(out long tick, out int place)
    {
        for (var level = 0; level < Levels; level++)
        {
            if (_occupied[level] == 0) continue;
            var shift = level * SlotBits;
            var now = (int)(CurrentTick >> shift) & (Slots - 1);
            var ahead = BitOperations.TrailingZeroCount(BitOperations.RotateRight(_occupied[level], now));
            var slot = (now + ahead) & (Slots - 1);
            var turn = CurrentTick >> (shift + SlotBits);
            if (slot < now) turn++;
            tick = (((turn << SlotBits) | (long)slot)) << shift;
            place = (level << SlotBits) | slot;
            return true;
        }

        tick = -1;
        place = -1;
        return false;
    }
}
