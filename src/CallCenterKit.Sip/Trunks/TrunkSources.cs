using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Which trunk an address belongs to: one look into a table per length of prefix that is in use, the longest first. Immutable.</summary>
internal sealed class TrunkSources
{
    private const int MappedBits = 96;

    private readonly (int Bits, FrozenDictionary<UInt128, SipTrunk[]> Trunks)[] _tables;

    public TrunkSources(IEnumerable<SipTrunk> trunks)
    {
        _tables =
        [
            .. trunks.SelectMany(trunk => NetworksOf(trunk).Select(network => (Trunk: trunk, network.Key, network.Bits)))
                .GroupBy(one => one.Bits)
                .OrderByDescending(group => group.Key)
                .Select(group => (group.Key, group.GroupBy(one => one.Key).ToFrozenDictionary(same => same.Key, same => same.Select(one => one.Trunk).Distinct().ToArray()))),
        ];
    }

    /// <param name="source">Where a request came from.</param>
    /// <param name="requestUser">The user of its Request-URI: tells two accounts at one carrier apart.</param>
    public SipTrunk? Find(IPAddress source, string requestUser)
    {
        var key = Key(source);
        foreach (var (bits, trunks) in _tables)
        {
            if (trunks.TryGetValue(Cut(key, bits), out var found))
                return found.Length == 1 ? found[0] : Array.Find(found, trunk => trunk.Options.User == requestUser) ?? found[0];
        }
        return null;
    }

    /// <summary>An address, or a network with its length.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var single))
        {
            network = new(single, single.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }
        return IPNetwork.TryParse(text, out network);
    }

    private static IEnumerable<(UInt128 Key, int Bits)> NetworksOf(SipTrunk trunk)
    {
        foreach (var text in trunk.Options.Addresses)
        {
            if (TryParse(text, out var network))
            {
                var bits = network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? MappedBits : 0);
                yield return (Cut(Key(network.BaseAddress), bits), bits);
            }
        }
        foreach (var address in trunk.Addresses)
            yield return (Key(address), 128);
    }

    private static UInt128 Key(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static UInt128 Cut(UInt128 key, int bits) => bits == 0 ? 0 : key & (UInt128.MaxValue << (128 - bits));
}
