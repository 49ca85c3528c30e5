using System.Diagnostics.Metrics;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip;

/// <summary>What the driver takes from its surroundings.</summary>
/// <param name="Time">Clock of transactions, registrations and rings.</param>
/// <param name="Ids">Makes the ids of inbound legs.</param>
public sealed record SipEnvironment(TimeProvider Time, IIdSource Ids)
{
    /// <summary>Counts what can run, for virtual time.</summary>
    public IRunningWork Work { get; init; } = RunningWork.Uncounted;

    /// <summary>Finds the servers of domains and trunks; null: the driver asks the name servers of <see cref="SipOptions.Dns"/>.</summary>
    public ISipResolver? Resolver { get; init; }

    /// <summary>Owns the meter of the driver (<see cref="Observability.SipMetricNames.Meter"/>); null: the driver has one of its own.</summary>
    public IMeterFactory? Meters { get; init; }

    /// <summary>Where faults and refused credentials are logged; numbers at Debug only, secrets never.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
