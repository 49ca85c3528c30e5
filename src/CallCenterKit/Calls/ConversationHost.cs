using CallCenterKit.Contacts;
using CallCenterKit.Conversations;
using CallCenterKit.Events;
using CallCenterKit.Flows;
using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Supervisors;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Carries one interaction: its conversation decides, its legs are acted on, its events are written.</summary>
/// <remarks>
/// Two mailboxes: inputs are decided in one, effects are performed in the other, so a leg that is slow to answer never
/// keeps a hang-up from being heard.
/// </remarks>
internal sealed class ConversationHost : ILegListener
{
    private readonly CenterServices _center;
    private readonly Interactions _interactions;
    private readonly Conversation _conversation;
    private readonly ConversationOutput _output = new();
    private readonly JournalWriter _journal;
    private readonly Mailbox<ConversationInput> _inputs;
    private readonly Mailbox<ConversationEffect> _effects;
    private readonly LegActions _legs;
    private readonly PartyDials _dials;
    private readonly Lock _agentsLock = new();
    private readonly List<(CallId Leg, AgentId Agent)> _agents = []; // in the order they came; an agent may be here on two legs
    private QueueId? _queue;

    public ConversationHost(InteractionId interaction, ICall customer, CenterServices center, Interactions interactions)
        : this(Streams.Of(interaction), interaction, customer, center, interactions)
    {
    }

    private ConversationHost(string stream, InteractionId interaction, ICall customer, CenterServices center, Interactions interactions)
    {
        Interaction = interaction;
        Customer = customer;
        _center = center;
        _interactions = interactions;
        _conversation = new(interaction, () => center.NewRecording(interaction));
        _journal = center.OpenJournal(stream);
        _inputs = new(Decide, center.Work);
        _effects = new(PerformAsync, center.Work);
        _legs = new(center, this);
        _legs.Add(customer);
        _dials = new(center, this, interactions);
        Session = new(this, center, interactions);
        Supervisors = new(center, this);
    }

    public InteractionId Interaction { get; }

    /// <summary>The leg of whoever the matter is; another one after it was taken over, or its own party has passed the call on.</summary>
    public ICall Customer { get; private set; }

    /// <summary>Who the customer is, as far as it is known by now.</summary>
    public PartyId Party { get; private set; }

    /// <summary>The flow's side of this interaction.</summary>
    public FlowSession Session { get; }

    /// <summary>Who hears along.</summary>
    public SupervisorLegs Supervisors { get; }

    /// <summary>The queue the customer came to an agent from last; null when they came from none. Any thread.</summary>
    public QueueId? Queue
    {
        get { lock (_agentsLock) { return _queue; } }
    }

    /// <summary>Tells the conversation something. Any thread.</summary>
    public void Post(ConversationInput input) => _inputs.Post(input);

    /// <summary>Writes who the customer is and that the call came; returns the position of the entry.</summary>
    /// <remarks>Once, before any input. The leg is listened to only afterwards; that it has ended meanwhile it says itself.</remarks>
    public long Begin(PartyId party, string origin, string dialled)
    {
        Party = party;
        _conversation.Handle(new CustomerArrived(Customer.Id, party, Customer.Direction, origin, dialled), _output);
        var personal = new PartyIdentified(party, Interaction, Customer.From.Number, Customer.From.Name);
        var position = _journal.Append([.. _output.Events, personal]);
        _interactions.Add(this);
        Listen(Customer);
        return position;
    }

    /// <summary>The customer who asked to be called back is there: the interaction goes on. Listened to from now on.</summary>
    public static ConversationHost CallBack(InteractionId interaction, OfferId offer, ICall customer, CallRecord record, CenterServices center, Interactions interactions)
    {
        // Another writer than the first conversation's, which may still have something to say, so another stream.
        var host = new ConversationHost($"{Streams.Of(interaction)}/callback/{offer}", interaction, customer, center, interactions) { Party = record.Party };
        interactions.Add(host);
        host.Post(new CustomerCalledBack(customer.Id) { Recording = record.RecordingConsent == RecordingConsent.Refused ? RecordingMode.Never : center.Model.Recording });
        host.Listen(customer);
        return host;
    }

    /// <summary>The party that somebody of ours has called is there. That the interaction began is written; listened to from now on.</summary>
    public static ConversationHost Called(InteractionStarted started, ICall customer, CenterServices center, Interactions interactions)
    {
        // Whoever dialled has a writer of its own, so another stream.
        var host = new ConversationHost($"{Streams.Of(started.Interaction)}/called", started.Interaction, customer, center, interactions) { Party = started.Party };
        host._conversation.Apply(started with { Leg = customer.Id });
        interactions.Add(host);
        host.Post(new LegAnswered(customer.Id));
        host.Listen(customer);
        return host;
    }

    /// <summary>Writes who the customer turned out to be. Once, on any thread: so a writer of its own.</summary>
    public void Identify(Contact contact)
    {
        Party = contact.Party;
        _center.OpenJournal($"{Streams.Of(Interaction)}/party").Append([new PartyIdentified(contact.Party, Interaction, Customer.From.Number, contact.Name ?? Customer.From.Name)]);
    }

    /// <summary>Somebody else has come for this interaction.</summary>
    public void Join(ICall leg, ConversationInput joined)
    {
        _legs.Add(leg);
        Note(leg.Id, joined);
        Post(joined);
        Listen(leg);
    }

    /// <summary>Those who talked with one of ours in another interaction.</summary>
    public void TakeIn(IReadOnlyList<ICall> legs, PartiesHandedOver handed)
    {
        foreach (var leg in legs)
            _legs.Add(leg);
        foreach (var party in handed.Parties)
            NoteAgent(party.Agent, party.Leg);
        Post(handed);
        foreach (var leg in legs)
            Listen(leg);
    }

    /// <summary>The leg of an agent who is in this interaction, of two the first; null when the agent is not. Any thread.</summary>
    public CallId? LegOf(AgentId agent)
    {
        lock (_agentsLock)
        {
            var index = _agents.FindIndex(each => each.Agent == agent);
            if (index >= 0)
                return _agents[index].Leg;
        }
        return PhoneOf(Customer) is { } phone && _center.Board.AgentAt(phone)?.Id == agent ? Customer.Id : null;
    }

    /// <summary>Whether the agent is here on another leg than one that was the customer's. Any thread.</summary>
    public bool HasJoined(AgentId agent)
    {
        lock (_agentsLock) { return _agents.Exists(each => each.Agent == agent); }
    }

    /// <summary>The phone of ours that a leg of this interaction leads to; null when it leads elsewhere. Any thread.</summary>
    public EndpointId? PhoneOf(CallId leg) => _legs.TryFind(leg) is { } call ? PhoneOf(call) : null;

    private static EndpointId? PhoneOf(ICall call) => call.Origin switch
    {
        CallOrigin.Dialled { Target: DialTarget.ToEndpoint target } => target.Endpoint,
        CallOrigin.FromEndpoint from => from.Endpoint,
        _ => null,
    };

    /// <inheritdoc />
    public void OnSignal(ICall call, CallSignal signal)
    {
        if (Supervisors.TryTake(call, signal))
            return;
        switch (signal)
        {
            case CallSignal.Answered: Post(new LegAnswered(call.Id)); break;
            case CallSignal.Ended e: EndOf(call, e.Ending); break;
            case CallSignal.HoldAsked: Hold(call); break;
            case CallSignal.ResumeAsked: TakeBack(call); break;
            case CallSignal.QualityChanged e: Post(new QualityChanged(call.Id, e.Quality)); break;
            case CallSignal.TransferAsked e: Transfer(call, e); break;
            case CallSignal.Digit e when call.Id == Customer.Id: Session.PushDigit(e.Key); break;
            default: break;
        }
    }

    private void Hold(ICall call)
    {
        if (PhoneOf(call) is { } phone)
            _interactions.Hold(phone, this, call.Id);
        Post(new HoldAsked(call.Id));
    }

    private void TakeBack(ICall call)
    {
        if (PhoneOf(call) is { } phone)
            _interactions.HoldNoMore(phone, this, call.Id);
        Post(new ResumeAsked(call.Id));
    }

    /// <summary>Only phones of ours pass calls on: whoever calls from outside could call the world at our expense.</summary>
    private void Transfer(ICall call, CallSignal.TransferAsked asked)
    {
        if (PhoneOf(call) is not { } phone)
        {
            call.ReportTransfer(TransferProgress.Rejected);
            return;
        }
        var agent = _center.Board.AgentAt(phone)?.Id;
        if (asked.Replaces is not { } other)
            Post(new TransferAsked(call.Id, TransferTargets.Of(_center, asked.Target, phone), TransferTargets.ActorOf(phone, agent)));
        else
            TransferAttended(call, other, TransferTargets.ActorOf(phone, agent));
    }

    /// <summary>A phone may name its two legs in either order; the interaction that is not its own call goes on.</summary>
    private void TransferAttended(ICall call, CallId other, ActorId actor)
    {
        if (call.Id == Customer.Id && _interactions.ListenerOf(other) is ConversationHost first && first != this && first.Customer.Id != other)
            first.Post(new AttendedTransferAsked(other, call.Id, actor));
        else
            Post(new AttendedTransferAsked(call.Id, other, actor));
    }

    private void Note(CallId leg, ConversationInput joined)
    {
        if (joined is SupervisorJoined supervisor)
            Supervisors.Add(supervisor);
        if (joined is AgentJoined { Queue: { } queue })
        {
            lock (_agentsLock) { _queue = queue; }
        }
        NoteAgent(
            joined switch
            {
                AgentJoined e => e.Agent,
                DialAnswered e => e.Agent,
                LegTakenOver e => e.Agent,
                SecondCallCame e => AgentOn(e.First),
                _ => null,
            },
            leg);
    }

    private AgentId? AgentOn(CallId leg)
    {
        lock (_agentsLock)
        {
            var index = _agents.FindIndex(each => each.Leg == leg);
            return index < 0 ? null : _agents[index].Agent;
        }
    }

    private void NoteAgent(AgentId? agent, CallId leg)
    {
        if (agent is not { } known)
            return;
        lock (_agentsLock) { _agents.Add((leg, known)); }
    }

    private void ForgetAgentOf(CallId leg)
    {
        lock (_agentsLock) { _agents.RemoveAll(each => each.Leg == leg); }
    }

    private void Listen(ICall leg)
    {
        _interactions.Listen(leg.Id, this);
        // What it signalled before, nobody has heard.
        if (leg.Ending is { } ending)
            EndOf(leg, ending);
        else if (leg.IsHolding)
            OnSignal(leg, new CallSignal.HoldAsked());
    }

    private void EndOf(ICall call, CallEnding ending)
    {
        _interactions.ForgetLeg(call.Id);
        ForgetAgentOf(call.Id);
        Supervisors.Forget(call.Id);
        if (PhoneOf(call) is { } phone)
            _interactions.HoldNoMore(phone, this, call.Id);
        Post(new LegEnded(call.Id, ending));
    }

    private ValueTask Decide(ConversationInput input)
    {
        _output.Clear();
        _conversation.Handle(input, _output);
        _journal.Append(_output.Events);
        foreach (var effect in _output.Effects)
            _effects.Post(effect);
        return default;
    }

    private async ValueTask PerformAsync(ConversationEffect effect)
    {
        try
        {
            await PerformOrThrowAsync(effect).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The leg ended first; its own signal says so.
        }
        catch (Exception fault)
        {
            CallsLog.EffectFailed(_center.Logger, fault, effect.GetType().Name, Interaction);
            Post(new HangUpAsked(HangUpCause.Failed, Actors.System));
        }
    }

    private ValueTask PerformOrThrowAsync(ConversationEffect effect)
    {
        switch (effect)
        {
            case AnswerLeg e: return _legs.AnswerAsync(e.Leg);
            case RingLeg e: return _legs.RingAsync(e.Leg);
            case JoinBridge e: return _legs.JoinAsync(e.Leg, e.Bridge);
            case Supervise e: return _legs.SuperviseAsync(e.Leg, e.Bridge, e.Role);
            case LeaveBridge e: return _legs.LeaveAsync(e.Leg, e.Bridge);
            case PlayRinging e: _legs.PlayRinging(e.Leg); return default;
            case PlayMusic e: _legs.Play(e.Leg, e.Music ?? _center.MusicOnHold); return default;
            case PlayAnnouncement e: _legs.Announce(e.Leg, e.Sources, e.Music); return default;
            case StopMusic e: _legs.StopPlaying(e.Leg); return default;
            case EndLeg e: _legs.HangUp(e.Leg, e.Cause); return default;
            case StartRecording e: return _legs.RecordAsync(e.Leg, e.Recording);
            case StopRecording e: _legs.StopRecording(e.Recording); return default;
            case PauseRecording e: _legs.PauseRecording(e.Recording); return default;
            case ResumeRecording e: _legs.ResumeRecording(e.Recording); return default;
            case DeleteRecording e: _legs.DeleteRecording(e.Recording, e.File); return default;
            case ConfirmRecording: Session.RecordingConfirmed(); return default;
            case EndAssignment e: _center.Routing.Post(new AssignmentEnded(e.Agent, Interaction) { InVain = e.InVain }); return default;
            case TakeAssignment e: _center.Routing.Post(new CallTaken(e.Agent, Interaction) { Queue = e.Queue }); return default;
            case DialParty e: _dials.Start(e, e.By is { } by ? _legs.TryFind(by) : null); return default;
            case CancelDial e: _dials.Cancel(e.Dial); return default;
            case ReportTransfer e: _legs.Report(e.Leg, e.Progress); return default;
            case CustomerIs e: Customer = _legs.Find(e.Leg); return default;
            case LeaveFlow: Session.LeaveFlow(); return default;
            case EnterPlace e: Enter(e.Number); return default;
            case AskForHandOver e: Ask(e); return default;
            case HandOver e: Give(e); return default;
            case RefuseHandOver e: _interactions.Find(e.To)?.Post(new HandOverRefused(e.By)); return default;
            case ReturnToFlow: Session.Return(); return default;
            case CancelFlow: Session.CustomerLeft(); return default;
            case Finish: return FinishAsync();
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "Not an effect of a conversation.");
        }
    }

    /// <summary>The dial plan may have changed since it was asked.</summary>
    private void Enter(string number)
    {
        if (_center.DialPlan.Find(number) is { } target)
            _center.Runner.Start(this, target);
        else
            Customer.HangUp(HangUpCause.NotFound);
    }

    private void Ask(AskForHandOver wanted)
    {
        if (_interactions.ListenerOf(wanted.Leg) is ConversationHost other && other != this)
            other.Post(new HandOverAsked(wanted.Leg, Interaction, wanted.By, wanted.Actor));
        else
            Post(new HandOverRefused(wanted.By));
    }

    private void Give(HandOver given)
    {
        var legs = given.Parties.Select(party => _legs.Find(party.Leg)).ToList();
        foreach (var leg in legs)
            ForgetAgentOf(leg.Id);
        if (_interactions.Find(given.To) is not { } other)
        {
            legs.ForEach(leg => leg.HangUp(HangUpCause.Normal));
            return;
        }
        foreach (var party in given.Parties)
        {
            if (party.Agent is { } agent)
                _center.Routing.Post(new CallTaken(agent, given.To) { Queue = party.Queue });
        }
        other.TakeIn(legs, new(given.By, given.Parties, given.Actor));
    }

    private async ValueTask FinishAsync()
    {
        _interactions.Remove(this);
        await _legs.CloseAsync().ConfigureAwait(false);
    }
}
