using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using CallCenterKit.Skills;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>What the referee knows of an agent.</summary>
internal sealed class AgentBooks(AgentId id)
{
    public AgentId Id { get; } = id;

    public EndpointId? Endpoint { get; set; }

    public bool Paused { get; set; }

    public bool Leaving { get; set; }

    public bool Marked { get; set; }

    public DateTimeOffset? RestUntil { get; set; }

    public bool RestYields { get; set; }

    public OfferMade? Ringing { get; set; }

    public OfferId? Settling { get; set; }

    public DateTimeOffset? SettleBy { get; set; }

    public List<Carried> Carried { get; } = [];

    public List<InteractionId> MissingDispositions { get; } = [];

    public DateTimeOffset? LoggedInAt { get; set; }

    public DateTimeOffset LastCallEndedAt { get; set; }

    public long[] TicksIn { get; } = new long[Enum.GetValues<AgentState>().Length];

    public bool IsWrappingUp => Carried.Exists(static each => each.WrapUpUntil is not null);

    public int CarriedOn(string channel)
    {
        var sum = 0;
        foreach (var each in Carried)
            sum += each.Channel == channel ? each.Cost : 0;
        return sum;
    }

    public bool Carries(InteractionId interaction) => Carried.Exists(each => each.Interaction == interaction && each.WrapUpUntil is null);

    public AgentState StateWhen(HashSet<EndpointId> lost) => this switch
    {
        _ when Carried.Exists(static each => each.WrapUpUntil is null) => AgentState.Talking,
        { Carried.Count: > 0 } => AgentState.WrappingUp,
        { Endpoint: null } => AgentState.LoggedOut,
        _ when Ringing is not null || Settling is not null => AgentState.Ringing,
        { Paused: true } => AgentState.Paused,
        _ => Marked || lost.Contains(Endpoint.Value) ? AgentState.Unreachable : AgentState.Available,
    };

    public void GoHome() => (Endpoint, Paused, Leaving, Marked, RestUntil, LoggedInAt) = (null, false, false, false, null, null);
}

/// <summary>An interaction at an agent.</summary>
internal sealed record Carried(InteractionId Interaction, QueueId? Queue, string Channel, int Cost)
{
    /// <summary>Not null while the party is being called back.</summary>
    public OfferId? Calling { get; set; }

    public DateTimeOffset? WrapUpUntil { get; set; }

    public string? Disposition { get; set; }
}

/// <summary>What the referee knows of one stay.</summary>
internal sealed class EntryBooks(QueueEntered entered)
{
    private (QueueModel? Queue, int Relaxed, SkillExpression Whole) _requirement = (null, 0, SkillExpression.Any);

    public EntryId Id => entered.Entry;

    public InteractionId Interaction => entered.Interaction;

    public QueueId Queue => entered.Queue;

    public string Channel => entered.Channel;

    public int Cost => entered.Cost;

    public AgentId? Owner => entered.Owner;

    public IReadOnlyList<AgentId>? Except => entered.Except;

    public PartyReach Reach { get; set; } = entered.Reach;

    public required DateTimeOffset EnqueuedAt { get; init; }

    public required IReadOnlyList<Credit> Credits { get; init; }

    public required bool Vip { get; init; }

    /// <summary>The longest wait, credits included, and then the order of entry.</summary>
    public (long Ticks, long Number) Rank { get; set; }

    public bool WaitsForOwner { get; set; } = entered.Owner is not null;

    public int TiersOpened { get; set; }

    public int Relaxed { get; set; }

    public List<OfferId> Ringing { get; } = [];

    public OfferId? Calling { get; set; }

    public bool IsScored { get; set; }

    public bool FellBack { get; set; }

    public DateTimeOffset? RetryAt { get; set; }

    public int? ToldPlace { get; set; }

    /// <summary>The place the engine explained last, and how many came before it since then who may.</summary>
    public int? LastPlace { get; set; }

    public int CameBefore { get; set; }

    public bool WaitsAt(DateTimeOffset now) => Ringing.Count == 0 && Calling is null && !IsScored && !(RetryAt > now);

    /// <summary>What is required of an agent after the steps that were taken.</summary>
    public SkillExpression RequirementIn(QueueModel queue)
    {
        if (_requirement.Queue == queue && _requirement.Relaxed == Relaxed)
            return _requirement.Whole;
        var whole = SkillExpression.And([queue.Requirement, entered.Requirement]);
        foreach (var step in queue.Relaxation.Take(Relaxed))
        {
            whole = step.Lower > 0 ? whole.Lower(step.Lower) : whole;
            whole = step.Drop is not null ? whole.Drop(step.Drop) : whole;
        }
        _requirement = (queue, Relaxed, whole);
        return whole;
    }

    public void SetRank(QueueModel? queue)
    {
        var ticks = EnqueuedAt.UtcTicks;
        foreach (var credit in Credits)
            ticks -= credit.Wait.Ticks;
        if (queue is not null)
            ticks -= queue.Credit.Ticks + (Vip ? queue.VipCredit.Ticks : 0);
        Rank = (ticks, entered.Entry.Number);
    }

    public override string ToString() => $"{Id} of {Interaction} in {Queue}";
}
