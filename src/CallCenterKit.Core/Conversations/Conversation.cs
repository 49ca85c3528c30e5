using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

/// <summary>Decides what happens on the legs of one interaction. No clock, no I/O, no lock.</summary>
/// <remarks>
/// One mailbox owns it. Events, applied in order, are the only way its lasting state changes; what is being played and
/// whose answer is still awaited is not lasting and stands in no event.
/// </remarks>
public sealed partial class Conversation
{
    private readonly ConversationState _state = new();
    private readonly Placement _placement;
    private readonly HashSet<int> _awaited = []; // dials without a result
    private readonly Func<RecordingOrder>? _newRecording;
    private QueueId? _waitingIn;
    private bool _wasServed;
    private HangUpCause _whyAlone = HangUpCause.Normal;
    private bool _isEnding;
    private bool _finished;

    /// <summary>A conversation before anything has happened.</summary>
    /// <param name="interaction">Which interaction.</param>
    /// <param name="newRecording">Names a recording that is about to be made; null: nothing is recorded.</param>
    public Conversation(InteractionId interaction, Func<RecordingOrder>? newRecording = null)
    {
        Interaction = interaction;
        _newRecording = newRecording;
        _placement = new(_state);
    }

    /// <summary>Which interaction.</summary>
    public InteractionId Interaction { get; }

    /// <summary>Whether somebody else than the customer is in the conversation.</summary>
    public bool IsJoined => _state.Others.Any();

    /// <summary>Whether somebody holds the others.</summary>
    public bool IsHeld => IsJoined && _state.Parties.Exists(party => party.Holds);

    /// <summary>Takes one input in and says what follows.</summary>
    public void Handle(ConversationInput input, ConversationOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        switch (input)
        {
            case CustomerArrived e: Emit(new InteractionStarted(Interaction, e.Party, e.Leg, e.Direction, e.Origin, e.Dialled), output); break;
            case CustomerCalledBack e: Emit(new InteractionCalledBack(Interaction, e.Leg) { Recording = e.Recording }, output); break;
            case AnnouncementDue e: Announce(e, output); break;
            case FlowStarted e: StartFlow(e, output); break;
            case FlowEnded e: EndFlow(e, output); break;
            case WaitStarted e: StartWait(e, output); break;
            case WaitEnded e: EndWait(e.Queue, output); break;
            case AgentJoined e: Join(e, output); break;
            case ExtensionJoined e: Join(new(e.Leg, null, e.Endpoint) { Recording = e.Recording }, null, output); break;
            case LegAnswered e: NoteAnswer(e.Leg, output); break;
            case LegEnded e: EndOf(e, output); break;
            case HoldAsked e: Hold(e.By, output); break;
            case ResumeAsked e: ResumeFrom(e.By, output); break;
            case QualityChanged e: NoteQuality(e.Leg, e.Quality, output); break;
            case TransferAsked e: Transfer(e, output); break;
            case ConsultAsked e: Consult(e, output); break;
            case SecondCallCame e: ConsultBySecondCall(e, output); break;
            case CompletionAsked e: Complete(e, output); break;
            case CancellationAsked e: CancelConsultation(e.By, output); break;
            case ConferenceAsked e: JoinAll(e.By, output); break;
            case PartyAsked e: AddParty(e, output); break;
            case RemovalAsked e: Remove(e.Leg, output); break;
            case AttendedTransferAsked e: TransferAttended(e, output); break;
            case LegTakenOver e: TakeOver(e, output); break;
            case HandOverAsked e: GiveAway(e, output); break;
            case PartiesHandedOver e: TakeIn(e, output); break;
            case HandOverRefused e: Report(e.By, TransferProgress.Rejected, output); break;
            case DialRings e: NoteRinging(e.Dial, output); break;
            case DialAnswered e: EndDial(e, output); break;
            case DialFailed e: EndDial(e, output); break;
            case HangUpAsked e: HangUp(e.Cause, output); break;
            case RecordingStartAsked e: StartRecording(e, output); break;
            case RecordingStopAsked e: StopRecording(e, output); break;
            case RecordingPauseAsked e: PauseRecording(e, output); break;
            case RecordingResumeAsked e: ResumeRecording(e, output); break;
            case ConsentNoted e: TakeConsent(e.Consent, output); break;
            case RecordingClosed e: CloseRecording(e, output); break;
            case RecordingDeleted e: NoteDeletion(e, output); break;
            case SupervisorJoined e: BeginSupervision(e, output); break;
            case SupervisionRoleAsked e: ChangeSupervision(e, output); break;
            case SupervisionEndAsked e: WithdrawSupervision(e, output); break;
            default: throw new ArgumentOutOfRangeException(nameof(input), input, "Not an input of a conversation.");
        }
        ReturnWhoeverIsAlone(output);
        FollowSupervised(output);
        PauseAsRuled(output);
        Settle(output);
        RecordAsRuled(output);
        FinishWhenNothingIsLeft(output);
    }

    /// <summary>The only place where lasting state changes.</summary>
    public void Apply(ConversationEvent happened) => _state.Apply(happened);

    private void StartFlow(FlowStarted started, ConversationOutput output)
    {
        if (_state.CustomerLeft)
            output.Add(new CancelFlow());
        else
            Emit(new FlowEntered(Interaction, started.Flow) { Recording = started.Recording }, output);
    }

    private void NoteQuality(CallId leg, CallQuality quality, ConversationOutput output)
    {
        if (!_state.Parties.Exists(party => party.Leg == leg))
            return;
        var mos = Math.Round(quality.Mos, 2);
        if (quality.IsPoor)
            Emit(new LegQualityPoor(Interaction, leg, mos, Math.Round(quality.Loss, 4), quality.Jitter, quality.RoundTrip), output);
        else
            Emit(new LegQualityGood(Interaction, leg, mos), output);
    }

    private void StartWait(WaitStarted wait, ConversationOutput output)
    {
        if (_state.CustomerLeft || _state.IsServed)
            return;
        (_waitingIn, _placement.WaitMusic) = (wait.Queue, wait.Music);
        RuleByQueue(wait.Queue, wait.Recording, output);
    }

    private void Announce(AnnouncementDue due, ConversationOutput output)
    {
        if (_waitingIn is not null && _state is { CustomerAnswered: true, CustomerLeft: false, Customer: { } customer })
            output.Add(new PlayAnnouncement(customer, due.Sources, _placement.WaitMusic));
    }

    private void EndWait(QueueId queue, ConversationOutput output)
    {
        if (_waitingIn != queue)
            return;
        NobodyWaits();
        if (_state.CustomerLeft || _state.Customer is not { } customer)
            return;
        RuleByQueue(null, null, output);
        _placement.Silence(customer, output);
        output.Add(new ReturnToFlow());
    }

    private void NobodyWaits() => (_waitingIn, _placement.WaitMusic) = (null, null);

    private void EndFlow(FlowEnded ended, ConversationOutput output)
    {
        if (_state.Flow is null)
            return;
        Emit(new FlowLeft(Interaction, ended.Flow, ended.Fault), output);
        if (_state.Transfer is { Number: { } number } transfer)
            Enter(number, transfer.Transfer, output);
        else if (!_state.CustomerLeft && !_state.IsServed && _state.Customer is { } customer)
            output.Add(new EndLeg(customer, ended.Fault is null ? HangUpCause.Normal : HangUpCause.Failed));
    }

    private void Join(AgentJoined joined, ConversationOutput output)
    {
        if (!_state.CustomerLeft && joined.Queue is not null)
            RuleByQueue(joined.Queue, joined.QueueRecording, output);
        Join(new(joined.Leg, joined.Agent, joined.Endpoint) { Recording = joined.Recording }, joined.Queue, output);
    }

    private void Join(ConversationParty member, QueueId? queue, ConversationOutput output)
    {
        if (_state.CustomerLeft || _state.Customer is null)
        {
            output.Add(new EndLeg(member.Leg, HangUpCause.Cancelled));
            if (member.Agent is { } agent)
                output.Add(new EndAssignment(agent));
            return;
        }
        NobodyWaits();
        Emit(new ConversationJoined(Interaction, member.Leg, member.Agent, member.Endpoint ?? ConversationJoined.Outside, queue)
        {
            IsOutside = member.Endpoint is null,
            Recording = member.Recording,
        }, output);
    }

    private void NoteAnswer(CallId leg, ConversationOutput output)
    {
        _placement.NoteAnswer(leg);
        if (leg == _state.Customer && _state is { CustomerAnswered: false, CustomerLeft: false })
            Emit(new InteractionAnswered(Interaction, leg), output);
    }

    private void EndOf(LegEnded ended, ConversationOutput output)
    {
        if (TryLoseSupervisor(ended.Leg, output) || _state.Find(ended.Leg) is not { } party)
            return;
        _placement.Forget(ended.Leg);
        if (_state.ConsultationOf(ended.Leg) is { } consultation)
            LeaveConsultation(consultation, party, output);
        if (ended.Leg == _state.Customer)
            CustomerLeft(party, ended.Ending, output);
        else
            Part(party, ended.Ending.Cause, ended.Ending.By, output);
    }

    private void CustomerLeft(ConversationParty customer, CallEnding ending, ConversationOutput output)
    {
        if (_state.Flow is not null)
            output.Add(new CancelFlow());
        EndWhatWasBegun(output);
        foreach (var member in _state.Others.Where(member => member.Group == ConversationState.Main))
            output.Add(new EndLeg(member.Leg, HangUpCause.Normal));
        Emit(new InteractionEnded(Interaction, ending.Cause, ending.By), output);
        EndAssignmentOf(customer, isInVain: false, output);
    }

    private void Part(ConversationParty member, HangUpCause cause, CallEndedBy by, ConversationOutput output)
    {
        Emit(new ConversationParted(Interaction, member.Leg, member.Agent, cause, by), output);
        EndAssignmentOf(member, isInVain: !member.HasServed, output);
    }

    /// <summary>One agent may be here on two legs.</summary>
    private void EndAssignmentOf(ConversationParty party, bool isInVain, ConversationOutput output)
    {
        if (party.Agent is { } agent && !_state.Parties.Exists(other => other.Agent == agent))
            output.Add(new EndAssignment(agent, isInVain));
    }

    /// <summary>A customer whom nobody serves any more goes back to the flow, or is told goodbye.</summary>
    private void ReturnWhoeverIsAlone(ConversationOutput output)
    {
        var isAlone = _wasServed && !_state.IsServed && !_state.CustomerLeft && !_isEnding;
        _wasServed = _state.IsServed;
        if (!isAlone || _state.Customer is not { } customer)
            return;
        RuleByQueue(null, null, output);
        Settle(output);
        output.Add(_state.Flow is null ? new EndLeg(customer, _whyAlone) : new ReturnToFlow());
        _whyAlone = HangUpCause.Normal;
    }

    private void Hold(CallId by, ConversationOutput output)
    {
        if (Present(by) is { Holds: false })
            Emit(new ConversationHeld(Interaction, by), output);
    }

    private void ResumeFrom(CallId by, ConversationOutput output)
    {
        if (Present(by) is { Holds: true })
            Emit(new ConversationResumed(Interaction, by), output);
    }

    /// <summary>Whoever speaks here with somebody else.</summary>
    private ConversationParty? Speaking(CallId leg) => IsJoined ? Present(leg) : null;

    /// <summary>Whoever is here, also alone: who holds before there is somebody holds whoever comes. A signal of a leg that has left comes late.</summary>
    private ConversationParty? Present(CallId leg) =>
        _state.Find(leg) is { } party && !(_state.CustomerLeft && party.Group == ConversationState.Main) ? party : null;

    private void HangUp(HangUpCause cause, ConversationOutput output)
    {
        _isEnding = true;
        EndWhatWasBegun(output);
        foreach (var consultation in _state.Consultations.ToList())
            Emit(new ConsultationOver(Interaction, consultation.Number, ConsultationEnd.Cancelled), output);
        foreach (var member in _state.Others)
            output.Add(new EndLeg(member.Leg, cause));
        if (!_state.CustomerLeft && _state.Customer is { } customer)
            output.Add(new EndLeg(customer, cause));
    }

    private void Settle(ConversationOutput output)
    {
        if (!_isEnding)
            _placement.Settle(output);
    }

    private void FinishWhenNothingIsLeft(ConversationOutput output)
    {
        if (_finished || !_state.CustomerLeft || IsJoined || _state.Recordings.Count > 0 || _deleting.Count > 0 || _state.Flow is not null || _awaited.Count > 0)
            return;
        _finished = true;
        output.Add(new Finish());
    }

    private void Emit(ConversationEvent happened, ConversationOutput output)
    {
        Apply(happened);
        output.Add(happened);
    }
}
