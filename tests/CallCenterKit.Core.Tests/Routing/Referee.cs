using CallCenterKit.Model;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing;

/// <summary>Keeps its own, simple books of what the engine says, and objects to whatever must not happen.</summary>
internal sealed class Referee(Func<DateTimeOffset> now)
{
    private readonly Dictionary<AgentId, Books> _agents = [];
    private readonly Dictionary<EntryId, QueueEntered> _open = [];
    private readonly Dictionary<OfferId, OfferMade> _ringing = [];
    private readonly Dictionary<OfferId, (AgentId Agent, DateTimeOffset Until)> _settling = [];
    private readonly HashSet<EndpointId> _lost = [];
    private readonly HashSet<EntryId> _entered = [];
    private readonly Dictionary<InteractionId, int> _unanswered = [];
    private readonly List<(AgentId Agent, InteractionId Interaction)> _talking = [];
    private readonly List<(AgentId Agent, InteractionId Interaction)> _wrappingUp = [];
    private readonly List<OfferId> _offersSeen = [];
    private readonly List<OfferId> _withdrawn = [];
    private CallCenterModel _model = CallCenterModel.Empty;

    public IReadOnlyList<OfferId> OffersSeen => _offersSeen;

    public IReadOnlyList<OfferId> Withdrawn => _withdrawn;

    public IReadOnlyList<(AgentId Agent, InteractionId Interaction)> Talking => _talking;

    public IReadOnlyList<(AgentId Agent, InteractionId Interaction)> WrappingUp => _wrappingUp;

    public int OpenEntries => _open.Count;

    /// <summary>Enqueued and neither connected nor released.</summary>
    public int Unanswered => _unanswered.Count(pair => pair.Value > 0);

    public void Watch(RoutingCommand command, IReadOnlyList<RoutingEvent> events, IReadOnlyList<RoutingEffect> effects)
    {
        if (command is Enqueue enqueue)
            _unanswered.TryAdd(enqueue.Interaction, 0);
        if (command is Enqueue again && _unanswered[again.Interaction] == 0)
            _unanswered[again.Interaction] = 1;
        foreach (var happened in events)
            Watch(happened);
        foreach (var effect in effects)
            Watch(effect);
        CheckThatNobodyWaitsInVain();
        CheckLengths();
    }

    private void Watch(RoutingEffect effect)
    {
        var answered = effect switch
        {
            Connect connect => connect.Interaction,
            Release release => release.Interaction,
            _ => (InteractionId?)null,
        };
        if (answered is { } interaction)
            Assert.Equal(1, _unanswered[interaction]--);
        if (effect is Offer offer)
            Assert.Equal(offer.ExpiresAt, _ringing[offer.Id].ExpiresAt);
    }

    private void Watch(RoutingEvent happened)
    {
        switch (happened)
        {
            case ModelApplied applied: _model = applied.Model; break;
            case EndpointReachability reachability: Watch(reachability); break;
            case AgentLoggedIn login: Watch(login); break;
            case AgentLoggedOut logout: BooksOf(logout.Agent).GoHome(); break;
            case AgentPaused pause: BooksOf(pause.Agent).Paused = true; break;
            case AgentResumed resume: (BooksOf(resume.Agent).Paused, BooksOf(resume.Agent).Marked) = (false, false); break;
            case AgentUnreachable unreachable: Watch(unreachable); break;
            case QueueEntered entered: Watch(entered); break;
            case QueueLeft left: Assert.True(_open.Remove(left.Entry), $"{left.Entry} ended twice, or never began."); break;
            case OfferMade made: Watch(made); break;
            case OfferEnded ended: Watch(ended); break;
            case OfferSettled settled: Assert.True(_settling.Remove(settled.Offer), $"{settled.Offer} was not being closed."); break;
            case AssignmentStarted started: Watch(started); break;
            case AssignmentOver over: Watch(over); break;
            case WrapUpEnded done: Watch(done); break;
        }
    }

    private void Watch(EndpointReachability happened)
    {
        if (happened.Reachable)
            _lost.Remove(happened.Endpoint);
        else
            _lost.Add(happened.Endpoint);
        foreach (var books in _agents.Values.Where(books => books.Endpoint == happened.Endpoint && happened.Reachable))
            books.Marked = false;
    }

    private void Watch(AgentLoggedIn happened)
    {
        Assert.DoesNotContain(_agents, pair => pair.Key != happened.Agent && pair.Value.Endpoint == happened.Endpoint);
        var books = BooksOf(happened.Agent);
        if (books.Endpoint is null)
            books.LastCallEndedAt = now();
        books.Endpoint = happened.Endpoint;
        books.Marked = false;
        books.RestUntil = null;
    }

    private void Watch(AgentUnreachable happened)
    {
        var (offer, (_, until)) = _settling.Single(pair => pair.Value.Agent == happened.Agent);
        Assert.Equal(until, now());
        _settling.Remove(offer);
        BooksOf(happened.Agent).Marked = BooksOf(happened.Agent).Endpoint is not null;
    }

    private void Watch(QueueEntered happened)
    {
        Assert.DoesNotContain(_open.Values, entry => entry.Interaction == happened.Interaction);
        Assert.True(_entered.Add(happened.Entry), $"{happened.Entry} was used before.");
        Assert.True(happened.EnqueuedAt <= now());
        _open.Add(happened.Entry, happened);
    }

    private void Watch(OfferMade happened)
    {
        var entry = _open[happened.Entry];
        var books = BooksOf(happened.Agent);
        Assert.DoesNotContain(_ringing.Values, other => other.Entry == happened.Entry);
        Assert.DoesNotContain(_ringing.Values, other => other.Agent == happened.Agent);
        Assert.Empty(WhyNot(happened.Agent, entry));
        CheckThatTheLongestWaitComesFirst(happened.Agent, entry);
        CheckThatTheLongestIdleComesFirst(happened.Agent, entry);
        Assert.Equal(books.Endpoint, happened.Endpoint);
        Assert.True(happened.ExpiresAt <= now() + _model.Queues[entry.Queue].RingTime);
        _ringing.Add(happened.Offer, happened);
        _offersSeen.Add(happened.Offer);
    }

    private void Watch(OfferEnded happened)
    {
        Assert.True(_ringing.Remove(happened.Offer), $"{happened.Offer} ended twice, or never began.");
        if (happened.SettleBy is { } until)
        {
            _settling.Add(happened.Offer, (happened.Agent, until));
            _withdrawn.Add(happened.Offer);
        }
        if (happened.RestUntil is { } rest)
            (BooksOf(happened.Agent).RestUntil, BooksOf(happened.Agent).RestYields) = (rest, happened.SettleBy is not null);
    }

    private void Watch(AssignmentStarted happened)
    {
        BooksOf(happened.Agent).RestUntil = null;
        BooksOf(happened.Agent).Carried.Add((happened.Interaction, happened.Channel, happened.Cost, null));
        _talking.Add((happened.Agent, happened.Interaction));
        Assert.DoesNotContain(_open.Values, entry => entry.Interaction == happened.Interaction);
    }

    private void Watch(AssignmentOver happened)
    {
        BooksOf(happened.Agent).LastCallEndedAt = now();
        var carried = BooksOf(happened.Agent).Carried;
        var index = carried.FindIndex(each => each.Interaction == happened.Interaction && each.WrapUpUntil is null);
        Assert.True(_talking.Remove((happened.Agent, happened.Interaction)));
        if (happened.WrapUpUntil is { } until)
        {
            carried[index] = carried[index] with { WrapUpUntil = until };
            _wrappingUp.Add((happened.Agent, happened.Interaction));
        }
        else
        {
            carried.RemoveAt(index);
        }
    }

    private void Watch(WrapUpEnded happened)
    {
        var carried = BooksOf(happened.Agent).Carried;
        var done = carried.Where(each => each.Interaction == happened.Interaction && each.WrapUpUntil is not null).MinBy(each => each.WrapUpUntil);
        if (happened.TimedOut)
            Assert.Equal(done.WrapUpUntil, now());
        Assert.True(carried.Remove(done));
        Assert.True(_wrappingUp.Remove((happened.Agent, happened.Interaction)));
    }

    private void CheckThatTheLongestWaitComesFirst(AgentId agent, QueueEntered taken)
    {
        foreach (var other in Waiting.Where(other => Rank(other).CompareTo(Rank(taken)) < 0))
            Assert.True(WhyNot(agent, other).Any(), $"{agent} was offered {taken} although {other} has waited longer.");
    }

    private void CheckThatTheLongestIdleComesFirst(AgentId taken, QueueEntered entry)
    {
        var members = _model.Queues[entry.Queue].Members.Select(member => member.Agent).ToList();
        foreach (var other in members.Where(other => other != taken && !WhyNot(other, entry).Any()))
            Assert.True(Claim(taken).CompareTo(Claim(other)) < 0, $"{taken} was offered {entry} although {other} comes first.");

        (bool Spared, DateTimeOffset IdleSince, int Place) Claim(AgentId agent) =>
            (BooksOf(agent).RestUntil > now(), BooksOf(agent).LastCallEndedAt, members.IndexOf(agent));
    }

    private IEnumerable<QueueEntered> Waiting => _open.Values.Where(entry => !_ringing.Values.Any(offer => offer.Entry == entry.Entry));

    private static (DateTimeOffset, long) Rank(QueueEntered entry) => (entry.EnqueuedAt, entry.Entry.Number);

    /// <summary>After each command: whoever waits could not have been offered to anybody.</summary>
    private void CheckThatNobodyWaitsInVain()
    {
        foreach (var entry in Waiting)
        {
            var could = _model.Queues[entry.Queue].Members.Select(member => member.Agent).Where(agent => !WhyNot(agent, entry).Any()).ToList();
            Assert.True(could.Count == 0, $"{entry} waits although {string.Join(", ", could)} could take it.");
        }
    }

    private void CheckLengths()
    {
        foreach (var (id, queue) in _model.Queues)
            Assert.True(!(_open.Values.Count(entry => entry.Queue == id) > queue.MaxLength), $"Queue {id} is too long.");
    }

    private IEnumerable<string> WhyNot(AgentId agent, QueueEntered entry)
    {
        var books = BooksOf(agent);
        if (!_model.Agents.TryGetValue(agent, out var model))
            yield return "unknown";
        if (!_model.Queues[entry.Queue].Members.Contains(agent))
            yield return "not a member";
        if (books.Endpoint is not { } endpoint)
            yield return "not at work";
        else if (_lost.Contains(endpoint))
            yield return "phone lost";
        if (books.Paused)
            yield return "paused";
        if (books.Marked)
            yield return "marked";
        if (books.Carried.Exists(each => each.WrapUpUntil is not null))
            yield return "wrapping up";
        if (books.RestUntil > now() && !books.RestYields)
            yield return "resting";
        if (_ringing.Values.Any(offer => offer.Agent == agent) || _settling.Values.Any(offer => offer.Agent == agent))
            yield return "ringing";
        if (books.Carried.Where(each => each.Channel == entry.Channel).Sum(each => each.Cost) + entry.Cost > (model?.Capacity.GetValueOrDefault(entry.Channel) ?? 0))
            yield return "no capacity";
    }

    private Books BooksOf(AgentId agent) => _agents.TryGetValue(agent, out var books) ? books : _agents[agent] = new();

    private sealed class Books
    {
        public EndpointId? Endpoint { get; set; }

        public bool Paused { get; set; }

        public bool Marked { get; set; }

        public DateTimeOffset LastCallEndedAt { get; set; }

        public DateTimeOffset? RestUntil { get; set; }

        public bool RestYields { get; set; }

        public List<(InteractionId Interaction, string Channel, int Cost, DateTimeOffset? WrapUpUntil)> Carried { get; } = [];

        public void GoHome() => (Endpoint, Paused, Marked, RestUntil) = (null, false, false, null);
    }
}
