using CallCenterKit.Model;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>Keeps its own, simple books of what the engine was told and says, and objects to whatever breaks one of the rules.</summary>
internal sealed partial class Referee(Rules rules, IEngine engine)
{
    private readonly Dictionary<AgentId, AgentBooks> _agents = [];
    private readonly Dictionary<EntryId, EntryBooks> _open = [];
    private readonly HashSet<EntryId> _entered = [];
    private readonly HashSet<EndpointId> _lost = [];
    private LoggedCommand _logged = new(new AdvanceClock(), default, [], []);
    private CallCenterModel _model = CallCenterModel.Empty;
    private DateTimeOffset _now;
    private int _watched;

    public void Watch(LoggedCommand logged)
    {
        _logged = logged;
        PassTimeTo(logged.At);
        BeginAnswers(logged.Command);
        foreach (var happened in logged.Events)
            Watch(happened);
        foreach (var effect in logged.Effects)
            Watch(effect);
        EndAnswers();
        CheckAfterwards();
        _watched++;
    }

    private void Watch(RoutingEvent happened)
    {
        switch (happened)
        {
            case ModelApplied: TakeModel(); break;
            case EndpointReachability e: Watch(e); break;
            case AgentLoggedIn e: Watch(e); break;
            case AgentLoggedOut e: BooksOf(e.Agent).GoHome(); break;
            case AgentLeaving e: BooksOf(e.Agent).Leaving = true; break;
            case AgentPaused e: BooksOf(e.Agent).Paused = true; break;
            case AgentResumed e: Watch(e); break;
            case AgentUnreachable e: Watch(e); break;
            case QueueEntered e: Watch(e); break;
            case QueueRefused e: Watch(e); break;
            case QueueLeft e: Watch(e); break;
            case EntryOpened e: Watch(e); break;
            case CallbackBooked e: Watch(e); break;
            case CallbackCalled e: Watch(e); break;
            case CallbackMissed e: Watch(e); break;
            case ScoresAsked e: Watch(e); break;
            case ScoresEnded e: Watch(e); break;
            case OfferMade e: Watch(e); break;
            case OfferEnded e: Watch(e); break;
            case OfferSettled e: Settle(BooksOf(e.Agent)); break;
            case AssignmentStarted e: Watch(e); break;
            case AssignmentTaken e: Watch(e); break;
            case AssignmentOver e: Watch(e); break;
            case WrapUpEnded e: Watch(e); break;
            case DispositionMissing e: Watch(e); break;
            case DispositionGiven e: Watch(e); break;
        }
    }

    private void Watch(RoutingEffect effect)
    {
        switch (effect)
        {
            case Connect e: Watch(e); break;
            case Release e: Watch(e); break;
            case Announce e: Watch(e); break;
        }
    }

    /// <summary>What counts is the model that was given, whatever the engine makes of it.</summary>
    private void TakeModel()
    {
        if (_logged.Command is not ApplyModel command)
            return;
        var before = _model;
        _model = command.Model;
        foreach (var entry in _open.Values)
        {
            var queue = _model.Queues.GetValueOrDefault(entry.Queue);
            entry.SetRank(queue);
            if (queue?.VipCredit != before.Queues.GetValueOrDefault(entry.Queue)?.VipCredit)
                entry.LastPlace = null;
        }
    }

    private QueueModel? ModelOf(QueueId? queue) => queue is { } id ? _model.Queues.GetValueOrDefault(id) : null;

    private void Object(Rules rule, string what)
    {
        if ((rules & rule) != 0)
            throw new ObjectionException(rule, $"{what} (at {_now:O}, after {_logged.Command})");
    }

    private AgentBooks BooksOf(AgentId agent) => _agents.TryGetValue(agent, out var books) ? books : _agents[agent] = new(agent);
}
