namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>M/M/N+M: who has to wait, waits for an exponential time at most (Palm; Baccelli and Hebuterne).</summary>
internal sealed class ErlangA
{
    private readonly Traffic _traffic;
    private readonly double _arrivals, _answers, _hangUps; // Per second; all agents busy; of one who waits.
    private readonly double _allBusyNobodyWaits;

    public ErlangA(Traffic traffic)
    {
        _traffic = traffic;
        _arrivals = traffic.ArrivalsPerSecond;
        _answers = traffic.Agents / traffic.MeanHandlingSeconds;
        _hangUps = 1 / (traffic.MeanPatienceSeconds ?? throw new ArgumentException("Callers without a limit to their patience are Erlang C's.", nameof(traffic)));

        // Birth and death, weighed against "all agents busy, nobody waits".
        var (free, weight) = (0.0, 1.0);
        for (var busy = traffic.Agents; busy > 0; busy--)
            free += weight *= busy / traffic.Load;
        var (waiting, lengths) = (1.0, 0.0);
        weight = 1;
        for (var length = 1; weight > 1e-18; length++)
        {
            weight *= _arrivals / (_answers + length * _hangUps);
            waiting += weight;
            lengths += length * weight;
        }
        _allBusyNobodyWaits = 1 / (free + waiting);
        Waited = waiting * _allBusyNobodyWaits;
        MeanWait = lengths * _allBusyNobodyWaits / _arrivals; // Little.
    }

    /// <summary>Probability of not being answered at once.</summary>
    public double Waited { get; }

    /// <summary>Of those answered and those who hung up, in seconds.</summary>
    public double MeanWait { get; }

    /// <summary>Probability of hanging up.</summary>
    public double Abandoned => _hangUps * MeanWait;

    /// <summary>Mean wait of those answered, in seconds.</summary>
    public double SpeedOfAnswer => Integrate(wait => wait * Answered(wait), 60 / _hangUps) / (1 - Abandoned);

    /// <summary>Share of all who are answered within so many seconds.</summary>
    public double ServiceLevel(double seconds) => 1 - Waited + Integrate(Answered, seconds);

    /// <summary>
    /// Density of waiting so long and being answered. A caller with length k before it is answered after k + 1 steps of
    /// rates answers + i hangUps, i = 0..k; summed over k with the probabilities of k this is an exponential of an exponential.
    /// </summary>
    private double Answered(double wait) => _allBusyNobodyWaits * _answers
        * Math.Exp(_arrivals / _hangUps * (1 - Math.Exp(-_hangUps * wait)) - (_answers + _hangUps) * wait);

    /// <summary>Simpson's rule from zero.</summary>
    private static double Integrate(Func<double, double> density, double to)
    {
        const int Steps = 40_000;
        var step = to / Steps;
        var sum = density(0) + density(to);
        for (var index = 1; index < Steps; index++)
            sum += (index % 2 == 0 ? 2 : 4) * density(index * step);
        return sum * step / 3;
    }
}
