using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Transport;

/// <summary>Counts connections, all and those of one IPv4 address or IPv6 /64 network. Any thread.</summary>
internal sealed class StreamAdmission(int maxConnections, int maxPerAddress)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(AddressFamily Family, ulong Network), int> _perAddress = [];
    private int _count;

    internal int Count
    {
        get { lock (_lock) return _count; }
    }

    /// <summary>One of ours; they count in the sum only.</summary>
    internal bool TryEnter()
    {
        lock (_lock)
        {
            if (_count >= maxConnections) return false;
            _count++;
            return true;
        }
    }

    /// <returns>Null when the connection may stay; otherwise why it may not.</returns>
    internal string? Enter(IPAddress address)
    {
        var network = NetworkOf(address);
        lock (_lock)
        {
            if (_count >= maxConnections) return $"There are {maxConnections} already.";
            var ofAddress = _perAddress.GetValueOrDefault(network);
            if (ofAddress >= maxPerAddress) return $"There are {maxPerAddress} of its address already.";
            _perAddress[network] = ofAddress + 1;
            _count++;
            return null;
        }
    }

    /// <summary>One of ours has ended.</summary>
    internal void Leave()
    {
        lock (_lock) _count--;
    }

    /// <summary>One of that address has ended.</summary>
    internal void Leave(IPAddress address)
    {
        var network = NetworkOf(address);
        lock (_lock)
        {
            _count--;
            var left = _perAddress[network] - 1;
            if (left == 0) _perAddress.Remove(network);
            else _perAddress[network] = left;
        }
    }

    private static (AddressFamily Family, ulong Network) NetworkOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return (address.AddressFamily, address.AddressFamily == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
