using CallCenterKit.Model;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

/// <summary>One queue, many agents who are always free again at once: whom the strategy draws, call after call.</summary>
internal sealed class Draws
{
    private readonly RoutingOutput _output = new();
    private readonly RoutingEngine _engine;
    private int _lastInteraction;

    public Draws(string strategy, int[] weights, ulong seed = 7)
    {
        Agents = [.. Enumerable.Range(0, weights.Length).Select(i => new AgentId($"a{i:D4}"))];
        Queue = TestCenter.QueueOf(TestCenter.Sales) with
        {
            Strategy = strategy,
            Members = [.. Agents.Select((agent, i) => new QueueMember(agent, Weight: weights[i]))],
        };
        _engine = new(BuiltInStrategies.All, epoch: 1, seed);
        Handle(new ApplyModel(TestCenter.ModelOf([Queue], [.. Agents.Select(agent => TestCenter.AgentOf(agent))])));
        foreach (var agent in Agents)
            Handle(new LogIn(agent, new(agent.Value), TestCenter.Boss));
    }

    public IReadOnlyList<AgentId> Agents { get; }

    public QueueModel Queue { get; }

    /// <summary>A call comes, rings, is answered and over: who took it.</summary>
    public int Next()
    {
        var interaction = new InteractionId(new Guid(++_lastInteraction, 0, 0, new byte[8]));
        var offer = Assert.IsType<Offer>(Assert.Single(Handle(new Enqueue(interaction, Queue.Id))));
        Handle(new OfferAnswered(offer.Id));
        Handle(new AssignmentEnded(offer.Agent, interaction));
        return int.Parse(offer.Agent.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<RoutingEffect> Handle(RoutingCommand command)
    {
        _output.Clear();
        _engine.Handle(command, TestCenter.Noon, _output);
        return [.. _output.Effects];
    }

    /// <summary>How far the counts are from what is expected; compare with <see cref="Limit"/>.</summary>
    public static double ChiSquare(IReadOnlyList<int> counts, IReadOnlyList<double> shares)
    {
        double total = counts.Sum(), whole = shares.Sum();
        return counts.Select((count, i) => (count - (total * shares[i] / whole)) * (count - (total * shares[i] / whole)) / (total * shares[i] / whole)).Sum();
    }

    /// <summary>What chi-square exceeds once in a thousand times by chance (Wilson and Hilferty).</summary>
    public static double Limit(int degreesOfFreedom)
    {
        var spread = 2.0 / (9 * degreesOfFreedom);
        return degreesOfFreedom * Math.Pow(1 - spread + (3.0902 * Math.Sqrt(spread)), 3);
    }
}
