using System.Collections.Frozen;
using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using CallCenterKit.Skills;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>Models with everything a queue can be told to do, in any combination.</summary>
internal static class RandomModel
{
    public const string Scorer = "crm";

    public static readonly AgentId[] Agents = [.. Enumerable.Range(1, 6).Select(number => new AgentId($"agent-{number}"))];
    public static readonly EndpointId[] Endpoints = [.. Enumerable.Range(1, 7).Select(number => new EndpointId($"{1000 + number}"))];
    public static readonly QueueId[] Queues = [new("first"), new("second"), new("third"), new("fourth"), new("fifth")];
    public static readonly PartyId[] Parties = [.. Enumerable.Range(1, 4).Select(number => new PartyId(new Guid(number, 0, 0, new byte[8])))];

    public static readonly SkillExpression[] Requirements =
    [
        SkillExpression.Parse("billing"),
        SkillExpression.Parse("billing >= 2"),
        SkillExpression.Parse("billing >= 2 and (lt or en)"),
        SkillExpression.Parse("en and not lt"),
    ];

    private static readonly string[] Strategies = [.. BuiltInStrategies.All.Select(strategy => strategy.Name)];

    /// <param name="seed">Of the day.</param>
    /// <param name="version">Of the model.</param>
    /// <param name="variant">0 is the whole center; others change some queues, and leave some agents and queues out.</param>
    public static CallCenterModel Of(int seed, int version, int variant) => new(
        version,
        Agents.Where((_, index) => variant % 8 != index + 1).ToDictionary(id => id, id => AgentOf(id, DiceFor(seed, 100 + Array.IndexOf(Agents, id), variant))),
        Queues.Where((_, index) => variant % 5 != 1 || index != 4).ToDictionary(id => id, id => QueueOf(id, DiceFor(seed, Array.IndexOf(Queues, id), variant))));

    /// <summary>A change of the model changes a third of everything.</summary>
    private static Dice DiceFor(int seed, int index, int variant) =>
        new(((ulong)seed * 1_000_003) + (ulong)index + ((index + variant) % 3 == 0 ? (ulong)variant << 32 : 0));

    private static AgentModel AgentOf(AgentId id, Dice dice) =>
        new(id, id.Value, [], new Dictionary<string, int> { [Channels.Voice] = 1 + dice.Roll(2), [Channels.Chat] = dice.Roll(3) })
        {
            Skills = SkillSet.Parse([.. Enumerable.Range(0, 3).Where(_ => dice.Roll(4) > 0).Select(skill => skill switch { 0 => $"billing:{1 + dice.Roll(3)}", 1 => "lt", _ => "en" })]),
            Interruptible = dice.Roll(3) switch
            {
                0 => new Dictionary<string, IReadOnlyList<string>> { [Channels.Voice] = [], [Channels.Chat] = [Channels.Voice] },
                1 => new Dictionary<string, IReadOnlyList<string>> { [Channels.Voice] = [Channels.Chat] },
                _ => FrozenDictionary<string, IReadOnlyList<string>>.Empty,
            },
        };

    private static QueueModel QueueOf(QueueId id, Dice dice)
    {
        var members = Agents.Where(_ => dice.Roll(3) > 0).Select(agent => new QueueMember(agent, 1 + dice.Roll(3), 1 + dice.Roll(3))).ToList();
        var queue = new QueueModel(id, id.Value, dice.OneIn(4) ? RingAllStrategy.StrategyName : dice.Of(Strategies), members)
        {
            VipStrategy = dice.OneIn(3) ? dice.Of(Strategies) : null,
            Scorer = dice.OneIn(3) ? Scorer : null,
            ScorerTimeout = TimeSpan.FromMilliseconds(200 + dice.Roll(9_000)),
            Requirement = dice.OneIn(3) ? dice.Of(Requirements) : SkillExpression.Any,
            Relaxation = dice.OneIn(2) ? [new(dice.Seconds(2, 8), Lower: 1), new(dice.Seconds(8, 20), Drop: dice.Of("billing", "lt", "en"))] : [],
            TierOpenings = dice.OneIn(4) ? [dice.Seconds(2, 6), dice.Seconds(6, 20)] : [],
            Window = dice.Of(Enum.GetValues<CallWindow>()),
            RollingWindow = dice.Of(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)),
            StickyWait = dice.OneIn(2) ? dice.Seconds(3, 12) : TimeSpan.Zero,
            RingTime = dice.Seconds(3, 14),
            Retry = new(dice.Of(0, 3, 8).Seconds(), dice.Of(0, 4, 9).Seconds(), dice.Of(0, 2, 7).Seconds(), dice.Of(0, 5, 30).Seconds()),
            AutoPauseAfter = dice.OneIn(4) ? 1 + dice.Roll(3) : null,
            WrapUpMode = dice.Of(Enum.GetValues<WrapUpMode>()),
            WrapUp = dice.Of(0, 4, 8, 12).Seconds(),
            Dispositions = dice.OneIn(3) ? ["resolved", "closed"] : [],
            DispositionRequired = dice.OneIn(4),
        };
        return WithWaiting(queue, dice);
    }

    private static QueueModel WithWaiting(QueueModel queue, Dice dice) => queue with
    {
        Credit = dice.Of(0, 0, 0, 20, -15).Seconds(),
        VipCredit = dice.Of(0, 30, 300).Seconds(),
        MaxLength = dice.OneIn(2) ? 1 + dice.Roll(6) : null,
        Steps = dice.OneIn(3) ? [new(dice.Seconds(2, 8), AnyOverflow(dice)), new(dice.Seconds(9, 20), AnyOverflow(dice))] : [],
        MaxWait = dice.OneIn(2) ? dice.Seconds(10, 60) : null,
        Overflow = dice.OneIn(4) ? null : AnyOverflow(dice),
        JoinRule = dice.OneIn(6) ? new(dice.Of(AgentPresences.LoggedIn, AgentPresences.Working, AgentPresences.Available | AgentPresences.Talking)) : null,
        LeaveRule = dice.OneIn(5) ? new(dice.Of(AgentPresences.LoggedIn, AgentPresences.Working), dice.Seconds(0, 6)) : null,
        EmptyOverflow = dice.OneIn(3) ? AnyOverflow(dice) : null,
        Announcements = dice.OneIn(3) ? new(dice.Seconds(1, 6), dice.Seconds(4, 15)) : null,
        Callbacks = new() { Attempts = 1 + dice.Roll(3), RetryAfter = dice.Seconds(1, 10), Expiry = dice.Seconds(40, 120) },
    };

    private static Overflow AnyOverflow(Dice dice) => dice.Roll(5) switch
    {
        0 => new(OverflowKind.Callback, ""),
        1 => new(OverflowKind.Flow, "voicemail"),
        _ => new(OverflowKind.Queue, dice.Of(Queues).Value),
    };

    private static TimeSpan Seconds(this int seconds) => TimeSpan.FromSeconds(seconds);
}
