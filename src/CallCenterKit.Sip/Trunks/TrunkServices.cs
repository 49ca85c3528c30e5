using CallCenterKit.Sip.Resolving;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Trunks;

/// <summary>What trunks take from the driver. Any thread.</summary>
internal sealed class TrunkServices
{
    public required TimeProvider Time { get; init; }

    public required ISipResolver Resolver { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Counts those who wait for <see cref="SipTrunks.StopAsync"/>.</summary>
    public IRunningWork Work { get; init; } = RunningWork.Uncounted;

    /// <summary>For weights and pauses.</summary>
    public Draws Draws { get; init; } = new(new Random());

    /// <summary>What the User-Agent header says; empty leaves it out.</summary>
    public string UserAgent { get; init; } = "";
}
