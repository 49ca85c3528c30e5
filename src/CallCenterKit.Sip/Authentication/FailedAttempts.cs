using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Authentication;

/// <summary>Slows down guessing: each source address may fail so often, then has to wait until a token grows back.</summary>
/// <remarks>
/// Any thread. Only addresses that have failed are kept, at most <paramref name="capacity"/>; the one that failed
/// longest ago is forgotten first. IPv6 counts by /64, which is what one subscriber has.
/// </remarks>
/// <param name="burst">How many failures in a row are let through.</param>
/// <param name="refill">How long one token takes to grow back.</param>
/// <param name="capacity">How many addresses are remembered.</param>
internal sealed class FailedAttempts(int burst, TimeSpan refill, int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, LinkedListNode<Bucket>> _buckets = [];
    private readonly LinkedList<Bucket> _byLastFailure = new();

    /// <summary>Whether credentials from there are looked at now.</summary>
    public bool MayTry(IPAddress source, DateTimeOffset now)
    {
        lock (_lock)
        {
            return !_buckets.TryGetValue(Key(source), out var node) || Tokens(node.Value, now) >= 1;
        }
    }

    /// <summary>Takes a token for one failure.</summary>
    public void Failed(IPAddress source, DateTimeOffset now)
    {
        var key = Key(source);
        lock (_lock)
        {
            if (_buckets.TryGetValue(key, out var node))
                _byLastFailure.Remove(node);
            else
                node = Add(key, now);
            node.Value.Tokens = Math.Max(0, Tokens(node.Value, now) - 1);
            node.Value.At = now;
            _byLastFailure.AddLast(node);
        }
    }

    private LinkedListNode<Bucket> Add(UInt128 key, DateTimeOffset now)
    {
        if (_buckets.Count >= capacity && _byLastFailure.First is { } oldest)
        {
            _byLastFailure.RemoveFirst();
            _buckets.Remove(oldest.Value.Key);
        }
        var node = new LinkedListNode<Bucket>(new(key) { Tokens = burst, At = now });
        _buckets.Add(key, node);
        return node;
    }

    private double Tokens(Bucket bucket, DateTimeOffset now) =>
        Math.Min(burst, bucket.Tokens + Math.Max(0, (now - bucket.At) / refill));

    private static UInt128 Key(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            bytes[8..].Clear();
        else
            bytes[15] = 4; // an IPv4 address never equals a /64
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private sealed class Bucket(UInt128 key)
    {
        public UInt128 Key { get; } = key;

        public double Tokens { get; set; }

        public DateTimeOffset At { get; set; }
    }
}
