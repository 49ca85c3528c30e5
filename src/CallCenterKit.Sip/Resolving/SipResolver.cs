using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Resolving;

/// <summary>RFC 3263 §4 over DNS: NAPTR says by what, SRV says which machines, A and AAAA say where they are.</summary>
/// <remarks>Any thread.</remarks>
/// <param name="dns">Where names are looked up.</param>
/// <param name="draws">For the weights of SRV.</param>
internal sealed class SipResolver(IDnsLookups dns, Draws draws) : ISipResolver
{
    private const int PlainPort = 5060, TlsPort = 5061;
    private const int MaxServers = 16;

    /// <summary>The one that is used unless the host brings its own: the name servers and the hosts file of this machine.</summary>
    public static SipResolver Create(SipDnsOptions options, TimeProvider time, ILogger logger)
    {
        var hosts = options.UsesHostsFile ? new HostsFile(HostsFile.DefaultPath, time) : null;
        return new(new DnsClient(options, new DnsSockets(), new(options, time), hosts, time, logger), new(new Random()));
    }

    public async ValueTask<SipResolution> ResolveAsync(SipTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        cancellationToken.ThrowIfCancellationRequested();
        var candidates = Candidates(target);
        if (candidates.Count == 0)
            return new SipResolution.Failed($"'{target.Host}' is to be reached by {Wanted(target)}, which no listening address can send.");
        if (SipHostPort.TryParseAddress(System.Text.Encoding.UTF8.GetBytes(target.Host), out var address))
            return Numeric(target, address, candidates[0]);
        if (!DnsName.TryNormalize(target.Host, out var name))
            return new SipResolution.Failed($"'{target.Host}' is neither a name nor an address.");

        var search = new Search(target, name);
        if (target.Port != 0)
        {
            await AddMachineAsync(search, name, candidates[0], target.Port, cancellationToken).ConfigureAwait(false);
            return search.End();
        }
        if (target.Transport is null)
            await AddPointersAsync(search, candidates, cancellationToken).ConfigureAwait(false);
        if (search.Hops.Count == 0 && !search.HasPointers)
            await AddServicesAsync(search, candidates, cancellationToken).ConfigureAwait(false);
        // RFC 3263 §4.2: the domain itself is a machine when it has no SRV at all. One that denies the service is taken at its word.
        if (search.Hops.Count == 0 && !search.HasServers)
            await AddMachineAsync(search, name, candidates[0], PortOf(candidates[0]), cancellationToken).ConfigureAwait(false);
        return search.End();
    }

    // What may be used at all, the default first where the domain leaves it to us: UDP, or TLS for sips: (RFC 3263 §4.1).
    private static List<SipTransportProtocol> Candidates(SipTarget target)
    {
        List<SipTransportProtocol> candidates = [.. target.Protocols.Where(protocol => Fits(target, protocol))];
        if (target.Transport is null && candidates.Remove(SipTransportProtocol.Udp))
            candidates.Insert(0, SipTransportProtocol.Udp);
        return candidates;
    }

    private static bool Fits(SipTarget target, SipTransportProtocol protocol) => (target.IsSecure, target.Transport) switch
    {
        // sips: with transport=tcp means TLS over TCP (RFC 3261 §26.2.2); over UDP there is none.
        (true, null or SipTransportProtocol.Tcp or SipTransportProtocol.Tls) => protocol == SipTransportProtocol.Tls,
        (true, _) => false,
        (false, null) => true,
        (false, var wanted) => protocol == wanted,
    };

    private static string Wanted(SipTarget target) => target.IsSecure ? "TLS" : target.Transport?.ToString() ?? "anything";

    private static SipResolution Numeric(SipTarget target, IPAddress address, SipTransportProtocol protocol)
    {
        var isIPv6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        return (isIPv6 ? target.UsesIPv6 : target.UsesIPv4)
            ? new SipResolution.Found([new(protocol, new(address, target.Port != 0 ? target.Port : PortOf(protocol)), target.Host)])
            : new SipResolution.Failed($"'{target.Host}' is an {(isIPv6 ? "IPv6" : "IPv4")} address, and no listening address is one.");
    }

    private static int PortOf(SipTransportProtocol protocol) => protocol == SipTransportProtocol.Tls ? TlsPort : PlainPort;

    private async Task AddPointersAsync(Search search, List<SipTransportProtocol> candidates, CancellationToken cancellationToken)
    {
        var lookup = await dns.LookUpAsync(search.Name, DnsType.Naptr, cancellationToken).ConfigureAwait(false);
        var usable = search.Read<DnsRecord.Pointer>(lookup)
            .Where(pointer => pointer.Flags.Equals("s", StringComparison.OrdinalIgnoreCase) && pointer.Replacement.Length > 0)
            .Select(pointer => (Pointer: pointer, Protocol: ProtocolOf(pointer.Service)))
            .Where(one => one.Protocol is { } protocol && candidates.Contains(protocol))
            .OrderBy(one => one.Pointer.Order).ThenBy(one => one.Pointer.Preference);
        foreach (var (pointer, protocol) in usable)
        {
            search.HasPointers = true;
            var servers = await ServersAsync(pointer.Replacement, cancellationToken).ConfigureAwait(false);
            await AddServersAsync(search, servers, protocol!.Value, cancellationToken).ConfigureAwait(false);
        }
        // Pointers that lead nowhere say less than none.
        search.HasPointers &= search.HasServers;
    }

    private static SipTransportProtocol? ProtocolOf(string service) => service.ToUpperInvariant() switch
    {
        "SIP+D2U" => SipTransportProtocol.Udp,
        "SIP+D2T" => SipTransportProtocol.Tcp,
        "SIPS+D2T" => SipTransportProtocol.Tls,
        _ => null,
    };

    private async Task AddServicesAsync(Search search, List<SipTransportProtocol> candidates, CancellationToken cancellationToken)
    {
        var services = search.Target.Protocols.Where(candidates.Contains).Select(protocol => (Protocol: protocol, Name: $"{ServiceOf(protocol)}.{search.Name}")).ToArray();
        var lookups = await Task.WhenAll(services.Select(service => ServersAsync(service.Name, cancellationToken))).ConfigureAwait(false);
        for (var i = 0; i < services.Length; i++)
            await AddServersAsync(search, lookups[i], services[i].Protocol, cancellationToken).ConfigureAwait(false);
    }

    private static string ServiceOf(SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Udp => "_sip._udp",
        SipTransportProtocol.Tcp => "_sip._tcp",
        _ => "_sips._tcp",
    };

    private async Task<DnsLookup> ServersAsync(string service, CancellationToken cancellationToken) => DnsName.TryNormalize(service, out var name)
        ? await dns.LookUpAsync(name, DnsType.Srv, cancellationToken).ConfigureAwait(false)
        : new DnsLookup.Nothing();

    private async Task AddServersAsync(Search search, DnsLookup lookup, SipTransportProtocol protocol, CancellationToken cancellationToken)
    {
        var servers = search.Read<DnsRecord.Server>(lookup).ToArray();
        search.HasServers |= servers.Length > 0;
        // RFC 2782: the root as target denies the service.
        var usable = servers.Where(server => server.Port != 0 && DnsName.TryNormalize(server.Target, out _));
        var ordered = WeightedOrder.Arrange(usable, server => server.Priority, server => server.Weight, draws).Take(MaxServers).ToArray();
        var addresses = await Task.WhenAll(ordered.Select(server => AddressesAsync(search, server.Target, cancellationToken))).ConfigureAwait(false);
        for (var i = 0; i < ordered.Length; i++)
            search.Add(protocol, addresses[i], ordered[i].Port);
    }

    private async Task AddMachineAsync(Search search, string name, SipTransportProtocol protocol, int port, CancellationToken cancellationToken) =>
        search.Add(protocol, await AddressesAsync(search, name, cancellationToken).ConfigureAwait(false), port);

    private Task<DnsLookup[]> AddressesAsync(Search search, string name, CancellationToken cancellationToken)
    {
        List<Task<DnsLookup>> lookups = [];
        if (search.Target.UsesIPv6)
            lookups.Add(dns.LookUpAsync(name, DnsType.Aaaa, cancellationToken).AsTask());
        if (search.Target.UsesIPv4)
            lookups.Add(dns.LookUpAsync(name, DnsType.A, cancellationToken).AsTask());
        return Task.WhenAll(lookups);
    }

    private sealed class Search(SipTarget target, string name)
    {
        private string? _fault;

        public SipTarget Target => target;

        public string Name => name;

        public List<SipHop> Hops { get; } = [];

        /// <summary>NAPTR has decided; nothing is guessed.</summary>
        public bool HasPointers { get; set; }

        /// <summary>There was SRV, be it a denial.</summary>
        public bool HasServers { get; set; }

        public IEnumerable<T> Read<T>(DnsLookup lookup)
            where T : DnsRecord
        {
            if (lookup is DnsLookup.Failed failed)
                _fault ??= failed.Why;
            return lookup is DnsLookup.Found found ? found.Records.OfType<T>() : [];
        }

        public void Add(SipTransportProtocol protocol, DnsLookup[] addresses, int port)
        {
            foreach (var address in addresses.SelectMany(Read<DnsRecord.Address>))
            {
                var endPoint = new IPEndPoint(address.Value, port);
                if (!Hops.Exists(hop => hop.Protocol == protocol && hop.EndPoint.Equals(endPoint)))
                    Hops.Add(new(protocol, endPoint, target.Host));
            }
        }

        public SipResolution End() => Hops.Count > 0
            ? new SipResolution.Found(Hops)
            : new SipResolution.Failed(_fault ?? (HasServers ? $"'{target.Host}' says it has no such service, or names machines without an address." : $"'{target.Host}' has no address."));
    }
}
