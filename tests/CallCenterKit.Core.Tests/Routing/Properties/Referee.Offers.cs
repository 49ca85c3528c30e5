using CallCenterKit.Model;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

// Who is rung for whom, and who gets it.
internal sealed partial class Referee
{
    private readonly Dictionary<OfferId, OfferMade> _offers = [];
    private readonly HashSet<OfferId> _taken = [];
    private readonly HashSet<EntryId> _won = [];

    /// <summary>Agents and interactions that were joined while this command was handled, by event.</summary>
    private readonly List<(AgentId, InteractionId)> _joined = [];

    /// <summary>Entries whose offer was answered by this command.</summary>
    private readonly List<EntryBooks> _answered = [];

    private void Watch(OfferMade happened)
    {
        var books = BooksOf(happened.Agent);
        if (!_open.TryGetValue(happened.Entry, out var entry))
        {
            Object(Rules.OneWinner, $"{happened.Agent} is rung for {happened.Entry}, which does not wait");
            return;
        }
        if (entry.Ringing.Count > 0 && !RingsAll(entry))
            Object(Rules.OneWinner, $"{entry} rings already, and {happened.Agent} is rung as well");
        if (entry.Calling is not null)
            Object(Rules.OneWinner, $"the party of {entry} is being called, and {happened.Agent} is rung");
        if (WhyBeyondCapacity(books, entry) is { } beyond)
            Object(Rules.WithinCapacity, $"{happened.Agent} is offered {entry} and {beyond}");
        if (WhyNotReady(books, entry) is { } reason)
            Object(Rules.OnlyReadyAgents, $"{happened.Agent} is offered {entry} and {reason}");
        CheckThatNobodyIsOvertaken(books, entry);
        books.Ringing = happened;
        entry.Ringing.Add(happened.Offer);
        entry.FellBack = false;
        _offers[happened.Offer] = happened;
    }

    private void Watch(OfferEnded happened)
    {
        var books = BooksOf(happened.Agent);
        if (books.Ringing?.Offer != happened.Offer)
            Object(Rules.OneWinner, $"{happened.Offer} ended twice, or never began");
        books.Ringing = null;
        if (happened.SettleBy is { } until)
            (books.Settling, books.SettleBy) = (happened.Offer, until);
        if (happened.RestUntil is { } rest)
            (books.RestUntil, books.RestYields) = (rest, happened.SettleBy is not null);
        if (!_offers.TryGetValue(happened.Offer, out var made) || !_open.TryGetValue(made.Entry, out var entry))
            return;
        entry.Ringing.Remove(happened.Offer);
        if (happened.End != OfferEnd.Answered)
            return;
        if (_logged.Command is not OfferAnswered answered || answered.Offer != happened.Offer)
            Object(Rules.OneWinner, $"{happened.Offer} was not answered, and is taken");
        _taken.Add(happened.Offer);
        _answered.Add(entry);
    }

    private void Watch(AssignmentStarted happened)
    {
        var books = BooksOf(happened.Agent);
        books.RestUntil = null;
        var carried = books.Carried.Find(each => each.Interaction == happened.Interaction && each.Calling is not null);
        if (carried is null)
            books.Carried.Add(carried = new(happened.Interaction, happened.Queue, happened.Channel, happened.Cost));
        carried.Calling = null;
        _joined.Add((happened.Agent, happened.Interaction));
    }

    private void Watch(AssignmentTaken happened)
    {
        var books = BooksOf(happened.Agent);
        if (books.Ringing is { } ringing)
            Object(Rules.OnlyReadyAgents, $"{happened.Agent} is in a call, and {ringing.Offer} rings on");
        if (books.Carries(happened.Interaction))
            Object(Rules.OneWinner, $"{happened.Agent} has {happened.Interaction} twice");
        books.Carried.Add(new(happened.Interaction, happened.Queue, happened.Channel, happened.Cost));
    }

    private void Watch(Connect effect)
    {
        if (!_unanswered.Remove(effect.Interaction))
            Object(Rules.EachEndsOnce, $"{effect.Interaction} is joined with {effect.Agent}, and nobody waits for that");
        if (!_joined.Remove((effect.Agent, effect.Interaction)))
            Object(Rules.OneWinner, $"{effect.Interaction} is joined with {effect.Agent}, and no event says so");
        if (!_offers.TryGetValue(effect.Offer, out var offer) || offer.Agent != effect.Agent || !_taken.Contains(effect.Offer))
            Object(Rules.OneWinner, $"{effect.Interaction} is joined with {effect.Agent}, who did not answer {effect.Offer}");
        else if (!_won.Add(offer.Entry))
            Object(Rules.OneWinner, $"{offer.Entry} has two winners, the second is {effect.Agent}");
    }

    private void CheckThatNobodyIsOvertaken(AgentBooks agent, EntryBooks taken)
    {
        foreach (var other in _open.Values)
        {
            if (other.Rank.CompareTo(taken.Rank) < 0 && other.WaitsAt(_now) && CanTake(agent, other))
                Object(Rules.NobodyOvertaken, $"{agent.Id} is offered {taken}, although {other} leads by {new TimeSpan(taken.Rank.Ticks - other.Rank.Ticks)} with credits");
        }
    }

    private bool CanTake(AgentBooks agent, EntryBooks entry) => WhyNotReady(agent, entry) is null && WhyBeyondCapacity(agent, entry) is null;

    private bool RingsAll(EntryBooks entry)
    {
        var queue = _model.Queues[entry.Queue];
        return ((entry.Vip ? queue.VipStrategy : null) ?? queue.Strategy) == RingAllStrategy.StrategyName;
    }

    private string? WhyNotReady(AgentBooks agent, EntryBooks entry)
    {
        var queue = _model.Queues[entry.Queue];
        var member = MemberOf(queue, agent.Id);
        return agent switch
        {
            { Endpoint: null } => "is logged out",
            { Paused: true } => "is paused",
            { MissingDispositions.Count: > 0 } => "owes a disposition",
            { Leaving: true } => "leaves",
            { Marked: true } => "has a phone that failed",
            { Ringing: not null } => "is rung already",
            { Settling: not null } => "may still be rung",
            { IsWrappingUp: true } => "wraps up",
            _ when _lost.Contains(agent.Endpoint.Value) => "has lost the phone",
            _ when agent.RestUntil > _now && !agent.RestYields => "rests",
            _ when agent.Carries(entry.Interaction) => "carries it already",
            _ when member is null || !_model.Agents.ContainsKey(agent.Id) => "is no member",
            _ when entry.TiersOpened < queue.TierOpenings.Count && member.Tier > entry.TiersOpened + 1 => $"is in tier {member.Tier}",
            _ when entry.WaitsForOwner && entry.Owner != agent.Id => "is not its owner",
            _ when !entry.RequirementIn(queue).Matches(_model.Agents[agent.Id].Skills) => "lacks a skill",
            _ when entry.Except?.Contains(agent.Id) is true => "carried it when it came",
            _ => null,
        };
    }

    private string? WhyBeyondCapacity(AgentBooks agent, EntryBooks entry)
    {
        if (!_model.Agents.TryGetValue(agent.Id, out var model))
            return null;
        var capacity = model.Capacity.GetValueOrDefault(entry.Channel);
        if (agent.CarriedOn(entry.Channel) + entry.Cost > capacity)
            return $"carries {agent.CarriedOn(entry.Channel)} of {capacity} on {entry.Channel}";
        foreach (var each in agent.Carried)
        {
            if (each.Channel != entry.Channel && each.WrapUpUntil is null && model.Interruptible.TryGetValue(each.Channel, out var others) && !others.Contains(entry.Channel))
                return $"is busy on {each.Channel}, which must not be interrupted";
        }
        return null;
    }

    private static QueueMember? MemberOf(QueueModel queue, AgentId agent)
    {
        foreach (var member in queue.Members)
        {
            if (member.Agent == agent)
                return member;
        }
        return null;
    }
}
