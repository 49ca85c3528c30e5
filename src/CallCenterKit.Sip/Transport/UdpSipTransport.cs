using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Transport;

/// <summary>SIP over UDP: one socket, one thread that receives.</summary>
/// <remarks>Nothing is allocated for a datagram from or to an address seen before.</remarks>
internal sealed partial class UdpSipTransport : ISipTransport
{
    private const int SocketBufferBytes = 4 * 1024 * 1024;
    private const int KnownPeers = 16_384;

    // On Windows an ICMP "port unreachable" would make the next receive fail.
    private const int SioUdpConnReset = unchecked((int)0x9800000C);

    private readonly Socket _socket;
    private readonly AdvertisedAddresses _advertised;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly Dictionary<SocketAddress, IPEndPoint> _sources = [];
    private readonly ConcurrentDictionary<IPEndPoint, SocketAddress> _destinations = new();
    private ISipTransportSink? _sink;
    private volatile bool _closed;
    private long _received, _sent, _errors;

    /// <param name="local">Address and port to bind; port 0 takes a free one.</param>
    /// <param name="advertised">Tells the address for Via and Contact.</param>
    /// <param name="settings">Marks of packets, and where errors go.</param>
    /// <exception cref="IOException">The address can't be bound; the message names it.</exception>
    internal UdpSipTransport(IPEndPoint local, AdvertisedAddresses advertised, SipTransportSettings settings)
    {
        _advertised = advertised;
        _logger = settings.Logger;
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.ReceiveBufferSize = SocketBufferBytes;
            _socket.SendBufferSize = SocketBufferBytes;
            if (OperatingSystem.IsWindows()) _socket.IOControl(SioUdpConnReset, [0, 0, 0, 0], null);
            if (local.AddressFamily == AddressFamily.InterNetworkV6) _socket.DualMode = false; // 0.0.0.0 may be bound beside [::]
            _socket.Bind(local);
        }
        catch (SocketException exception)
        {
            _socket.Dispose();
            throw new IOException($"SIP over UDP can't bind {local}: {exception.Message}", exception);
        }

        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        if (!SipSocketOptions.TrySetDscp(_socket, settings.Dscp)) TransportLog.NoDscp(_logger, LocalEndPoint, settings.Dscp);
        _thread = new Thread(Receive) { IsBackground = true, Name = $"SIP UDP {LocalEndPoint}" };
    }

    public SipTransportProtocol Protocol => SipTransportProtocol.Udp;

    public IPEndPoint LocalEndPoint { get; }

    public IPEndPoint AdvertisedEndPoint => _advertised.Find(Protocol, LocalEndPoint);

    public IPEndPoint AdvertisedTo(IPAddress peer) => _advertised.Find(Protocol, LocalEndPoint, peer);

    public SipTransportCounts Counts => new(0, Volatile.Read(ref _received), Volatile.Read(ref _sent), Volatile.Read(ref _errors));

    public void Start(ISipTransportSink sink)
    {
        _sink = sink;
        _thread.Start();
    }

    public bool Send(ReadOnlySpan<byte> message, IPEndPoint destination)
    {
        try
        {
            var isSent = _socket.SendTo(message, SocketFlags.None, AddressOf(destination)) == message.Length;
            Interlocked.Increment(ref isSent ? ref _sent : ref _errors);
            return isSent;
        }
        catch (SocketException)
        {
            Interlocked.Increment(ref _errors);
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _socket.Dispose();
        if (_thread.IsAlive && Thread.CurrentThread != _thread) _thread.Join();
    }

    private void Receive()
    {
        var buffer = new byte[65536];
        var from = new SocketAddress(_socket.AddressFamily);
        while (!_closed)
        {
            try
            {
                from.Size = SocketAddress.GetMaximumAddressSize(_socket.AddressFamily);
                var length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                Volatile.Write(ref _received, _received + 1); // by this thread only
                _sink!.OnReceived(this, buffer.AsSpan(0, length), SourceOf(from));
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                if (_closed) continue;
                Interlocked.Increment(ref _errors);
                LogReceiveError(_logger, LocalEndPoint, exception.SocketErrorCode);
            }
        }
    }

    private IPEndPoint SourceOf(SocketAddress address)
    {
        if (_sources.TryGetValue(address, out var known)) return known;
        if (_sources.Count >= KnownPeers) _sources.Clear();
        var key = new SocketAddress(address.Family, address.Size);
        address.Buffer[..address.Size].CopyTo(key.Buffer);
        var source = (IPEndPoint)LocalEndPoint.Create(key);
        _sources.Add(key, source);
        return source;
    }

    private SocketAddress AddressOf(IPEndPoint destination)
    {
        if (_destinations.TryGetValue(destination, out var known)) return known;
        if (_destinations.Count >= KnownPeers) _destinations.Clear();
        var address = destination.Serialize();
        // The caller may change his object; the key may not change.
        _destinations.TryAdd(new IPEndPoint(destination.Address, destination.Port), address);
        return address;
    }

    [LoggerMessage(3001, LogLevel.Warning, "Receiving at {LocalEndPoint} failed: {Error}.")]
    private static partial void LogReceiveError(ILogger logger, IPEndPoint localEndPoint, SocketError error);
}
