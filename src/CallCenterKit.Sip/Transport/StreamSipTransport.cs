using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Transport;

/// <summary>SIP over streams: one listener and many connections, found by the address of the peer (RFC 3261 §18).</summary>
/// <remarks>
/// Nothing has a thread of its own: connections are served by the thread pool, where each is received from by one thread at a
/// time. One timer looks at the deadlines of all connections once a second.
/// </remarks>
internal abstract class StreamSipTransport : ISipTransport
{
    private const int Backlog = 512;
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusalLogInterval = TimeSpan.FromMinutes(1);

    private readonly AdvertisedAddresses _advertised;
    private readonly Socket _listener;
    private readonly StreamAdmission _admission;
    private readonly ConcurrentDictionary<StreamConnectionKey, StreamConnection> _byPeer = new();
    private readonly ConcurrentDictionary<StreamConnection, bool> _all = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly ITimer _timer;
    private ISipTransportSink? _sink;
    private long _received, _sent, _errors, _refusalLoggedAt;
    private int _isChecking, _hasLoggedRefusal, _hasLoggedDscp;
    private volatile bool _closed;

    /// <exception cref="IOException">The address can't be bound; the message names it.</exception>
    private protected StreamSipTransport(SipTransportProtocol protocol, IPEndPoint local, AdvertisedAddresses advertised, SipTransportSettings settings)
    {
        Protocol = protocol;
        Settings = settings;
        _advertised = advertised;
        _admission = new(settings.Streams.MaxConnections, settings.Streams.MaxConnectionsPerAddress);
        _listener = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (OperatingSystem.IsWindows()) _listener.ExclusiveAddressUse = true;
            if (local.AddressFamily == AddressFamily.InterNetworkV6) _listener.DualMode = false; // 0.0.0.0 may be bound beside [::]
            _listener.Bind(local);
            _listener.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            _closing.Dispose();
            throw new IOException($"SIP over {Name} can't bind {local}: {exception.Message}", exception);
        }

        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _timer = settings.Time.CreateTimer(static state => ((StreamSipTransport)state!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public SipTransportProtocol Protocol { get; }

    public IPEndPoint LocalEndPoint { get; }

    public IPEndPoint AdvertisedEndPoint => _advertised.Find(Protocol, LocalEndPoint);

    internal SipTransportSettings Settings { get; }

    /// <summary>Connections there are, those not made yet and those in parting included.</summary>
    internal int ConnectionCount => _admission.Count;

    private string Name => Protocol == SipTransportProtocol.Tls ? "TLS" : "TCP";

    public IPEndPoint AdvertisedTo(IPAddress peer) => _advertised.Find(Protocol, LocalEndPoint, peer);

    public abstract ISipTransport For(string hostName);

    public SipTransportCounts Counts => new(ConnectionCount, Interlocked.Read(ref _received), Interlocked.Read(ref _sent), Interlocked.Read(ref _errors));

    public void Start(ISipTransportSink sink)
    {
        _sink = sink;
        _timer.Change(CheckInterval, CheckInterval);
        var accepting = new AcceptLoop(_listener.AcceptAsync, Admit, Settings.Time) { OnTrouble = LogTrouble };
        _ = accepting.RunAsync(_closing.Token); // ends when the listener is closed
    }

    public bool Send(ReadOnlySpan<byte> message, IPEndPoint destination) => Send(message, new StreamConnectionKey(destination, null), this);

    public bool SendIfConnected(ReadOnlySpan<byte> message, IPEndPoint destination) => SendIfConnected(message, new StreamConnectionKey(destination, null));

    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _closing.Cancel();
        _timer.Dispose();
        _listener.Dispose();
        foreach (var (connection, _) in _all)
        {
            connection.Close("The transport is closed.");
            connection.WaitForDelivery();
        }

        _closing.Dispose();
    }

    /// <summary>Makes a stream of a socket that is connected: the handshake of TLS.</summary>
    internal abstract ValueTask<Stream> SecureAsync(Socket socket, StreamConnection connection);

    /// <param name="message">Copied.</param>
    /// <param name="key">Whose connection.</param>
    /// <param name="transport">What the connection's messages come by, should one be opened.</param>
    private protected bool Send(ReadOnlySpan<byte> message, StreamConnectionKey key, ISipTransport transport) => Count(TrySend(message, key, transport));

    private protected bool SendIfConnected(ReadOnlySpan<byte> message, StreamConnectionKey key) =>
        Count(_byPeer.TryGetValue(key, out var connection) && connection.Send(message) == StreamSendResult.Taken);

    private bool Count(bool isTaken)
    {
        if (isTaken) Interlocked.Increment(ref _sent);
        else Interlocked.Increment(ref _errors);
        return isTaken;
    }

    private bool TrySend(ReadOnlySpan<byte> message, StreamConnectionKey key, ISipTransport transport)
    {
        while (!_closed)
        {
            if (_byPeer.TryGetValue(key, out var connection))
            {
                var result = connection.Send(message);
                if (result != StreamSendResult.Closed) return result == StreamSendResult.Taken;
                Forget(connection);
                continue;
            }

            // The caller may change his object; the key may not change.
            key = key with { Peer = new IPEndPoint(key.Peer.Address, key.Peer.Port) };
            if (TryConnect(key, transport, message) is { } sent) return sent;
        }

        return false;
    }

    /// <summary>False when the transport is closed.</summary>
    internal bool Deliver(StreamConnection connection, ReadOnlySpan<byte> message)
    {
        if (_closed) return false;
        Interlocked.Increment(ref _received);
        _sink!.OnReceived(connection.Transport, message, connection.Key.Peer);
        return true;
    }

    /// <summary>Nothing more is sent over the connection.</summary>
    internal void Forget(StreamConnection connection)
    {
        if (_byPeer.TryRemove(new(connection.Key, connection)) && !_closed) _sink?.OnClosed(connection.Transport, connection.Key.Peer);
    }

    /// <summary>The connection is closed. Once for each.</summary>
    internal void OnEnded(StreamConnection connection, bool wasOpen, string reason)
    {
        if (!_all.TryRemove(connection, out _)) return;
        if (connection.IsOurs) _admission.Leave();
        else _admission.Leave(connection.Key.Peer.Address);
        if (!_closed)
        {
            if (!wasOpen) Interlocked.Increment(ref _errors);
            if (connection.IsOurs && !wasOpen) TransportLog.ConnectFailed(Settings.Logger, connection.Key.Peer, connection.Key.HostName, reason);
            else TransportLog.ConnectionClosed(Settings.Logger, connection.Key.Peer, reason);
        }

        Forget(connection);
    }

    /// <summary>Null when somebody else opened a connection meanwhile.</summary>
    private bool? TryConnect(StreamConnectionKey key, ISipTransport transport, ReadOnlySpan<byte> message)
    {
        if (key.Peer.AddressFamily != LocalEndPoint.AddressFamily || key.Peer.Port == 0 || !_admission.TryEnter()) return false;
        Socket? socket = null;
        try
        {
            socket = new Socket(LocalEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            Configure(socket);
            if (!LocalEndPoint.Address.Equals(IPAddress.Any) && !LocalEndPoint.Address.Equals(IPAddress.IPv6Any))
                socket.Bind(new IPEndPoint(LocalEndPoint.Address, 0));
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            _admission.Leave();
            TransportLog.ConnectFailed(Settings.Logger, key.Peer, key.HostName, exception.Message);
            return false;
        }

        var connection = new StreamConnection(this, key, transport, socket, isOurs: true);
        _all.TryAdd(connection, true);
        var isTaken = connection.Send(message) == StreamSendResult.Taken;
        if (!isTaken || !_byPeer.TryAdd(key, connection))
        {
            socket.Dispose();
            if (_all.TryRemove(connection, out _)) _admission.Leave();
            return isTaken ? null : false;
        }

        Run(connection);
        return true;
    }

    private void Admit(Socket socket)
    {
        var peer = (IPEndPoint)socket.RemoteEndPoint!;
        if (_admission.Enter(peer.Address) is { } reason)
        {
            socket.Dispose();
            LogRefusal(peer, reason);
            return;
        }

        try
        {
            Configure(socket);
        }
        catch (SocketException)
        {
            _admission.Leave(peer.Address);
            throw;
        }

        var connection = new StreamConnection(this, new(peer, null), this, socket, isOurs: false);
        _all.TryAdd(connection, true);
        while (!_byPeer.TryAdd(connection.Key, connection))
        {
            // Of the same port: the peer has forgotten the old one.
            if (_byPeer.TryGetValue(connection.Key, out var old)) old.Close("The peer has opened another.");
        }

        Run(connection);
    }

    private void Run(StreamConnection connection)
    {
        if (_closed) connection.Close("The transport is closed.");
        else _ = connection.RunAsync(); // ends when the connection is closed, and throws nothing
    }

    private void Configure(Socket socket)
    {
        socket.NoDelay = true;
        SipSocketOptions.SetDeadPeerTimeout(socket, Settings.Streams.DeadPeerTimeout);
        if (!SipSocketOptions.TrySetDscp(socket, Settings.Dscp) && Interlocked.Exchange(ref _hasLoggedDscp, 1) == 0)
            TransportLog.NoDscp(Settings.Logger, LocalEndPoint, Settings.Dscp);
    }

    private void Check()
    {
        if (Interlocked.Exchange(ref _isChecking, 1) != 0) return;
        var now = Settings.Time.GetTimestamp();
        foreach (var (connection, _) in _all) connection.Check(now);
        Volatile.Write(ref _isChecking, 0);
    }

    private void LogTrouble(SocketException? exception)
    {
        if (exception is null) TransportLog.AcceptsAgain(Settings.Logger, LocalEndPoint);
        else TransportLog.AcceptFailed(Settings.Logger, LocalEndPoint, exception.Message);
    }

    // By the accepting loop alone. Strangers decide how often this happens, so it is logged once a minute.
    private void LogRefusal(IPEndPoint peer, string reason)
    {
        var now = Settings.Time.GetTimestamp();
        if (Interlocked.Exchange(ref _hasLoggedRefusal, 1) == 1 && Settings.Time.GetElapsedTime(_refusalLoggedAt, now) < RefusalLogInterval) return;
        _refusalLoggedAt = now;
        TransportLog.ConnectionRefused(Settings.Logger, peer, LocalEndPoint, reason);
    }
}
