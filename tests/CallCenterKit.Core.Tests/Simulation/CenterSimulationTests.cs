using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Simulation;

public class CenterSimulationTests
{
    private static readonly Traffic Busy = new(4, 4) { MeanPatienceSeconds = 60 };

    [Fact]
    public void A_seed_is_the_same_day_again()
    {
        Assert.Equal(DayOf(seed: 1), DayOf(seed: 1));
        Assert.NotEqual(DayOf(seed: 1), DayOf(seed: 2));
    }

    [Fact]
    public void Every_caller_is_answered_or_released_once_and_waits_first_unless_answered_at_once()
    {
        int arrived = 0, began = 0, atOnce = 0, late = 0, gone = 0;
        new CenterSimulation(Busy, seed: 3)
        {
            Arrived = _ => arrived++,
            BeganToWait = _ => began++,
            Answered = caller => _ = caller.Waited == TimeSpan.Zero ? atOnce++ : late++,
            Released = (_, _) => gone++,
        }.Run(1000);

        Assert.Equal(1000, arrived);
        Assert.Equal(1000, atOnce + late + gone);
        Assert.Equal(late + gone, began);
        Assert.All([atOnce, late, gone], count => Assert.InRange(count, 1, 999));
    }

    [Fact]
    public void Callers_hang_up_when_their_patience_is_over_and_patient_ones_never_do()
    {
        var (tagged, answered) = (0, 0);
        CenterSimulation simulation = null!;
        simulation = new(Busy, seed: 4)
        {
            IsPatient = caller => caller.Lot < 0.1,
            Arrived = caller => tagged += caller.Lot < 0.1 ? 1 : 0,
            Answered = caller => answered += caller.PatientUntil is null ? 1 : 0,
            Released = (caller, outcome) =>
            {
                Assert.Equal(caller.PatientUntil, simulation.Now);
                Assert.Equal(new QueueOutcome.Abandoned(caller.Waited), outcome);
            },
        };
        simulation.Run(2000);

        Assert.InRange(tagged, 140, 260);
        Assert.Equal(tagged, answered);
    }

    [Fact]
    public void The_engine_is_woken_at_its_deadlines()
    {
        var released = new List<(TimeSpan Waited, QueueOutcome Outcome)>();
        new CenterSimulation(new Traffic(6, 4), seed: 5, queue => queue with { MaxWait = TimeSpan.FromSeconds(30) })
        {
            Released = (caller, outcome) => released.Add((caller.Waited, outcome)),
        }.Run(500);

        Assert.NotEmpty(released);
        Assert.All(released, each => Assert.Equal(TimeSpan.FromSeconds(30), each.Waited));
        Assert.All(released, each => Assert.IsType<QueueOutcome.TimedOut>(each.Outcome));
    }

    [Fact]
    public void Instants_are_whole_microseconds_and_nothing_rings_on()
    {
        CenterSimulation simulation = null!;
        simulation = new(Busy, seed: 6)
        {
            Performed = effect => Assert.False(effect is WithdrawOffer),
            Happened = _ => Assert.Equal(0, simulation.Now.Ticks % TimeSpan.TicksPerMicrosecond),
        };

        simulation.Run(1000);
    }

    private static List<(TimeSpan At, Type Effect, InteractionId Interaction)> DayOf(ulong seed)
    {
        var day = new List<(TimeSpan, Type, InteractionId)>();
        CenterSimulation simulation = null!;
        simulation = new(Busy, seed) { Performed = Note };
        simulation.Run(300);
        return day;

        void Note(RoutingEffect effect)
        {
            var interaction = effect switch
            {
                Connect connect => connect.Interaction,
                Release release => release.Interaction,
                _ => default,
            };
            day.Add((simulation.Now - CenterSimulation.Start, effect.GetType(), interaction));
        }
    }
}
