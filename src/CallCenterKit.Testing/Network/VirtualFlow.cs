using System.Net;

namespace CallCenterKit.Testing;

/// <summary>What goes from one address to another: its own dice, its own order.</summary>
internal sealed class VirtualFlow
{
    private readonly Random _dice;
    private DateTimeOffset _lastInOrder;
    private long _sent;
    private long _latestArrived = -1;

    public VirtualFlow(IPEndPoint from, IPEndPoint to, int seed)
    {
        From = from;
        To = to;
        Name = $"{from}>{to}";
        _dice = new Random(StableHash(Name, seed));
    }

    public IPEndPoint From { get; }

    public IPEndPoint To { get; }

    public string Name { get; }

    /// <summary>Always throws the same number of dice, so one option does not change what another one does.</summary>
    public DatagramFate NextFate(VirtualNetworkOptions options)
    {
        var lost = _dice.NextDouble() < options.LossShare;
        var doubled = _dice.NextDouble() < options.DuplicationShare;
        var held = _dice.NextDouble() < options.ReorderShare ? options.ReorderDelay : TimeSpan.Zero;
        var delay = options.MinDelay + ((options.MaxDelay - options.MinDelay) * _dice.NextDouble());
        return new DatagramFate(lost, doubled, delay, held);
    }

    public VirtualDatagram Dispatch(byte[] bytes, DateTimeOffset arrivesAt, TimeSpan heldBack)
    {
        if (arrivesAt < _lastInOrder)
            arrivesAt = _lastInOrder;
        if (heldBack == TimeSpan.Zero)
            _lastInOrder = arrivesAt;
        return new VirtualDatagram(this, _sent++, arrivesAt + heldBack, bytes, IsCopy: false);
    }

    public VirtualDatagram DispatchCopy(byte[] bytes, DateTimeOffset arrivesAt) =>
        new(this, _sent - 1, arrivesAt < _lastInOrder ? _lastInOrder : arrivesAt, bytes, IsCopy: true);

    /// <summary>Notes an arrival; false when a later datagram was here before it.</summary>
    public bool Arrived(VirtualDatagram datagram)
    {
        if (datagram.Number < _latestArrived)
            return false;
        _latestArrived = datagram.Number;
        return true;
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static int StableHash(string text, int seed)
    {
        var hash = 2_166_136_261u ^ (uint)seed;
        foreach (var character in text)
            hash = unchecked((hash ^ character) * 16_777_619u);
        return (int)(hash & int.MaxValue);
    }
}

/// <summary>What chance has decided for one datagram.</summary>
internal readonly record struct DatagramFate(bool IsLost, bool IsDoubled, TimeSpan Delay, TimeSpan HeldBack);

/// <summary>A datagram on its way.</summary>
internal sealed record VirtualDatagram(VirtualFlow Flow, long Number, DateTimeOffset ArrivesAt, byte[] Bytes, bool IsCopy)
{
    public static IComparer<VirtualDatagram> ByArrival { get; } = Comparer<VirtualDatagram>.Create(static (left, right) =>
    {
        var order = left.ArrivesAt.CompareTo(right.ArrivesAt);
        if (order == 0)
            order = string.CompareOrdinal(left.Flow.Name, right.Flow.Name);
        if (order == 0)
            order = left.Number.CompareTo(right.Number);
        return order != 0 ? order : left.IsCopy.CompareTo(right.IsCopy);
    });
}
