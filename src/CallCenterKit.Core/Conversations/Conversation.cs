using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

/// <summary>Decides what happens on the legs of one interaction. No clock, no I/O, no lock.</summary>
/// <remarks>
/// One mailbox owns it. Events, applied in order, are the only way its lasting state changes; what is being played is
/// not lasting and stands in no event.
/// </remarks>
public sealed class Conversation(InteractionId interaction)
{
    private readonly List<Member> _members = [];
    private readonly HashSet<RecordingId> _recordings = [];
    private CallId? _customer;
    private string? _flow;
    private CallId? _heldBy;
    private QueueId? _waitingIn;
    private string? _music;
    private bool _customerAnswered;
    private bool _customerLeft;
    private bool _finished;

    /// <summary>Which interaction.</summary>
    public InteractionId Interaction { get; } = interaction;

    /// <summary>Whether somebody of ours speaks with the customer now.</summary>
    public bool IsJoined => _members.Count > 0;

    /// <summary>Whether one side holds the other.</summary>
    public bool IsHeld => _heldBy is not null;

    /// <summary>Takes one input in and says what follows.</summary>
    public void Handle(ConversationInput input, ConversationOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        switch (input)
        {
            case CustomerArrived e: Emit(new InteractionStarted(Interaction, e.Party, e.Leg, e.Direction, e.Origin, e.Dialled), output); break;
            case CustomerCalledBack e: Emit(new InteractionCalledBack(Interaction, e.Leg), output); break;
            case AnnouncementDue e: Announce(e, output); break;
            case FlowStarted e: StartFlow(e.Flow, output); break;
            case FlowEnded e: EndFlow(e, output); break;
            case WaitStarted e: StartWait(e, output); break;
            case WaitEnded e: EndWait(e.Queue, output); break;
            case AgentJoined e: Join(new(e.Leg, e.Agent, e.Endpoint), e.Queue, e.Recording, output); break;
            case ExtensionJoined e: Join(new(e.Leg, null, e.Endpoint), null, e.Recording, output); break;
            case LegAnswered e: NoteAnswer(e.Leg, output); break;
            case LegEnded e: EndOf(e, output); break;
            case HoldAsked e: Hold(e.By, output); break;
            case ResumeAsked e: ResumeFrom(e.By, output); break;
            case HangUpAsked e: HangUp(e.Cause, output); break;
            case RecordingClosed e: CloseRecording(e, output); break;
            default: throw new ArgumentOutOfRangeException(nameof(input), input, "Not an input of a conversation.");
        }
        FinishWhenNothingIsLeft(output);
    }

    /// <summary>The only place where lasting state changes.</summary>
    public void Apply(ConversationEvent happened)
    {
        switch (happened)
        {
            case InteractionStarted e: _customer = e.Leg; break;
            case InteractionCalledBack e: (_customer, _customerAnswered, _customerLeft) = (e.Leg, true, false); break;
            case InteractionAnswered: _customerAnswered = true; break;
            case FlowEntered e: _flow = e.Flow; break;
            case FlowLeft: _flow = null; break;
            case ConversationJoined e: _members.Add(new(e.Leg, e.Agent, e.Endpoint)); break;
            case ConversationParted e: Part(e.Leg); break;
            case ConversationHeld e: _heldBy = e.By; break;
            case ConversationResumed: _heldBy = null; break;
            case RecordingStarted e: _recordings.Add(e.Recording); break;
            case RecordingEnded e: _recordings.Remove(e.Recording); break;
            case InteractionEnded or InteractionInterrupted: (_customerLeft, _heldBy) = (true, null); break;
        }
    }

    private void Part(CallId leg)
    {
        _members.RemoveAll(member => member.Leg == leg);
        if (!IsJoined || _heldBy == leg)
            _heldBy = null;
    }

    private void StartFlow(string flow, ConversationOutput output)
    {
        if (_customerLeft)
            output.Add(new CancelFlow());
        else
            Emit(new FlowEntered(Interaction, flow), output);
    }

    private void StartWait(WaitStarted wait, ConversationOutput output)
    {
        if (_customerLeft || IsJoined)
            return;
        (_waitingIn, _music) = (wait.Queue, wait.Music);
        if (wait.Music is not null && _customer is { } customer)
            output.Add(new PlayMusic(customer, wait.Music));
    }

    private void Announce(AnnouncementDue due, ConversationOutput output)
    {
        if (_waitingIn is not null && _customerAnswered && !_customerLeft && _customer is { } customer)
            output.Add(new PlayAnnouncement(customer, due.Sources, _music));
    }

    private void EndWait(QueueId queue, ConversationOutput output)
    {
        if (_waitingIn != queue)
            return;
        _waitingIn = null;
        if (_customerLeft || _customer is not { } customer)
            return;
        output.Add(new StopMusic(customer));
        output.Add(new ReturnToFlow());
    }

    private void EndFlow(FlowEnded ended, ConversationOutput output)
    {
        if (_flow is null)
            return;
        Emit(new FlowLeft(Interaction, ended.Flow, ended.Fault), output);
        if (!_customerLeft && !IsJoined && _customer is { } customer)
            output.Add(new EndLeg(customer, ended.Fault is null ? HangUpCause.Normal : HangUpCause.Failed));
    }

    private void Join(Member member, QueueId? queue, RecordingOrder? recording, ConversationOutput output)
    {
        if (_customerLeft || _customer is not { } customer)
        {
            output.Add(new EndLeg(member.Leg, HangUpCause.Cancelled));
            if (member.Agent is { } agent)
                output.Add(new EndAssignment(agent));
            return;
        }
        _waitingIn = null;
        if (!_customerAnswered)
            output.Add(new AnswerLeg(customer));
        Emit(new ConversationJoined(Interaction, member.Leg, member.Agent, member.Endpoint, queue), output);
        output.Add(new JoinBridge(customer));
        output.Add(new JoinBridge(member.Leg));
        if (recording is not null)
        {
            Emit(new RecordingStarted(Interaction, recording.Id, recording.File), output);
            output.Add(new StartRecording(recording, customer));
        }
    }

    private void NoteAnswer(CallId leg, ConversationOutput output)
    {
        if (leg == _customer && !_customerAnswered)
            Emit(new InteractionAnswered(Interaction, leg), output);
    }

    private void EndOf(LegEnded ended, ConversationOutput output)
    {
        if (ended.Leg == _customer)
            CustomerLeft(ended.Ending, output);
        else if (_members.Find(member => member.Leg == ended.Leg) is { } member)
            MemberLeft(member, ended.Ending, output);
    }

    private void CustomerLeft(CallEnding ending, ConversationOutput output)
    {
        if (_customerLeft)
            return;
        if (_flow is not null)
            output.Add(new CancelFlow());
        foreach (var member in _members)
            output.Add(new EndLeg(member.Leg, HangUpCause.Normal));
        Emit(new InteractionEnded(Interaction, ending.Cause, ending.By), output);
    }

    private void MemberLeft(Member member, CallEnding ending, ConversationOutput output)
    {
        var hearsMusic = IsHeld && _heldBy != _customer;
        Emit(new ConversationParted(Interaction, member.Leg, member.Agent, ending.Cause, ending.By), output);
        if (member.Agent is { } agent)
            output.Add(new EndAssignment(agent));
        if (_customerLeft || IsJoined || _customer is not { } customer)
            return;
        if (hearsMusic)
            output.Add(new StopMusic(customer));
        output.Add(new LeaveBridge(customer));
        foreach (var recording in _recordings)
            output.Add(new StopRecording(recording));
        output.Add(_flow is null ? new EndLeg(customer, HangUpCause.Normal) : new ReturnToFlow());
    }

    private void Hold(CallId by, ConversationOutput output)
    {
        if (!IsJoined || IsHeld || _customerLeft || _customer is not { } customer || !Takes(by))
            return;
        var other = by == customer ? _members[0].Leg : customer;
        Emit(new ConversationHeld(Interaction, by), output);
        output.Add(new LeaveBridge(by));
        output.Add(new LeaveBridge(other));
        output.Add(new PlayMusic(other, null));
    }

    /// <summary>Whether the leg speaks here; a signal of a leg that has left comes late.</summary>
    private bool Takes(CallId leg) => leg == _customer || _members.Exists(member => member.Leg == leg);

    private void ResumeFrom(CallId by, ConversationOutput output)
    {
        if (_heldBy != by || _customerLeft || _customer is not { } customer)
            return;
        var other = by == customer ? _members[0].Leg : customer;
        Emit(new ConversationResumed(Interaction, by), output);
        output.Add(new StopMusic(other));
        output.Add(new JoinBridge(other));
        output.Add(new JoinBridge(by));
    }

    private void HangUp(HangUpCause cause, ConversationOutput output)
    {
        foreach (var member in _members)
            output.Add(new EndLeg(member.Leg, cause));
        if (!_customerLeft && _customer is { } customer)
            output.Add(new EndLeg(customer, cause));
    }

    private void CloseRecording(RecordingClosed closed, ConversationOutput output)
    {
        if (_recordings.Contains(closed.Recording))
            Emit(new RecordingEnded(Interaction, closed.Recording, closed.Length, closed.DroppedFrames, closed.Fault), output);
    }

    private void FinishWhenNothingIsLeft(ConversationOutput output)
    {
        if (_finished || !_customerLeft || IsJoined || _recordings.Count > 0 || _flow is not null)
            return;
        _finished = true;
        output.Add(new Finish());
    }

    private void Emit(ConversationEvent happened, ConversationOutput output)
    {
        Apply(happened);
        output.Add(happened);
    }

    private sealed record Member(CallId Leg, AgentId? Agent, EndpointId Endpoint);
}
