using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing;

/// <summary>One step of a random day: what is done, by whom, and how much time passes before.</summary>
public sealed record Step(int What, int Who, int Which, int Milliseconds);

/// <summary>A center in which anything may happen at any time; the referee watches every command.</summary>
internal sealed class RandomCenter
{
    private static readonly AgentId[] Agents = [.. Enumerable.Range(1, 6).Select(number => new AgentId($"agent-{number}"))];
    private static readonly EndpointId[] Endpoints = [.. Enumerable.Range(1, 5).Select(number => new EndpointId($"{1000 + number}"))];
    private static readonly QueueId[] Queues = [new("first"), new("second"), new("third"), new("fourth")];

    private readonly List<(RoutingCommand Command, DateTimeOffset At)> _commands = [];
    private readonly List<InteractionId> _interactions = [];
    private int _version;

    public RandomCenter(RoutingEngine engine)
    {
        Center = new(engine);
        Referee = new(() => Center.Now);
        Do(new ApplyModel(ModelWith(0)));
    }

    public TestCenter Center { get; }

    public Referee Referee { get; }

    public IReadOnlyList<(RoutingCommand Command, DateTimeOffset At)> Commands => _commands;

    public void Play(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
            Play(step);
    }

    /// <summary>Everybody goes home: whatever is still open must come to an end.</summary>
    public void Close()
    {
        foreach (var interaction in _interactions)
            Do(new Leave(interaction, QueueExit.Closed));
        foreach (var (agent, interaction) in Referee.Talking.ToList())
            Do(new AssignmentEnded(agent, interaction));
        Pass(TimeSpan.FromMinutes(10));
    }

    private void Play(Step step)
    {
        Pass(TimeSpan.FromMilliseconds(step.Milliseconds));
        var agent = Agents[step.Who % Agents.Length];
        switch (step.What % 20)
        {
            case 0 or 1 or 2: Do(new LogIn(agent, Endpoints[step.Which % Endpoints.Length], TestCenter.Boss)); break;
            case 3: Do(new LogOut(agent, TestCenter.Boss)); break;
            case 4: Do(new Pause(agent, $"reason {step.Which % 3}", TestCenter.Boss)); break;
            case 5 or 6: Do(new Resume(agent, TestCenter.Boss)); break;
            case 7: Do(new ReachabilityChanged(Endpoints[step.Who % Endpoints.Length], step.Which % 3 > 0)); break;
            case 8 or 9 or 10: Do(EnqueueNew(step)); break;
            case 11: ForAny(_interactions, step, interaction => new Enqueue(interaction, Queues[step.Who % Queues.Length])); break;
            case 12: ForAny(_interactions, step, interaction => new Leave(interaction, (QueueExit)(step.Who % 6))); break;
            case 13 or 14: ForAny(Referee.OffersSeen, step, offer => new OfferAnswered(offer)); break;
            case 15: ForAny(Referee.OffersSeen, step, offer => new OfferFailed(offer, (OfferFailure)(step.Who % 4))); break;
            case 16: ForAny(Referee.Withdrawn, step, offer => new OfferClosed(offer)); break;
            case 17: ForAny(Referee.Talking, step, pair => new AssignmentEnded(pair.Agent, pair.Interaction)); break;
            case 18: ForAny(Referee.WrappingUp, step, pair => new FinishWrapUp(pair.Agent, pair.Interaction, "done", TestCenter.Boss)); break;
            case 19 when step.Which % 5 == 0: Do(new ApplyModel(ModelWith(step.Who))); break;
        }
    }

    private Enqueue EnqueueNew(Step step)
    {
        var interaction = Center.NewInteraction();
        _interactions.Add(interaction);
        return new(
            interaction,
            Queues[step.Who % Queues.Length],
            step.Which % 4 == 0 ? Channels.Chat : Channels.Voice,
            Cost: 1 + (step.Which % 7 == 0 ? 1 : 0),
            Reach: (PartyReach)(step.Which % 3),
            EnqueuedAt: step.Which % 5 == 0 ? Center.Now - TimeSpan.FromSeconds(step.Which % 60) : null);
    }

    /// <summary>Mostly the newest, so that results meet what is open; sometimes an old one, which must be ignored.</summary>
    private void ForAny<T>(IReadOnlyList<T> among, Step step, Func<T, RoutingCommand> command)
    {
        if (among.Count == 0)
            return;
        var back = step.Which % 4 == 0 ? step.Which % among.Count : step.Which % Math.Min(among.Count, 3);
        Do(command(among[among.Count - 1 - back]));
    }

    private void Pass(TimeSpan time)
    {
        var target = Center.Now + time;
        while (Center.Engine.NextDeadline is { } deadline && deadline <= target)
        {
            Assert.True(deadline > Center.Now, $"The engine wants to be woken at {deadline:O}, and it is {Center.Now:O}.");
            Center.SetClock(deadline);
            Do(new AdvanceClock());
        }
        Center.SetClock(target);
    }

    private void Do(RoutingCommand command)
    {
        _commands.Add((command, Center.Now));
        var events = Center.Journal.Count;
        var effects = Center.Send(command);
        Referee.Watch(command, [.. Center.Journal.Skip(events).Select(entry => (RoutingEvent)entry.Event)], effects);
    }

    private CallCenterModel ModelWith(int variant) => new(
        ++_version,
        Agents.Where((_, index) => variant == 0 || index != variant % Agents.Length).ToDictionary(id => id, id => TestCenter.AgentOf(id, 1 + (id == Agents[0] ? 1 : 0), 2)),
        Queues.Where((_, index) => variant % 3 != 1 || index != 3).ToDictionary(id => id, QueueWith));

    private static QueueModel QueueWith(QueueId id)
    {
        var number = Array.IndexOf(Queues, id);
        return TestCenter.QueueOf(id, [.. Agents.Where((_, index) => (index + number) % 3 != 0)]) with
        {
            RingTime = TimeSpan.FromSeconds(8 + number),
            Retry = RetryRules.After(TimeSpan.FromSeconds(3 * number)),
            WrapUp = TimeSpan.FromSeconds(4 * number),
            MaxWait = number == 0 ? null : TimeSpan.FromSeconds(15 * number),
            MaxLength = number == 2 ? 3 : null,
            Overflow = number switch
            {
                1 => new(OverflowKind.Queue, "third"),
                2 => new(OverflowKind.Queue, "fourth"),
                3 => new(OverflowKind.Flow, "voicemail"),
                _ => null,
            },
        };
    }
}
