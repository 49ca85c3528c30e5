using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Transport;

/// <summary>By which of our addresses a peer reaches us: what all transports of a driver write into Via and Contact. Any thread.</summary>
/// <remarks>
/// In this order: the network of <see cref="SipOptions.Networks"/> with the longest prefix that holds the peer;
/// <see cref="SipOptions.AdvertisedAddress"/> when it is of the family of the bound address; the bound address; where all
/// addresses are bound, the one from which the operating system would send to this peer. Answers are kept for a minute.
/// </remarks>
public sealed class AdvertisedAddresses
{
    private const int KnownPeers = 16_384;
    private static readonly TimeSpan AnswerLife = TimeSpan.FromMinutes(1);

    // Of the networks for documentation: the route to it is the default route. Nothing is ever sent there.
    private static readonly IPAddress Anywhere4 = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress Anywhere6 = IPAddress.Parse("2001:db8::1");

    private readonly Rule[] _rules;
    private readonly IPAddress? _advertised;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Question, IPEndPoint> _answers = new();
    private readonly ConcurrentDictionary<IPAddress, IPAddress> _routes = new();
    private long _since;

    /// <param name="options">Valid ones.</param>
    /// <param name="time">Tells when routes are asked for again.</param>
    public AdvertisedAddresses(SipOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _since = time.GetTimestamp();
        _advertised = options.AdvertisedAddress is { } address ? IPAddress.Parse(address) : null;
        _rules = [.. options.Networks
            .Select(network => new Rule(
                IPNetwork.Parse(network.Network), IPAddress.Parse(network.AdvertisedAddress), network.AdvertisedPort, network.AdvertisedTlsPort)
                {
                    Local = network.ListenAddress is { } own ? IPAddress.Parse(own) : null,
                })
            .OrderByDescending(rule => rule.Peers.PrefixLength)];
    }

    /// <summary>Address and port for Via and Contact; never the unspecified address.</summary>
    /// <param name="protocol">Networks may map TLS to another port.</param>
    /// <param name="bound">The socket's own address; not changed afterwards.</param>
    /// <param name="peer">To whom; null for nobody in particular.</param>
    public IPEndPoint Find(SipTransportProtocol protocol, IPEndPoint bound, IPAddress? peer = null)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var now = _time.GetTimestamp();
        var since = Interlocked.Read(ref _since);
        if (_time.GetElapsedTime(since, now) >= AnswerLife && Interlocked.CompareExchange(ref _since, now, since) == since)
        {
            _answers.Clear();
            _routes.Clear();
        }
        var question = new Question(protocol, bound, peer);
        if (_answers.TryGetValue(question, out var known)) return known;
        if (_answers.Count >= KnownPeers) _answers.Clear(); // counting takes all locks, so not for each message
        var answer = Answer(protocol, bound, peer);
        _answers.TryAdd(question, answer);
        return answer;
    }

    /// <summary>By which address of ours packets to the peer leave; null when nobody knows.</summary>
    internal IPAddress? LocalTo(IPAddress peer)
    {
        if (Array.Find(_rules, rule => rule.Peers.Contains(peer)) is { Local: { } local }) return local;
        if (_routes.TryGetValue(peer, out var known)) return known;
        if (RouteTo(peer) is not { } route) return null;
        if (_routes.Count >= KnownPeers) _routes.Clear();
        return _routes.GetOrAdd(peer, route);
    }

    private IPEndPoint Answer(SipTransportProtocol protocol, IPEndPoint bound, IPAddress? peer)
    {
        foreach (var rule in _rules)
        {
            if (peer is null || !rule.Peers.Contains(peer)) continue;
            return new IPEndPoint(rule.Address, (protocol == SipTransportProtocol.Tls ? rule.TlsPort : rule.Port) ?? bound.Port);
        }

        if (_advertised is not null && _advertised.AddressFamily == bound.AddressFamily) return new IPEndPoint(_advertised, bound.Port);
        if (!IsUnspecified(bound.Address)) return bound;
        var address = RouteTo(peer is null || IsUnspecified(peer) || peer.AddressFamily != bound.AddressFamily ? Anywhere(bound) : peer)
            ?? RouteTo(Anywhere(bound)) ?? OfInterface(bound.AddressFamily);
        return new IPEndPoint(address, bound.Port);
    }

    private static bool IsUnspecified(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IPAddress Anywhere(IPEndPoint bound) => bound.AddressFamily == AddressFamily.InterNetwork ? Anywhere4 : Anywhere6;

    /// <summary>Connecting a UDP socket sends nothing; it chooses the route. Null when there is none.</summary>
    private static IPAddress? RouteTo(IPAddress peer)
    {
        try
        {
            using var socket = new Socket(peer.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(peer, 5060);
            return ((IPEndPoint)socket.LocalEndPoint!).Address is var address && IsUnspecified(address) ? null : address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static IPAddress OfInterface(AddressFamily family)
    {
        var candidates =
            from network in NetworkInterface.GetAllNetworkInterfaces()
            where network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
            from unicast in network.GetIPProperties().UnicastAddresses
            where unicast.Address.AddressFamily == family && !unicast.Address.IsIPv6LinkLocal
            select unicast.Address;
        return candidates.FirstOrDefault() ?? (family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback);
    }

    private readonly record struct Question(SipTransportProtocol Protocol, IPEndPoint Bound, IPAddress? Peer);

    private sealed record Rule(IPNetwork Peers, IPAddress Address, int? Port, int? TlsPort)
    {
        /// <summary>By which address of ours they are sent to; null: the operating system knows.</summary>
        public IPAddress? Local { get; init; }
    }
}
