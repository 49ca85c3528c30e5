using CallCenterKit.Recordings;
using CallCenterKit.Voice;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Conversations;

/// <summary>Does what a conversation wants as a host would, tells it what comes of it when asked to, and objects to what cannot be done.</summary>
internal sealed class LegKeeper
{
    private static readonly CallEnding HungUp = new(HangUpCause.Normal, CallEndedBy.Party);
    private static readonly ActorId Actor = new("agent:somebody");

    /// <summary>How many kinds of things can happen.</summary>
    public const int Things = 28;

    private readonly ConversationOutput _output = new();
    private readonly List<ConversationEffect> _effects = [];
    private readonly List<CallId> _legs = []; // those that live, in the order they came
    private readonly HashSet<CallId> _ending = [];
    private readonly HashSet<CallId> _holding = [];
    private readonly HashSet<CallId> _unanswered = [];
    private readonly Dictionary<CallId, int> _bridges = [];
    private readonly Dictionary<CallId, string> _hears = [];
    private readonly Dictionary<AgentId, int> _assignments = [];
    private readonly List<CallId> _supervisors = []; // those that live; they are no legs of the conversation
    private readonly List<int> _dials = [];
    private readonly HashSet<int> _allDials = [];
    private readonly List<RecordingId> _recordings = []; // whose files are open
    private readonly HashSet<RecordingId> _heard = []; // on which voices are
    private readonly HashSet<CallId> _unrecorded = []; // who must not be recorded
    private RecordingId? _running;
    private int _made;
    private readonly HashSet<CallId> _allSupervisors = [];
    private int _lastSupervisor;
    private int _lastLeg = 1;
    private bool _hasFlow;
    private bool _flowIsEnding;

    public LegKeeper()
    {
        Conversation = new(Interaction(1), () => TestConversation.OrderOf(++_made));
        Customer = Call(1);
        _legs.Add(Customer);
        Tell(new CustomerArrived(Customer, Party(1), CallDirection.Inbound, "trunk:main", "5000"));
        Tell(new LegAnswered(Customer));
        StartFlow();
        Connect();
    }

    public Conversation Conversation { get; }

    public CallId Customer { get; private set; }

    public List<ConversationEvent> Events { get; } = [];

    /// <summary>What happened, supervision left out.</summary>
    public IEnumerable<ConversationEvent> EventsOfParties => Events.Where(happened => happened is not (SupervisionBegan or SupervisionChanged or SupervisionEnded));

    /// <summary>What was to be done on legs that are no supervisor's.</summary>
    public IEnumerable<string> EffectsForParties => _effects.Where(effect => !IsForSupervisor(effect)).Select(effect => $"{effect}");

    public List<string> Objections { get; } = [];

    public int Finished { get; private set; }

    /// <summary>One random thing that somebody does, or that was begun and comes to its end.</summary>
    public void Do(int choice)
    {
        if (_legs.Count == 0)
            return;
        var (what, which) = (choice % Things, choice / Things);
        var leg = _legs[which % _legs.Count];
        switch (what)
        {
            case 0: Tell(new TransferAsked(leg, Target(which), Actor)); break;
            case 1: case 2: Tell(new ConsultAsked(leg, Target(which), Actor)); break;
            case 3: SecondCall(leg); break;
            case 4: Tell(new CompletionAsked(leg, Actor)); break;
            case 5: Tell(new CancellationAsked(leg)); break;
            case 6: Tell(new ConferenceAsked(leg)); break;
            case 7: Tell(new PartyAsked(leg, Target(which))); break;
            case 8: Tell(new AttendedTransferAsked(leg, _legs[^1], Actor)); break;
            case 9: case 10: case 11: Answer(which); break;
            case 12: Fail(which); break;
            case 13: End(leg); break;
            case 14: Hold(leg); break;
            case 15: Resume(leg); break;
            case 16: TakeOver(leg); break;
            case 17: EndWhatIsEnding(); break;
            case 19: Supervise(which); break;
            case 20: ChangeRole(which); break;
            case 21: EndSupervisor(which); break;
            case 18: Tell(new HandOverAsked(leg, Interaction(2), Call(998), Actor)); break;
            case 22: Tell(new RecordingPauseAsked(Actor)); break;
            case 23: Tell(new RecordingResumeAsked(Actor)); break;
            case 24: Tell(new RecordingStartAsked(Actor)); break;
            case 25: Tell(new RecordingStopAsked(Actor)); break;
            case 26: CloseFile(which); break;
            default: Connect(); break;
        }
    }

    /// <summary>Everything that was begun comes to its end.</summary>
    public void Close()
    {
        for (var round = 0; round < 4; round++)
        {
            while (_dials.Count > 0)
                Fail(0);
            foreach (var leg in _legs.ToList())
                End(leg);
            foreach (var recording in _recordings.ToList())
                Tell(new RecordingClosed(recording, TimeSpan.Zero, 0, null));
            EndFlow();
        }
        if (_supervisors.Count > 0)
            Objections.Add($"Supervisors are left: {string.Join(", ", _supervisors)}.");
        if (_assignments.Values.Any(count => count != 0))
            Objections.Add($"Assignments are left: {string.Join(", ", _assignments.Where(each => each.Value != 0))}.");
    }

    /// <summary>Nobody may be forgotten: whoever is there talks, hears something, holds, or is with the flow.</summary>
    public void Check()
    {
        foreach (var leg in _legs.Where(leg => !_ending.Contains(leg) && !_unanswered.Contains(leg) && leg != Customer && !_holding.Contains(leg)))
        {
            if (!_bridges.ContainsKey(leg) && !_hears.ContainsKey(leg))
                Objections.Add($"Leg {leg} is nowhere.");
        }
        foreach (var bridge in _bridges.GroupBy(each => each.Value).Where(bridge => bridge.Count() == 1 && !_ending.Contains(bridge.First().Key)))
            Objections.Add($"Leg {bridge.First().Key} is alone in bridge {bridge.Key}.");
    }

    /// <summary>One recording at a time, of the customer's leg, and no voice of whoever must not be recorded.</summary>
    public void CheckRecordings()
    {
        if (_bridges.TryGetValue(Customer, out var bridge) && bridge == 0 && _running is { } running && _heard.Contains(running))
        {
            foreach (var leg in _bridges.Keys.Where(leg => _bridges[leg] == 0 && _unrecorded.Contains(leg) && !_ending.Contains(leg)))
                Objections.Add($"Leg {leg} is recorded.");
        }
    }

    private void CloseFile(int which)
    {
        if (_recordings.Count == 0)
            return;
        var closed = _recordings[which % _recordings.Count];
        _recordings.Remove(closed);
        _running = closed == _running ? null : _running;
        Tell(new RecordingClosed(closed, TimeSpan.Zero, 0, "disk full"));
    }

    /// <summary>Whether <see cref="Do"/> lets supervisors do something.</summary>
    public static bool IsOfSupervisors(int choice) => choice % Things is 19 or 20 or 21;

    private bool IsForSupervisor(ConversationEffect effect) => effect switch
    {
        Conversations.Supervise => true,
        LeaveBridge e => _allSupervisors.Contains(e.Leg),
        EndLeg e => _allSupervisors.Contains(e.Leg),
        _ => false,
    };

    private void Tell(ConversationInput input)
    {
        _output.Clear();
        Conversation.Handle(input, _output);
        Events.AddRange(_output.Events);
        foreach (var effect in _output.Effects.ToList())
        {
            _effects.Add(effect);
            Perform(effect);
        }
        if (_flowIsEnding)
            EndFlow();
    }

    private void Perform(ConversationEffect effect)
    {
        switch (effect)
        {
            case JoinBridge e when !_bridges.TryAdd(e.Leg, e.Bridge): Objections.Add($"Leg {e.Leg} joins bridge {e.Bridge} but is in {_bridges[e.Leg]}."); break;
            case JoinBridge e when _unanswered.Contains(e.Leg): Objections.Add($"Leg {e.Leg} joins a bridge and is not answered."); break;
            case JoinBridge e: _hears.Remove(e.Leg); break;
            case Conversations.Supervise e: Seat(e); break;
            case LeaveBridge e when !_bridges.Remove(e.Leg, out var bridge) || bridge != e.Bridge: Objections.Add($"Leg {e.Leg} leaves bridge {e.Bridge} but is not in it."); break;
            case PlayMusic e: Hear(e.Leg, "music"); break;
            case PlayRinging e: Hear(e.Leg, "ringing"); break;
            case StopMusic e: _hears.Remove(e.Leg); break;
            case AnswerLeg e: _unanswered.Remove(e.Leg); break;
            case EndLeg e when _supervisors.Remove(e.Leg): _bridges.Remove(e.Leg); break; // It leaves by itself; nobody waits for it.
            case EndLeg e: _ending.Add(e.Leg); break;
            case DialParty e:
                if (!_allDials.Add(e.Dial))
                    Objections.Add($"Dial {e.Dial} is begun twice.");
                _dials.Add(e.Dial);
                break;
            case CancelDial e when !_dials.Contains(e.Dial): Objections.Add($"Dial {e.Dial} is cancelled but over."); break;
            case TakeAssignment e: Count(e.Agent, 1); break;
            case EndAssignment e: Count(e.Agent, -1); break;
            case StartRecording e: Record(e); break;
            case StopRecording e when e.Recording == _running: _running = null; break;
            case PauseRecording e when !_heard.Remove(e.Recording) && _running != e.Recording: Objections.Add($"Recording {e.Recording} is paused but not made."); break;
            case ResumeRecording e when !_heard.Add(e.Recording): Objections.Add($"Recording {e.Recording} is resumed but not paused."); break;
            case CustomerIs e: Customer = e.Leg; break;
            case CancelFlow or LeaveFlow: _flowIsEnding = true; break;
            case HandOver e: e.Parties.ToList().ForEach(party => Forget(party.Leg)); break;
            case Finish: Finished++; break;
        }
    }

    private void Record(StartRecording start)
    {
        if (start.Leg != Customer)
            Objections.Add($"Leg {start.Leg} is recorded, and the customer is on {Customer}.");
        if (_running is { } other)
            Objections.Add($"Recording {start.Recording.Id} is made beside {other}.");
        _recordings.Add(start.Recording.Id);
        _running = start.Recording.Id;
        if (!start.Recording.StartPaused)
            _heard.Add(start.Recording.Id);
    }

    /// <summary>What the rule of whoever is on this leg says.</summary>
    private RecordingMode? RuleOf(CallId leg)
    {
        var rule = (_lastLeg % 5) switch { 0 => RecordingMode.Never, 1 => RecordingMode.OnDemand, 2 => (RecordingMode?)null, _ => RecordingMode.FromAnswer };
        if (rule == RecordingMode.Never)
            _unrecorded.Add(leg);
        return rule;
    }

    private void Count(AgentId agent, int one)
    {
        _assignments[agent] = _assignments.GetValueOrDefault(agent) + one;
        if (_assignments[agent] is < 0 or > 1)
            Objections.Add($"Agent {agent} has {_assignments[agent]} assignments.");
    }

    private void Hear(CallId leg, string what)
    {
        if (_bridges.ContainsKey(leg))
            Objections.Add($"Leg {leg} hears {what} in a bridge.");
        _hears[leg] = what;
    }

    private void Supervise(int which)
    {
        var leg = Call(500 + ++_lastSupervisor);
        _supervisors.Add(leg);
        _allSupervisors.Add(leg);
        var agents = _assignments.Where(each => each.Value > 0).Select(each => each.Key).Append(new("nobody")).ToList();
        Tell(new SupervisorJoined(leg, new("boss"), agents[which % agents.Count], (SupervisionRole)(which % 3), (SupervisionScope)(which % 2), new($"supervisor{_lastSupervisor}")));
    }

    private void ChangeRole(int which)
    {
        if (_supervisors.Count > 0)
            Tell(new SupervisionRoleAsked(_supervisors[which % _supervisors.Count], (SupervisionRole)(which % 3), Actor));
    }

    private void EndSupervisor(int which)
    {
        if (_supervisors.Count == 0)
            return;
        var leg = _supervisors[which % _supervisors.Count];
        if (which % 2 == 0)
        {
            Tell(new SupervisionEndAsked(leg, Actor));
            return;
        }
        _supervisors.Remove(leg);
        _bridges.Remove(leg);
        Tell(new LegEnded(leg, HungUp));
    }

    /// <summary>Nobody hears a supervisor who does not know of it, and no supervisor hears who is not with the supervised.</summary>
    private void Seat(Conversations.Supervise wanted)
    {
        if (!_supervisors.Contains(wanted.Leg))
            Objections.Add($"Leg {wanted.Leg} supervises but is no supervisor's.");
        if (_bridges.TryGetValue(wanted.Leg, out var bridge) && bridge != wanted.Bridge)
            Objections.Add($"Supervisor {wanted.Leg} joins bridge {wanted.Bridge} but is in {bridge}.");
        if (wanted.Role is BridgeRole.WhisperTo whisper && (!_bridges.TryGetValue(whisper.Leg, out var other) || other != wanted.Bridge))
            Objections.Add($"Supervisor {wanted.Leg} whispers to {whisper.Leg}, who is not in bridge {wanted.Bridge}.");
        _bridges[wanted.Leg] = wanted.Bridge;
    }

    private void StartFlow()
    {
        _hasFlow = true;
        Tell(new FlowStarted("welcome"));
    }

    private void EndFlow()
    {
        _flowIsEnding = false;
        if (!_hasFlow)
            return;
        _hasFlow = false;
        Tell(new FlowEnded("welcome"));
    }

    /// <summary>Routing has found an agent.</summary>
    private void Connect()
    {
        if (Conversation.IsJoined)
            return;
        var leg = NewLeg();
        var agent = new AgentId($"agent{_lastLeg}");
        Count(agent, 1);
        Tell(new AgentJoined(leg, agent, new($"phone{_lastLeg}"), new("support"), RuleOf(leg)));
    }

    private void SecondCall(CallId first)
    {
        Hold(first);
        var leg = NewLeg();
        _unanswered.Add(leg);
        Tell(new SecondCallCame(leg, first, Target(0), Actor));
    }

    private void TakeOver(CallId old)
    {
        var leg = NewLeg();
        _unanswered.Add(leg);
        Tell(new LegTakenOver(old, leg, null, new($"phone{_lastLeg}")) { Recording = RuleOf(leg) });
    }

    private void Answer(int which)
    {
        if (_dials.Count == 0)
            return;
        var dial = _dials[which % _dials.Count];
        _dials.Remove(dial);
        var leg = NewLeg();
        Tell(new DialAnswered(dial, leg, which % 3 == 0 ? null : new AgentId($"agent{_lastLeg}"), which % 3 == 1 ? null : new EndpointId($"phone{_lastLeg}"), RuleOf(leg)));
    }

    private void Fail(int which)
    {
        if (_dials.Count == 0)
            return;
        var dial = _dials[which % _dials.Count];
        _dials.Remove(dial);
        Tell(new DialFailed(dial, (which % 2) == 0 ? DialEnd.Busy : DialEnd.NoAnswer));
    }

    private void Hold(CallId leg)
    {
        if (_ending.Contains(leg) || !_holding.Add(leg))
            return;
        Tell(new HoldAsked(leg));
    }

    private void Resume(CallId leg)
    {
        if (_holding.Remove(leg))
            Tell(new ResumeAsked(leg));
    }

    private void EndWhatIsEnding()
    {
        foreach (var leg in _ending.Intersect(_legs).ToList())
            End(leg);
    }

    private void End(CallId leg)
    {
        Forget(leg);
        Tell(new LegEnded(leg, HungUp));
    }

    private void Forget(CallId leg)
    {
        _legs.Remove(leg);
        _ending.Remove(leg);
        _bridges.Remove(leg);
        _hears.Remove(leg);
        _holding.Remove(leg);
    }

    private CallId NewLeg()
    {
        var leg = Call(++_lastLeg);
        _legs.Add(leg);
        return leg;
    }

    private static TransferTarget Target(int which) => (which % 5) switch
    {
        0 or 1 => new TransferTarget.ToPhone(new($"phone-of-target{which}")),
        2 => new TransferTarget.ToOutside("+37060000001", []),
        3 => new TransferTarget.ToPlace("500", "queue:sales"),
        _ => new TransferTarget.Nowhere(DialEnd.Unreachable),
    };
}
