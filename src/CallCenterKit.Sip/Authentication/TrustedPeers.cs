using System.Net;

namespace CallCenterKit.Sip.Authentication;

/// <summary>Which trunk a packet comes from, by its source address. Any thread.</summary>
internal sealed class TrustedPeers(IEnumerable<TrustedPeerOptions> peers)
{
    private readonly (IPNetwork Network, string Name)[] _networks = [.. peers
        .Select(peer => (Network(peer.Address), peer.Name))
        .OrderByDescending(peer => peer.Item1.PrefixLength)];

    /// <summary>The name of the narrowest network the address is in; null when it is in none.</summary>
    public string? Find(IPAddress source)
    {
        if (source.IsIPv4MappedToIPv6)
            source = source.MapToIPv4();
        foreach (var (network, name) in _networks)
        {
            if (network.Contains(source))
                return name;
        }
        return null;
    }

    private static IPNetwork Network(string address) => IPAddress.TryParse(address, out var single)
        ? new(single, single.GetAddressBytes().Length * 8)
        : IPNetwork.Parse(address);
}
