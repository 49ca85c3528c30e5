using System.Net;
using System.Net.Sockets;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Transports and workers: takes what comes in, reads it, and hands it to the worker of its Call-ID.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class SipStack : ISipTransportSink, IDisposable
{
    private readonly SipStackSettings _settings;
    private readonly SipHash _hash;
    private readonly SipWorker[] _workers;
    private readonly List<ISipTransport> _transports = [];
    private long _junk, _overrun, _malformed;
    private bool _disposed;

    /// <param name="settings">Workers, timers, clock.</param>
    /// <param name="createUser">Makes the layer above, once for each worker, before anything is received.</param>
    internal SipStack(SipStackSettings settings, Func<SipWorker, ISipTransactionUser> createUser)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Workers, 64);
        _settings = settings;
        _hash = settings.Hash ?? SipHash.CreateRandom();
        _workers = new SipWorker[settings.Workers];
        for (var i = 0; i < _workers.Length; i++) _workers[i] = new SipWorker(this, i, settings, _hash);
        foreach (var worker in _workers)
        {
            worker.User = createUser(worker);
            worker.StartThread();
        }
    }

    internal IReadOnlyList<SipWorker> Workers => _workers;

    internal SipTrace? Trace => _settings.Trace;

    /// <summary>In the order they were added; the first is the default for requests of ours.</summary>
    internal IReadOnlyList<ISipTransport> Transports => _transports;

    /// <summary>Starts the transport and owns it from then on. Before traffic, one thread.</summary>
    internal void Add(ISipTransport transport)
    {
        _transports.Add(transport);
        transport.Start(this);
    }

    /// <summary>The transport of that protocol by which a peer is reached; null when none listens.</summary>
    internal ISipTransport? FindTransport(SipTransportProtocol protocol, IPEndPoint peer, IPEndPoint? local = null) =>
        FindTransport(protocol, peer.AddressFamily, local, peer.Address);

    /// <summary>The transport of that protocol bound to the address; when there is none, that by which the peer is sent to, or the first of its family; null when none listens.</summary>
    /// <param name="protocol">What the peer is to be reached by.</param>
    /// <param name="family">That of the peer's address.</param>
    /// <param name="local">Our address the peer knows; null for any.</param>
    /// <param name="peer">Null for nobody in particular.</param>
    internal ISipTransport? FindTransport(SipTransportProtocol protocol, AddressFamily family, IPEndPoint? local = null, IPAddress? peer = null)
    {
        ISipTransport? found = null;
        var count = 0;
        foreach (var transport in _transports) // as many as the options name
        {
            if (transport.Protocol != protocol || transport.LocalEndPoint.AddressFamily != family) continue;
            if (transport.LocalEndPoint.Equals(local)) return transport;
            found ??= transport;
            count++;
        }

        if (count < 2 || peer is null || _settings.LocalTo(peer) is not { } ours) return found;
        return _transports.Find(transport => transport.Protocol == protocol && transport.LocalEndPoint.Address.Equals(ours)) ?? found;
    }

    /// <summary>The target, to be looked up for what we can send by only.</summary>
    internal SipTarget WithinReach(SipTarget target) => target with
    {
        Protocols = [.. _transports.Select(transport => transport.Protocol).Distinct()],
        UsesIPv4 = _transports.Exists(transport => transport.LocalEndPoint.AddressFamily == AddressFamily.InterNetwork),
        UsesIPv6 = _transports.Exists(transport => transport.LocalEndPoint.AddressFamily == AddressFamily.InterNetworkV6),
    };

    /// <summary>The worker all messages with this Call-ID belong to.</summary>
    internal SipWorker WorkerFor(ReadOnlySpan<byte> callId) => _workers[_hash.Compute(callId) % (uint)_workers.Length];

    /// <summary>The counters of now.</summary>
    internal SipStatisticsSnapshot Snapshot()
    {
        var snapshot = new SipStatisticsSnapshot
        {
            Junk = Interlocked.Read(ref _junk),
            Overrun = Interlocked.Read(ref _overrun),
            Malformed = Interlocked.Read(ref _malformed),
        };
        foreach (var worker in _workers) worker.Statistics.AddTo(snapshot);
        return snapshot;
    }

    /// <inheritdoc />
    public void OnReceived(ISipTransport transport, ReadOnlySpan<byte> datagram, IPEndPoint source)
    {
        if (!LooksLikeSip(datagram))
        {
            Interlocked.Increment(ref _junk);
            return;
        }

        var message = SipMessage.Parse(datagram);
        if (Trace is { IsOn: true } trace) trace.OnReceived(message, transport, source);
        if (message.CallId.IsEmpty && !message.IsAnswerable)
        {
            Interlocked.Increment(ref _malformed);
            message.Dispose();
            return;
        }

        var worker = WorkerFor(message.CallId);
        if (worker.Queued >= _settings.MaxQueued)
        {
            Interlocked.Increment(ref _overrun);
            if (transport.Protocol != SipTransportProtocol.Udp) RefuseForNow(transport, message, source);
            message.Dispose();
            return;
        }

        message.Transport = transport;
        message.Source = source;
        message.ReceivedTimestamp = _settings.Time.GetTimestamp();
        worker.Post(message);
    }

    /// <inheritdoc />
    public void OnClosed(ISipTransport transport, IPEndPoint peer)
    {
        var closed = new ClosedConnection(transport, peer);
        foreach (var worker in _workers) worker.Post(closed);
        _settings.Closed?.Invoke(transport, peer);
    }

    /// <summary>Closes the transports, then lets the workers end what is queued.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var transport in _transports) transport.Dispose();
        foreach (var worker in _workers) worker.Dispose();
    }

    // Nobody repeats what went over a stream, so a request that is dropped would keep its sender waiting for 64 T1.
    private void RefuseForNow(ISipTransport transport, SipMessage request, IPEndPoint source)
    {
        if (request.Error != SipParseError.None || !request.IsAnswerable || !request.TryGetTopVia(out var via)) return;
        request.Source = source;
        Span<byte> tag = stackalloc byte[SipHex.Length];
        SipHex.Write(tag, _hash.Compute(request.CallId) ^ _hash.Compute(via.Branch));
        using var response = SipMessageWriter.Rent().StartResponse(request, 503, default, tag).Header(SipHeader.RetryAfter, 5);
        transport.SendIfConnected(response.Finish(), source);
    }

    private sealed class ClosedConnection(ISipTransport transport, IPEndPoint peer) : ISipWork
    {
        public void Run(SipWorker worker) => worker.Transactions.OnClosed(transport, peer);
    }

    // Keep-alives (CRLF, a zero byte) and STUN are not for us (RFC 5626 §3.5): a message begins with a letter of its
    // method or of "SIP", possibly behind line breaks, and can't be shorter than a start line.
    private static bool LooksLikeSip(ReadOnlySpan<byte> datagram)
    {
        var start = datagram.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        return start >= 0 && datagram.Length - start > 16 && SipText.IsToken(datagram.Slice(start, 1));
    }
}
