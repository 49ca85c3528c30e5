namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>Who calls and who is there to answer: Poisson arrivals, exponential handling and patience.</summary>
/// <param name="Load">Arrivals in one handling time, in erlangs.</param>
/// <param name="Agents">All logged in, one call each.</param>
internal sealed record Traffic(double Load, int Agents)
{
    public double MeanHandlingSeconds { get; init; } = 180;

    /// <summary>How long callers wait on average before they hang up; null is for ever.</summary>
    public double? MeanPatienceSeconds { get; init; }

    public double ArrivalsPerSecond => Load / MeanHandlingSeconds;

    public double Occupancy => Load / Agents;
}
