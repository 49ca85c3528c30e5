namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>M/M/N: who has to wait, waits. Erlang's second formula.</summary>
internal sealed class ErlangC(Traffic traffic)
{
    /// <summary>Probability that all agents are busy when a caller arrives, if callers who find them busy go away (Erlang B).</summary>
    public double Blocked
    {
        get
        {
            var blocked = 1.0;
            for (var agents = 1; agents <= traffic.Agents; agents++)
                blocked = traffic.Load * blocked / (agents + traffic.Load * blocked);
            return blocked;
        }
    }

    /// <summary>Probability of having to wait.</summary>
    public double Waited => Blocked / (1 - traffic.Occupancy * (1 - Blocked));

    /// <summary>Mean wait of all callers in seconds: the average speed of answer.</summary>
    public double MeanWait => Waited / DrainPerSecond;

    /// <summary>How fast the line gets shorter while all are busy.</summary>
    private double DrainPerSecond => (traffic.Agents - traffic.Load) / traffic.MeanHandlingSeconds;

    /// <summary>Share answered within so many seconds.</summary>
    public double ServiceLevel(double seconds) => 1 - Waited * Math.Exp(-DrainPerSecond * seconds);
}
