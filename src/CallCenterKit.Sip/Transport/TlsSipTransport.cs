using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Transport;

/// <summary>SIP over TLS 1.2 or later (RFC 3261 §26.2, RFC 5922).</summary>
/// <remarks>Without a name (<see cref="For"/>) a peer's certificate must name its IP address.</remarks>
internal sealed class TlsSipTransport : StreamSipTransport
{
    private const int KnownNames = 4096;

    private readonly TlsCertificates _certificates;
    private readonly ConcurrentDictionary<string, Named> _named = new(StringComparer.Ordinal);

    /// <inheritdoc cref="UdpSipTransport(IPEndPoint, AdvertisedAddresses, SipTransportSettings)" />
    /// <exception cref="IOException">The address can't be bound, or a certificate can't be read; the message names it.</exception>
    internal TlsSipTransport(IPEndPoint local, AdvertisedAddresses advertised, SipTransportSettings settings)
        : this(local, advertised, settings, new TlsCertificates(settings.Tls, settings.Logger))
    {
    }

    private TlsSipTransport(IPEndPoint local, AdvertisedAddresses advertised, SipTransportSettings settings, TlsCertificates certificates)
        : base(SipTransportProtocol.Tls, local, advertised, settings) => _certificates = certificates;

    public override ISipTransport For(string hostName)
    {
        var name = hostName.ToLowerInvariant();
        if (_named.TryGetValue(name, out var known)) return known;
        var named = new Named(this, name);
        return _named.Count < KnownNames ? _named.GetOrAdd(name, named) : named;
    }

    internal override async ValueTask<Stream> SecureAsync(Socket socket, StreamConnection connection)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            if (connection.IsOurs)
                await stream.AuthenticateAsClientAsync(_certificates.ForClient(connection.Key.HostName ?? connection.Key.Peer.Address.ToString())).ConfigureAwait(false);
            else
                await stream.AuthenticateAsServerAsync(_certificates.ForServer()).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The same listener for peers of one name.</summary>
    private sealed class Named(TlsSipTransport transport, string hostName) : ISipTransport
    {
        public SipTransportProtocol Protocol => SipTransportProtocol.Tls;

        public IPEndPoint LocalEndPoint => transport.LocalEndPoint;

        public IPEndPoint AdvertisedEndPoint => transport.AdvertisedEndPoint;

        public IPEndPoint AdvertisedTo(IPAddress peer) => transport.AdvertisedTo(peer);

        public SipTransportCounts Counts => transport.Counts;

        public ISipTransport For(string hostName) => transport.For(hostName);

        public bool Send(ReadOnlySpan<byte> message, IPEndPoint destination) => transport.Send(message, new StreamConnectionKey(destination, hostName), this);

        public bool SendIfConnected(ReadOnlySpan<byte> message, IPEndPoint destination) => transport.SendIfConnected(message, new StreamConnectionKey(destination, hostName));

        public void Start(ISipTransportSink sink) => throw new InvalidOperationException($"Start {transport}, not its part for {hostName}.");

        public void Dispose()
        {
            // It lives as long as the transport.
        }

        public override bool Equals(object? obj) => obj is Named other && other.Transport == transport && other.HostName == hostName;

        public override int GetHashCode() => HashCode.Combine(transport, hostName);

        public override string ToString() => $"{transport} for {hostName}";

        private TlsSipTransport Transport => transport;

        private string HostName => hostName;
    }
}
