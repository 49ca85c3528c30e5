using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Testing;

/// <summary>An in-memory datagram network between invented addresses that loses, delays, doubles and reorders by seed.</summary>
/// <remarks>
/// Any thread may send and open. Datagrams are delivered by one timer of the <see cref="TimeProvider"/>, even those
/// without delay, so nobody is called back from inside a send. What happens to a datagram depends on the seed, on the two
/// addresses and on how many went between them before, and datagrams due together are delivered in the order of their
/// addresses: which thread was first makes no difference.
/// </remarks>
public sealed class VirtualNetwork : IDatagramNetwork, IDisposable
{
    private const int FirstFreePort = 20_000;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly VirtualNetworkOptions _options;
    private readonly Dictionary<IPEndPoint, VirtualEndpoint> _open = [];
    private readonly Dictionary<IPAddress, int> _nextPort = [];
    private readonly Dictionary<(IPEndPoint From, IPEndPoint To), VirtualFlow> _flows = [];
    private readonly SortedSet<VirtualDatagram> _travelling = new(VirtualDatagram.ByArrival);
    private readonly List<VirtualDatagram> _arriving = [];
    private readonly ITimer _timer;
    private VirtualNetworkCounters _counters;
    private bool _delivering;

    /// <summary>A network on the given clock.</summary>
    /// <param name="time">Usually a <see cref="VirtualTimeProvider"/>.</param>
    /// <param name="options">The defaults deliver everything, in order, at once.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public VirtualNetwork(TimeProvider time, VirtualNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _options = options ?? new VirtualNetworkOptions();
        _options.Validate();
        _timer = time.CreateTimer(static state => ((VirtualNetwork)state!).Deliver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What has happened so far.</summary>
    public VirtualNetworkCounters Counters
    {
        get { lock (_lock) { return _counters; } }
    }

    /// <summary>
    /// Loses exactly what a test wants lost: called with sender, receiver and bytes of each datagram before chance is asked;
    /// true drops it. Called on the sending thread, one call at a time; must not send.
    /// </summary>
    public Func<IPEndPoint, IPEndPoint, ReadOnlyMemory<byte>, bool>? DropWhen { get; set; }

    /// <inheritdoc />
    /// <remarks>Any address will do; none is checked against this host. Free ports are even, from 20000 up, per address.</remarks>
    public IDatagramEndpoint Open(IPEndPoint local, DatagramHandler received)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(received);
        lock (_lock)
        {
            var address = local.Port == 0 ? new IPEndPoint(local.Address, FreePort(local.Address)) : local;
            var endpoint = new VirtualEndpoint(this, address, received);
            if (!_open.TryAdd(address, endpoint))
                throw new SocketException((int)SocketError.AddressAlreadyInUse);
            return endpoint;
        }
    }

    /// <summary>Stops delivery; what is under way is lost.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _open.Clear();
            _travelling.Clear();
        }

        _timer.Dispose();
    }

    private int FreePort(IPAddress address)
    {
        var port = _nextPort.GetValueOrDefault(address, FirstFreePort);
        while (_open.ContainsKey(new IPEndPoint(address, port)))
            port += 2;
        _nextPort[address] = port + 2;
        return port;
    }

    private void Send(IPEndPoint from, ReadOnlySpan<byte> bytes, IPEndPoint to)
    {
        lock (_lock)
        {
            _counters = _counters with { Sent = _counters.Sent + 1 };
            var copy = bytes.ToArray();
            var flow = FlowOf(from, to);
            var fate = flow.NextFate(_options);
            if (DropWhen?.Invoke(from, to, copy) == true || fate.IsLost)
            {
                _counters = _counters with { Lost = _counters.Lost + 1 };
                return;
            }

            var now = _time.GetUtcNow();
            _travelling.Add(flow.Dispatch(copy, now + fate.Delay, fate.HeldBack));
            if (fate.IsDoubled)
            {
                _counters = _counters with { Doubled = _counters.Doubled + 1 };
                _travelling.Add(flow.DispatchCopy(copy, now + fate.Delay));
            }

            if (!_delivering)
                Arm(now);
        }
    }

    private VirtualFlow FlowOf(IPEndPoint from, IPEndPoint to)
    {
        if (_flows.TryGetValue((from, to), out var flow))
            return flow;
        flow = new VirtualFlow(from, to, _options.Seed);
        _flows.Add((from, to), flow);
        return flow;
    }

    private void Arm(DateTimeOffset now)
    {
        if (_travelling.Min is not { } next)
            return;
        var wait = next.ArrivesAt - now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Deliver()
    {
        lock (_lock)
        {
            if (_delivering)
                return;
            _delivering = true;
            TakeArrived(_time.GetUtcNow());
        }

        try
        {
            foreach (var datagram in _arriving)
                Receiver(datagram)?.Received(datagram.Bytes, datagram.Flow.From);
        }
        finally
        {
            lock (_lock)
            {
                _arriving.Clear();
                _delivering = false;
                Arm(_time.GetUtcNow());
            }
        }
    }

    private void TakeArrived(DateTimeOffset now)
    {
        while (_travelling.Min is { } datagram && datagram.ArrivesAt <= now)
        {
            _travelling.Remove(datagram);
            _arriving.Add(datagram);
        }
    }

    private VirtualEndpoint? Receiver(VirtualDatagram datagram)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(datagram.Flow.To, out var endpoint))
            {
                _counters = _counters with { Undeliverable = _counters.Undeliverable + 1 };
                return null;
            }

            _counters = _counters with
            {
                Delivered = _counters.Delivered + 1,
                Reordered = _counters.Reordered + (datagram.Flow.Arrived(datagram) ? 0 : 1),
            };
            return endpoint;
        }
    }

    private void Close(VirtualEndpoint endpoint)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(endpoint.LocalEndPoint, out var open) && open == endpoint)
                _open.Remove(endpoint.LocalEndPoint);
        }
    }

    private sealed class VirtualEndpoint(VirtualNetwork network, IPEndPoint local, DatagramHandler received) : IDatagramEndpoint
    {
        private volatile bool _closed;

        public IPEndPoint LocalEndPoint => local;

        public DatagramHandler Received => received;

        public void Send(ReadOnlySpan<byte> datagram, IPEndPoint destination)
        {
            ArgumentNullException.ThrowIfNull(destination);
            if (!_closed)
                network.Send(local, datagram, destination);
        }

        public ValueTask DisposeAsync()
        {
            _closed = true;
            network.Close(this);
            return ValueTask.CompletedTask;
        }
    }
}
