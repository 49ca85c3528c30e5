using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

// Who waits where, since when, and how it ends.
internal sealed partial class Referee
{
    /// <summary>Interactions for which a <see cref="Connect"/> or <see cref="Release"/> is still due.</summary>
    private readonly HashSet<InteractionId> _unanswered = [];

    /// <summary>What the command enqueues although it waits already: it moves, unless its time is up first.</summary>
    private InteractionId? _comesAgain;

    /// <summary>Stays that ended while this command was handled: those that go on elsewhere keep their time.</summary>
    private readonly Dictionary<InteractionId, EntryBooks> _justLeft = [];

    public void CheckThatAllIsOver()
    {
        if (_open.Count > 0)
            Object(Rules.EachEndsOnce, $"{_open.Values.First()} has not ended");
        if (_unanswered.Count > 0)
            Object(Rules.EachEndsOnce, $"{_unanswered.First()} was enqueued and never answered");
    }

    private void BeginAnswers(RoutingCommand command)
    {
        _justLeft.Clear();
        _joined.Clear();
        _answered.Clear();
        var comes = command switch
        {
            Enqueue enqueue => enqueue.Interaction,
            Escalate escalate when IsTalking(escalate.Agent, escalate.Interaction) => escalate.Interaction,
            _ => (InteractionId?)null,
        };
        _comesAgain = comes is { } interaction && !_unanswered.Add(interaction) ? comes : null;
    }

    /// <summary>One that waited, whose time was up at that very instant, and that was enqueued anew by the same command.</summary>
    private void EndAnswers()
    {
        if (_comesAgain is { } interaction && Find(interaction) is not null)
            _unanswered.Add(interaction);
    }

    private bool IsTalking(AgentId agent, InteractionId interaction) =>
        BooksOf(agent).Carried.Exists(each => each.Interaction == interaction && each is { WrapUpUntil: null, Calling: null });

    private void Watch(QueueEntered happened)
    {
        if (!_entered.Add(happened.Entry))
            Object(Rules.EachEndsOnce, $"{happened.Entry} was used before");
        if (Find(happened.Interaction) is { } other)
            Object(Rules.EachEndsOnce, $"{happened.Interaction} waits twice, as {other.Id} and {happened.Entry}");
        if (LengthOf(happened.Queue) >= _model.Queues.GetValueOrDefault(happened.Queue)?.MaxLength)
            Object(Rules.LengthsExact, $"{happened.Queue} is full, and {happened.Interaction} was let in");
        var entry = Open(happened);
        if (entry.EnqueuedAt != happened.EnqueuedAt)
            Object(Rules.PlacesNeverWorsen, $"{entry} has waited since {entry.EnqueuedAt:O}, not {happened.EnqueuedAt:O}");
        foreach (var waiting in _open.Values)
        {
            if (waiting.Queue == entry.Queue && entry.Rank.CompareTo(waiting.Rank) < 0)
                waiting.CameBefore++;
        }
        _open[happened.Entry] = entry;
    }

    /// <summary>Its time and credits are what the command says, or what they were where it comes from; not what the engine says.</summary>
    private EntryBooks Open(QueueEntered happened)
    {
        var earlier = _justLeft.GetValueOrDefault(happened.Interaction);
        var since = earlier?.EnqueuedAt ?? _now;
        var entry = _logged.Command switch
        {
            Enqueue e when e.Interaction == happened.Interaction && (earlier is null || ReferenceEquals(e.Credits, happened.Credits)) =>
                new EntryBooks(happened) { EnqueuedAt = e.EnqueuedAt < since ? e.EnqueuedAt.Value : since, Credits = e.Credits, Vip = e.Vip },
            _ => new EntryBooks(happened) { EnqueuedAt = since, Credits = earlier?.Credits ?? [], Vip = earlier?.Vip ?? false },
        };
        entry.SetRank(_model.Queues.GetValueOrDefault(happened.Queue));
        return entry;
    }

    private void Watch(QueueRefused happened)
    {
        var queue = _model.Queues.GetValueOrDefault(happened.Queue);
        var isFull = LengthOf(happened.Queue) >= queue?.MaxLength;
        if (happened.Reason == QueueRefusal.Full != isFull && queue is not null)
            Object(Rules.LengthsExact, $"{happened.Queue} has {LengthOf(happened.Queue)} of {queue.MaxLength}, and refuses because it is {happened.Reason}");
    }

    private void Watch(QueueLeft happened)
    {
        if (!_open.Remove(happened.Entry, out var entry))
        {
            Object(Rules.EachEndsOnce, $"{happened.Entry} ended twice, or never began");
            return;
        }
        if (happened.Waited != _now - entry.EnqueuedAt)
            Object(Rules.PlacesNeverWorsen, $"{entry} has waited for {_now - entry.EnqueuedAt}, not {happened.Waited}");
        if (entry.Ringing.Count > 0)
            Object(Rules.OneWinner, $"{entry} has gone, and rings on");
        if (happened.Exit == QueueExit.Moved)
            _justLeft[happened.Interaction] = entry;
    }

    private void Watch(EntryOpened happened)
    {
        if (!_open.TryGetValue(happened.Entry, out var entry))
            return;
        if (happened.Kind == OpeningKind.Owner)
            entry.WaitsForOwner = false;
        else if (happened.Kind == OpeningKind.Tier)
            entry.TiersOpened = happened.Step - 1;
        else
            entry.Relaxed = happened.Step;
    }

    private void Watch(CallbackBooked happened)
    {
        if (_open.TryGetValue(happened.Entry, out var entry))
            entry.Reach = PartyReach.ToBeCalled;
    }

    private void Watch(CallbackCalled happened)
    {
        BooksOf(happened.Agent).RestUntil = null;
        if (!_open.TryGetValue(happened.Entry, out var entry))
            return;
        (entry.Calling, entry.RetryAt) = (happened.Offer, null);
        BooksOf(happened.Agent).Carried.Add(new(entry.Interaction, entry.Queue, entry.Channel, entry.Cost) { Calling = happened.Offer });
    }

    private void Watch(CallbackMissed happened)
    {
        if (_open.TryGetValue(happened.Entry, out var entry))
            (entry.Calling, entry.RetryAt) = (null, happened.RetryAt);
        foreach (var books in _agents.Values)
            books.Carried.RemoveAll(each => each.Calling == happened.Offer);
    }

    private void Watch(ScoresAsked happened)
    {
        if (_open.TryGetValue(happened.Entry, out var entry))
            entry.IsScored = true;
    }

    private void Watch(ScoresEnded happened)
    {
        if (_open.TryGetValue(happened.Entry, out var entry))
            (entry.IsScored, entry.FellBack) = (false, happened.Outcome == ScoringOutcome.FellBack);
    }

    private void Watch(Release effect)
    {
        if (!_unanswered.Remove(effect.Interaction) && _comesAgain != effect.Interaction)
            Object(Rules.EachEndsOnce, $"{effect.Interaction} is given back ({effect.Outcome}), and nobody waits for that");
        if (effect.Outcome is QueueOutcome.CallbackBooked { Already: false })
            _unanswered.Add(effect.Interaction);
    }

    private void Watch(Announce effect)
    {
        if (!_open.TryGetValue(effect.Entry, out var entry))
            return;
        if (effect.Place > entry.ToldPlace)
            Object(Rules.PlacesNeverWorsen, $"{entry} is told place {effect.Place} after {entry.ToldPlace}");
        entry.ToldPlace = effect.Place ?? entry.ToldPlace;
    }

    private int LengthOf(QueueId queue)
    {
        var length = 0;
        foreach (var entry in _open.Values)
            length += entry.Queue == queue ? 1 : 0;
        return length;
    }

    private EntryBooks? Find(InteractionId interaction)
    {
        foreach (var entry in _open.Values)
        {
            if (entry.Interaction == interaction)
                return entry;
        }
        return null;
    }
}
