using CallCenterKit.Contacts;
using CallCenterKit.Conversations;
using CallCenterKit.Events;
using CallCenterKit.Flows;
using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using CallCenterKit.Routing;
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
        _conversation = new(interaction);
        _journal = center.OpenJournal(stream);
        _inputs = new(Decide, center.Work);
        _effects = new(PerformAsync, center.Work);
        _legs = new(center, this);
        Session = new(this, center, interactions);
    }

    public InteractionId Interaction { get; }

    public ICall Customer { get; }

    /// <summary>Who the customer is, as far as it is known by now.</summary>
    public PartyId Party { get; private set; }

    /// <summary>The flow's side of this interaction.</summary>
    public FlowSession Session { get; }

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
    public static ConversationHost CallBack(InteractionId interaction, OfferId offer, ICall customer, PartyId party, CenterServices center, Interactions interactions)
    {
        // Another writer than the first conversation's, which may still have something to say, so another stream.
        var host = new ConversationHost($"{Streams.Of(interaction)}/callback/{offer}", interaction, customer, center, interactions) { Party = party };
        interactions.Add(host);
        host.Post(new CustomerCalledBack(customer.Id));
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

    /// <summary>An agent or an extension has answered for this interaction.</summary>
    public void Join(ICall leg, ConversationInput joined)
    {
        _legs.Add(leg);
        Post(joined);
        Listen(leg);
    }

    /// <inheritdoc />
    public void OnSignal(ICall call, CallSignal signal)
    {
        switch (signal)
        {
            case CallSignal.Answered: Post(new LegAnswered(call.Id)); break;
            case CallSignal.Ended e: EndOf(call, e.Ending); break;
            case CallSignal.HoldAsked: Post(new HoldAsked(call.Id)); break;
            case CallSignal.ResumeAsked: Post(new ResumeAsked(call.Id)); break;
            case CallSignal.Digit e when call.Id == Customer.Id: Session.PushDigit(e.Key); break;
            default: break;
        }
    }

    private void Listen(ICall leg)
    {
        _interactions.Listen(leg.Id, this);
        if (leg.Ending is { } ending)
            EndOf(leg, ending);
    }

    private void EndOf(ICall call, CallEnding ending)
    {
        _interactions.ForgetLeg(call.Id);
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
            case JoinBridge e: return _legs.JoinAsync(e.Leg);
            case LeaveBridge e: return _legs.LeaveAsync(e.Leg);
            case PlayMusic e: _legs.Play(e.Leg, e.Music ?? _center.MusicOnHold); return default;
            case PlayAnnouncement e: _legs.Announce(e.Leg, e.Sources, e.Music); return default;
            case StopMusic e: _legs.StopPlaying(e.Leg); return default;
            case EndLeg e: _legs.HangUp(e.Leg, e.Cause); return default;
            case StartRecording e: return _legs.RecordAsync(e.Leg, e.Recording);
            case StopRecording e: _legs.StopRecording(e.Recording); return default;
            case EndAssignment e: _center.Routing.Post(new AssignmentEnded(e.Agent, Interaction)); return default;
            case ReturnToFlow: Session.Return(); return default;
            case CancelFlow: Session.CustomerLeft(); return default;
            case Finish: return FinishAsync();
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "Not an effect of a conversation.");
        }
    }

    private async ValueTask FinishAsync()
    {
        _interactions.Remove(this);
        await _legs.CloseAsync().ConfigureAwait(false);
    }
}
