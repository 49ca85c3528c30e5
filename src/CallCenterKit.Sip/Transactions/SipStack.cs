using System.Net;
using CallCenterKit.Sip.Messages;
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

    /// <summary>In the order they were added; the first is the default for requests of ours.</summary>
    internal IReadOnlyList<ISipTransport> Transports => _transports;

    /// <summary>Starts the transport and owns it from then on. Before traffic, one thread.</summary>
    internal void Add(ISipTransport transport)
    {
        _transports.Add(transport);
        transport.Start(this);
    }

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
            message.Dispose();
            return;
        }

        message.Transport = transport;
        message.Source = source;
        message.ReceivedTimestamp = _settings.Time.GetTimestamp();
        worker.Post(message);
    }

    /// <summary>Closes the transports, then lets the workers end what is queued.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var transport in _transports) transport.Dispose();
        foreach (var worker in _workers) worker.Dispose();
    }

    // Keep-alives (CRLF, a zero byte) and STUN are not for us (RFC 5626 §3.5): a message begins with a letter of its
    // method or of "SIP", possibly behind line breaks, and can't be shorter than a start line.
    private static bool LooksLikeSip(ReadOnlySpan<byte> datagram)
    {
        var start = datagram.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        return start >= 0 && datagram.Length - start > 16 && SipText.IsToken(datagram.Slice(start, 1));
    }
}
