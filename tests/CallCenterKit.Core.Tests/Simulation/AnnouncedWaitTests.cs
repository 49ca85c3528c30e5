using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>What callers are told at the first announcement against what they then wait.</summary>
public class AnnouncedWaitTests(ITestOutputHelper output)
{
    private const int WarmUp = 20_000;

    /// <summary>Few enough not to change the queue; without patience nobody would say how long they would have waited.</summary>
    private const double TaggedShare = 0.04;

    private readonly List<Told> _told = [];

    [Theory]
    [InlineData(8, 10, null, 21, 300_000)]
    [InlineData(9.5, 10, 360.0, 22, 220_000)]
    [InlineData(12, 10, 180.0, 23, 160_000)]
    [InlineData(19, 20, 240.0, 24, 260_000)]
    [InlineData(30, 25, 120.0, 25, 160_000)]
    public void The_estimate_is_as_good_as_one_that_knew_the_rates(double load, int agents, double? patience, int seed, int callers)
    {
        var traffic = new Traffic(load, agents) { MeanPatienceSeconds = patience };

        Announce(traffic, (ulong)seed, callers);

        var ratio = Error(told => told.Announced) / Error(told => Known(traffic, told.Ahead).Mean.TotalSeconds);
        var covered = (double)_told.Count(told => told.Waited <= told.P90) / _told.Count;
        output.WriteLine($"{load} erlangs, {agents} agents, patience {patience}: {_told.Count} told, RMSE {Error(told => told.Announced):0.0} s, {ratio:0.000} of the best, P90 covers {covered:P1}");
        Assert.True(_told.Count > 1_000, $"only {_told.Count} were told");
        Assert.True(ratio <= 1.05, $"the error is {ratio:0.000} times that of the same formula with the true rates");
        Assert.InRange(covered, 0.88, 0.92);
    }

    private void Announce(Traffic traffic, ulong seed, int callers)
    {
        var pending = new Dictionary<InteractionId, (Told Told, DateTimeOffset At)>();
        CenterSimulation simulation = null!;
        simulation = new(traffic, seed, queue => queue with { Announcements = new(TimeSpan.FromSeconds(15), TimeSpan.FromDays(1)) })
        {
            IsPatient = IsTagged,
            Performed = effect =>
            {
                if (effect is Announce { Wait: { } wait, Place: { } place } announce
                    && simulation.FindWaiting(announce.Interaction) is { Number: > WarmUp } caller
                    && IsTagged(caller))
                {
                    var p90 = simulation.Explain(announce.Interaction).Expected!.Value.P90.TotalSeconds;
                    pending.Add(announce.Interaction, (new(place - 1, wait.TotalSeconds, p90, 0), simulation.Now));
                }
            },
            Answered = caller =>
            {
                if (pending.Remove(caller.Interaction, out var told))
                    _told.Add(told.Told with { Waited = (simulation.Now - told.At).TotalSeconds });
            },
        };
        simulation.Run(callers);
        Assert.Empty(pending);
    }

    private static bool IsTagged(Caller caller) => caller.Lot < TaggedShare;

    private static WaitEstimate Known(Traffic traffic, int ahead) =>
        WaitEstimate.Of(ahead, traffic.Agents, 1 / traffic.MeanHandlingSeconds, traffic.MeanPatienceSeconds is { } patience ? 1 / patience : 0)!.Value;

    private double Error(Func<Told, double> said) => Math.Sqrt(_told.Average(told => Math.Pow(said(told) - told.Waited, 2)));

    private readonly record struct Told(int Ahead, double Announced, double P90, double Waited);
}
