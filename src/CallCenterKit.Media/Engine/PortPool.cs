using System.Net;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Media.Engine;

/// <summary>Lends pairs of ports; the one given back longest ago is lent first, so that late packets of an old call meet nobody.</summary>
internal sealed class PortPool
{
    private readonly Lock _gate = new();
    private readonly Queue<int> _free = new();
    private readonly MediaOptions _options;
    private readonly IRtpTransportFactory _factory;
    private readonly ILogger _logger;
    private long _refusals;
    private bool _isExhausted;

    public PortPool(MediaOptions options, IRtpTransportFactory factory, ILogger logger)
    {
        _logger = logger;
        _options = options;
        _factory = factory;
        for (var port = options.FirstPort; port <= options.LastPort; port += 2)
            _free.Enqueue(port);
    }

    public int Free
    {
        get
        {
            lock (_gate)
                return _free.Count;
        }
    }

    /// <summary>How often somebody asked in vain.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    /// <summary>Opens a pair; a port that another program holds goes to the end of the line.</summary>
    public RtpTransportPair Open()
    {
        for (var attempts = Free; attempts > 0; attempts--)
        {
            if (!TryTake(out var port))
                break;
            if (_factory.Open(new IPEndPoint(_options.Bind, port)) is { } pair)
            {
                Volatile.Write(ref _isExhausted, false);
                return pair;
            }

            Return(port);
        }

        Interlocked.Increment(ref _refusals);
        if (!Interlocked.Exchange(ref _isExhausted, true))    // once, until a port could be lent again
            MediaLog.PortsExhausted(_logger, _options.BindAddress, _options.FirstPort, _options.LastPort);
        throw new MediaPortsExhaustedException(
            $"No RTP port is free on {_options.BindAddress} from {_options.FirstPort} to {_options.LastPort}; widen MediaOptions.FirstPort and LastPort.");
    }

    public void Return(int port)
    {
        lock (_gate)
            _free.Enqueue(port);
    }

    private bool TryTake(out int port)
    {
        lock (_gate)
            return _free.TryDequeue(out port);
    }
}
