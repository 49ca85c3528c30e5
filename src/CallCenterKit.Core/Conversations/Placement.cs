using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

/// <summary>Which bridge each leg is in and what is played on it; says what has to be done to make it as it should be.</summary>
/// <remarks>Nothing here is lasting: after a start there are no legs.</remarks>
internal sealed class Placement(ConversationState state)
{
    private readonly Dictionary<CallId, Place> _now = [];
    private readonly Dictionary<CallId, Seat> _seats = [];
    private readonly HashSet<CallId> _unanswered = [];
    private readonly List<Change> _changes = [];

    /// <summary>Played while the customer waits in a queue; null is nothing.</summary>
    public string? WaitMusic { get; set; }

    /// <summary>The leg came in and is answered once there is somebody to talk to.</summary>
    public void Expect(CallId leg) => _unanswered.Add(leg);

    public void NoteAnswer(CallId leg) => _unanswered.Remove(leg);

    /// <summary>The leg is over, or about to be: it leaves its bridge by itself.</summary>
    public void Forget(CallId leg)
    {
        _now.Remove(leg);
        _seats.Remove(leg);
        _unanswered.Remove(leg);
    }

    /// <summary>The leg goes on elsewhere: nothing of this conversation may be heard on it.</summary>
    public void Evict(CallId leg, ConversationOutput output)
    {
        switch (_now.GetValueOrDefault(leg))
        {
            case { Kind: PlaceKind.Bridge } place: output.Add(new LeaveBridge(leg, place.Bridge)); break;
            case { Kind: not PlaceKind.Free }: output.Add(new StopMusic(leg)); break;
        }
        Forget(leg);
    }

    /// <summary>Whatever is played stops, also what this has not begun: an announcement.</summary>
    public void Silence(CallId leg, ConversationOutput output)
    {
        output.Add(new StopMusic(leg));
        _now.Remove(leg);
    }

    /// <summary>Brings every leg to where it should be: all that has to end first, so that no leg is in two bridges.</summary>
    public void Settle(ConversationOutput output)
    {
        _changes.Clear();
        foreach (var party in state.Parties)
        {
            var change = new Change(party, _now.GetValueOrDefault(party.Leg), Wanted(party));
            if (change.From != change.To)
                _changes.Add(change);
        }
        LeaveBridges(customer: false, output);
        LeaveBridges(customer: true, output);
        foreach (var (party, from, to) in _changes)
        {
            if (from.Kind is PlaceKind.Music or PlaceKind.Ringing && to.Kind is PlaceKind.Free or PlaceKind.Bridge)
                output.Add(new StopMusic(party.Leg));
        }
        foreach (var (party, _, to) in _changes)
            Enter(party, to, output);
        foreach (var supervision in state.Supervisions)
            PutNext(supervision, output);
    }

    private void LeaveBridges(bool customer, ConversationOutput output)
    {
        foreach (var (party, from, _) in _changes)
        {
            if (from.Kind == PlaceKind.Bridge && (party.Leg == state.Customer) == customer)
                output.Add(new LeaveBridge(party.Leg, from.Bridge));
        }
    }

    /// <summary>A supervisor is where the agent is, and nowhere while the agent is in no bridge.</summary>
    private void PutNext(Supervision supervision, ConversationOutput output)
    {
        var leg = supervision.Leg;
        var to = SeatOf(supervision);
        var isSeated = _seats.TryGetValue(leg, out var now);
        if (isSeated && now.Bridge != to?.Bridge)
        {
            output.Add(new LeaveBridge(leg, now.Bridge));
            _seats.Remove(leg);
        }
        if (to is not { } seat || (isSeated && now == seat))
            return;
        _seats[leg] = seat;
        output.Add(new Supervise(leg, seat.Bridge, seat.Role));
    }

    private Seat? SeatOf(Supervision supervision) =>
        state.Parties.FindLast(party => party.Agent == supervision.Agent && _now.GetValueOrDefault(party.Leg).Kind == PlaceKind.Bridge) is { } agent
            ? new(_now[agent.Leg].Bridge, RoleOf(supervision.Role, agent.Leg))
            : null;

    private static BridgeRole RoleOf(SupervisionRole role, CallId agent) => role switch
    {
        SupervisionRole.Whisper => new BridgeRole.WhisperTo(agent),
        SupervisionRole.Barge => BridgeRole.Full,
        _ => BridgeRole.ListenOnly,
    };

    private void Enter(ConversationParty party, Place to, ConversationOutput output)
    {
        _now[party.Leg] = to;
        switch (to.Kind)
        {
            case PlaceKind.Bridge:
                if (!IsAnswered(party))
                    output.Add(new AnswerLeg(party.Leg));
                _unanswered.Remove(party.Leg);
                output.Add(new JoinBridge(party.Leg, to.Bridge));
                break;
            case PlaceKind.Music: output.Add(new PlayMusic(party.Leg, to.Music)); break;
            case PlaceKind.Ringing: output.Add(new PlayRinging(party.Leg)); break;
        }
    }

    private bool IsAnswered(ConversationParty party) =>
        !_unanswered.Contains(party.Leg) && (party.Leg != state.Customer || state.CustomerAnswered);

    private Place Wanted(ConversationParty party)
    {
        var now = _now.GetValueOrDefault(party.Leg);
        if (state.CustomerLeft && party.Group == ConversationState.Main)
            return now; // It is being hung up.
        var (hasOthers, isHeard) = CompanyOf(party);
        if (party.Holds && hasOthers)
            return now.Kind == PlaceKind.Bridge ? Place.Free : now;
        if (isHeard)
            return Place.InBridge(party.Group);
        if (hasOthers || (party.Group == ConversationState.Main && state.IsAnybodyAway))
            return Place.Hearing(null);
        return party.Leg == state.Customer && party.Group == ConversationState.Main ? WantedAlone() : WantedByAsker(party);
    }

    private (bool HasOthers, bool IsHeard) CompanyOf(ConversationParty party)
    {
        var company = (HasOthers: false, IsHeard: false);
        foreach (var other in state.Parties)
        {
            if (other != party && other.Group == party.Group)
                company = (true, company.IsHeard || !other.Holds);
        }
        return company;
    }

    private Place WantedAlone()
    {
        if (state.IsSomebodyRungForTheCustomer)
            return Place.Ringing;
        return WaitMusic is { } music ? Place.Hearing(music) : Place.Free;
    }

    private Place WantedByAsker(ConversationParty party) =>
        party.Group != ConversationState.Main && state.Dials.ContainsKey(party.Group) && IsAnswered(party) ? Place.Ringing : Place.Free;

    private enum PlaceKind
    {
        Free,
        Bridge,
        Music,
        Ringing,
    }

    private readonly record struct Change(ConversationParty Party, Place From, Place To);

    private readonly record struct Seat(int Bridge, BridgeRole Role);

    private readonly record struct Place(PlaceKind Kind, int Bridge, string? Music)
    {
        /// <summary>With a flow, or hearing nothing.</summary>
        public static Place Free => default;

        public static Place Ringing => new(PlaceKind.Ringing, 0, null);

        public static Place InBridge(int bridge) => new(PlaceKind.Bridge, bridge, null);

        public static Place Hearing(string? music) => new(PlaceKind.Music, 0, music);
    }
}
