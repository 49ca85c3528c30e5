using System.Net;
using System.Net.Sockets;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Finds the servers of one trunk, anew for each attempt. Any thread.</summary>
/// <param name="options">Whose.</param>
/// <param name="services">Brings the resolver.</param>
/// <param name="stack">That of the driver; all its transports are there before the first lookup.</param>
internal sealed class TrunkPlace(SipTrunkOptions options, TrunkServices services, SipStack stack)
{
    private readonly TrunkHost[] _hosts = [TrunkHost.Parse(options.Host), .. options.Gateways.Select(TrunkHost.Parse)];
    private readonly TrunkHost? _proxy = options.OutboundProxy is { } proxy ? TrunkHost.Parse(proxy) : null;

    /// <summary>Silent ones come last.</summary>
    public DeadHops Dead { get; } = new(services.Time);

    /// <summary>What the Request-URI of a registration names.</summary>
    public TrunkHost Main => _hosts[0];

    /// <summary>The value of Route in each request outside of a dialog; null: the header is left out.</summary>
    public string? Route => _proxy is null ? null : $"<sip:{_proxy.Authority};lr>";

    /// <summary>All servers in the order to try them; why there are none, when there are none.</summary>
    public async ValueTask<(IReadOnlyList<TrunkHop> Hops, string? Why)> FindAsync(CancellationToken cancellationToken)
    {
        List<TrunkHop> hops = [];
        string? why = null;
        foreach (var host in _proxy is null ? _hosts : [_proxy])
        {
            var resolution = await services.Resolver.ResolveAsync(Target(host), cancellationToken).ConfigureAwait(false);
            if (resolution is SipResolution.Found found)
                Add(hops, found.Hops, _proxy is null ? host.Authority : Main.Authority);
            else
                why ??= ((SipResolution.Failed)resolution).Why;
        }
        return hops.Count > 0 ? (Dead.Order(hops), null) : ([], why ?? $"No listening address reaches '{options.Host}'.");
    }

    private SipTarget Target(TrunkHost host) => stack.WithinReach(new(host.Host) { Port = host.Port, Transport = options.Transport });

    private void Add(List<TrunkHop> hops, IReadOnlyList<SipHop> found, string authority)
    {
        foreach (var hop in found)
        {
            if (stack.FindTransport(hop.Protocol, hop.EndPoint) is { } transport && !hops.Exists(other => other.Hop == hop))
                hops.Add(new(hop, transport.For(hop.HostName), authority));
        }
    }

    /// <summary>The addresses of these servers, in a fixed order.</summary>
    public static IPAddress[] AddressesOf(IReadOnlyList<TrunkHop> hops) =>
        [.. hops.Select(hop => hop.Hop.EndPoint.Address).Distinct().OrderBy(address => address.ToString(), StringComparer.Ordinal)];
}
