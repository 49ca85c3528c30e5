using System.Net;
using System.Net.Sockets;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Testing;

/// <summary>An in-memory network of connections between invented addresses, for SIP over TCP and TLS.</summary>
/// <remarks>
/// Any thread. Messages and ends of connections arrive in their order, by one timer of the <see cref="TimeProvider"/>, so
/// nobody is called back from inside a send. Messages travel whole; nothing is encrypted and no name is verified.
/// </remarks>
public sealed class VirtualStreamNetwork : IDisposable
{
    private const int FirstFreePort = 30_000;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<(SipTransportProtocol Protocol, IPEndPoint Address), VirtualStreamTransport> _listening = [];
    private readonly Dictionary<(VirtualStreamTransport Owner, IPEndPoint Peer), End> _ends = [];
    private readonly Queue<(DateTimeOffset At, Action Arrive)> _travelling = new();
    private readonly ITimer _timer;
    private int _nextPort = FirstFreePort;
    private bool _delivering;

    /// <summary>A network on the given clock.</summary>
    /// <param name="time">Usually a <see cref="VirtualTimeProvider"/>.</param>
    public VirtualStreamNetwork(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _timer = time.CreateTimer(static state => ((VirtualStreamNetwork)state!).Deliver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long everything is under way. Set before the first message.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Connections there are.</summary>
    public int ConnectionCount
    {
        get { lock (_lock) { return _ends.Count / 2; } }
    }

    /// <summary>Opens an address for connections, those it makes and those it takes.</summary>
    /// <param name="protocol"><see cref="SipTransportProtocol.Tcp"/> or <see cref="SipTransportProtocol.Tls"/>.</param>
    /// <param name="local">An invented address, not the unspecified one; port 0 takes a free one.</param>
    /// <exception cref="SocketException">The address is in use.</exception>
    public VirtualStreamTransport Open(SipTransportProtocol protocol, IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentOutOfRangeException.ThrowIfEqual((int)protocol, (int)SipTransportProtocol.Udp, nameof(protocol));
        lock (_lock)
        {
            var transport = new VirtualStreamTransport(this, protocol, local.Port == 0 ? new IPEndPoint(local.Address, _nextPort++) : local);
            if (!_listening.TryAdd((protocol, transport.LocalEndPoint), transport))
                throw new SocketException((int)SocketError.AddressAlreadyInUse);
            return transport;
        }
    }

    /// <summary>Ends all connections of the transport, on both sides, as a cut cable does once it is noticed.</summary>
    public void Cut(VirtualStreamTransport transport)
    {
        lock (_lock)
        {
            foreach (var (owner, peer) in _ends.Keys.Where(key => key.Owner == transport).ToList()) Disconnect(owner, peer);
        }
    }

    /// <summary>Stops delivery; what is under way is lost.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _listening.Clear();
            _ends.Clear();
            _travelling.Clear();
        }

        _timer.Dispose();
    }

    internal bool Send(VirtualStreamTransport from, ReadOnlySpan<byte> message, IPEndPoint to, bool connect)
    {
        lock (_lock)
        {
            if (!_ends.TryGetValue((from, to), out var end))
            {
                if (!connect) return false;
                end = Connect(from, to);
            }

            if (end is null)
            {
                Post(() => from.Sink?.OnClosed(from, to));
                return true;
            }

            var copy = message.ToArray();
            Post(() =>
            {
                if (IsOpen(end)) end.Peer.Sink?.OnReceived(end.Peer, copy, end.AddressThere);
            });
            return true;
        }
    }

    internal void Close(VirtualStreamTransport transport)
    {
        lock (_lock)
        {
            _listening.Remove((transport.Protocol, transport.LocalEndPoint));
            Cut(transport);
        }
    }

    private End? Connect(VirtualStreamTransport from, IPEndPoint to)
    {
        if (!_listening.TryGetValue((from.Protocol, to), out var peer)) return null;
        var mine = new IPEndPoint(from.LocalEndPoint.Address, _nextPort++);
        _ends.Add((peer, mine), new End(from, to));
        return _ends[(from, to)] = new End(peer, mine);
    }

    private bool IsOpen(End end)
    {
        lock (_lock) return _ends.ContainsKey((end.Peer, end.AddressThere));
    }

    private void Disconnect(VirtualStreamTransport owner, IPEndPoint peer)
    {
        if (!_ends.Remove((owner, peer), out var end)) return;
        _ends.Remove((end.Peer, end.AddressThere));
        Post(() => owner.Sink?.OnClosed(owner, peer));
        Post(() => end.Peer.Sink?.OnClosed(end.Peer, end.AddressThere));
    }

    private void Post(Action arrive)
    {
        _travelling.Enqueue((_time.GetUtcNow() + Delay, arrive));
        if (!_delivering && _travelling.Count == 1) _timer.Change(Delay, Timeout.InfiniteTimeSpan);
    }

    private void Deliver()
    {
        var arrived = new List<Action>();
        lock (_lock)
        {
            if (_delivering) return;
            _delivering = true;
            var now = _time.GetUtcNow();
            while (_travelling.TryPeek(out var next) && next.At <= now) arrived.Add(_travelling.Dequeue().Arrive);
        }

        try
        {
            foreach (var arrive in arrived) arrive();
        }
        finally
        {
            lock (_lock)
            {
                _delivering = false;
                if (_travelling.TryPeek(out var next))
                {
                    var wait = next.At - _time.GetUtcNow();
                    _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    /// <summary>One direction: to whom, and by which address he knows the sender.</summary>
    private sealed record End(VirtualStreamTransport Peer, IPEndPoint AddressThere);
}
