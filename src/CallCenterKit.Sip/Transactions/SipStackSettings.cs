using System.Net;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Transactions;

/// <summary>What a <see cref="SipStack"/> is made with.</summary>
internal sealed record SipStackSettings
{
    /// <summary>1 to 64.</summary>
    internal int Workers { get; init; } = 1;

    internal SipWorkerThreading Threading { get; init; } = SipWorkerThreading.Dedicated;

    internal SipTimerOptions Timers { get; init; } = new();

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal IRunningWork Running { get; init; } = RunningWork.Uncounted;

    /// <summary>Looks at every message while it is on; null: nobody ever does.</summary>
    internal SipTrace? Trace { get; init; }

    internal ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Messages that may wait at one worker; more are dropped and counted, since their senders repeat them; over streams, where they do not, requests get 503.</summary>
    internal int MaxQueued { get; init; } = 20_000;

    /// <summary>Told of each connection that is gone or could not be made, after the workers: transport and peer. Any thread; must not throw.</summary>
    internal Action<ISipTransport, IPEndPoint>? Closed { get; init; }

    /// <summary>By which address of ours packets to a peer leave, asked where several transports could carry them; null when nobody knows. Any thread.</summary>
    internal Func<IPAddress, IPAddress?> LocalTo { get; init; } = static _ => null;

    /// <summary>Key of tables, tags and branches; null draws one. Set only where they have to be the same each time.</summary>
    internal SipHash? Hash { get; init; }
}
