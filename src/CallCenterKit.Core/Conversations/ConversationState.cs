using CallCenterKit.Recordings;

namespace CallCenterKit.Conversations;

/// <summary>Who is in one interaction and what they do there. Changes by events alone.</summary>
internal sealed class ConversationState
{
    /// <summary>The number of the group that the customer is in.</summary>
    public const int Main = 0;

    public CallId? Customer { get; private set; }

    public bool CustomerAnswered { get; private set; }

    public bool CustomerLeft { get; private set; }

    public string? Flow { get; private set; }

    /// <summary>Everybody, in the order they came; each in one group.</summary>
    public List<ConversationParty> Parties { get; } = [];

    public List<Consultation> Consultations { get; } = [];

    /// <summary>Who is being rung, by number.</summary>
    public Dictionary<int, DialPurpose> Dials { get; } = [];

    /// <summary>The transfer whose end is not known yet.</summary>
    public TransferBegan? Transfer { get; private set; }

    /// <summary>Who hears along; none of them is a party.</summary>
    public List<Supervision> Supervisions { get; } = [];

    /// <summary>Those whose files are not closed.</summary>
    public HashSet<RecordingId> Recordings { get; } = [];

    /// <summary>The file of every recording that was made and is still kept.</summary>
    public Dictionary<RecordingId, string> Files { get; } = [];

    /// <summary>The one that is being made; null while none is.</summary>
    public RecordingInProgress? Recording { get; private set; }

    /// <summary>Who has paused it; null while it is not.</summary>
    public ActorId? PausedBy { get; private set; }

    /// <summary>The leg that was recorded last: rules begin one recording of a leg and no second one.</summary>
    public CallId? RecordedLeg { get; private set; }

    /// <summary>What the customer said to being recorded; null when they were not asked. Asked again, a no counts until there is a yes.</summary>
    public RecordingConsent? Consent { get; private set; }

    /// <summary>The rule of the number that led the customer where they are, and of the center.</summary>
    public RecordingMode? PlaceRecording { get; private set; }

    /// <summary>The rule of the queue the customer waits in or was brought from.</summary>
    public RecordingMode? QueueRecording { get; private set; }

    /// <summary>The queue that whoever is with the customer came from last; null when they came from none.</summary>
    public QueueId? Queue { get; private set; }

    /// <summary>The last number given to a dial or a transfer.</summary>
    public int LastNumber { get; private set; }

    /// <summary>Those who are there besides the customer.</summary>
    public IEnumerable<ConversationParty> Others => Parties.Where(party => party.Leg != Customer);

    /// <summary>Whether somebody is, or will soon be, with the customer.</summary>
    public bool IsServed => !CustomerLeft && (IsAnybodyWithTheCustomer || IsAnybodyAway || IsSomebodyRungForTheCustomer);

    public bool IsSomebodyRungForTheCustomer
    {
        get
        {
            foreach (var purpose in Dials.Values)
            {
                if (purpose is not DialPurpose.Consult)
                    return true;
            }
            return false;
        }
    }

    /// <summary>Whether somebody who was with the customer speaks with a third party now.</summary>
    public bool IsAnybodyAway => Consultations.Count > 0 && Consultations.Exists(IsAway);

    /// <summary>Whether somebody is with the customer now.</summary>
    public bool IsAnybodyWithTheCustomer
    {
        get
        {
            foreach (var party in Parties)
            {
                if (party.Group == Main && party.Leg != Customer)
                    return true;
            }
            return false;
        }
    }

    /// <summary>The rules of those who are together with the customer.</summary>
    public RecordingMode? RecordingOfParties()
    {
        RecordingMode? mode = null;
        foreach (var party in Parties)
        {
            if (party.Group == Main)
                mode = RecordingPolicy.Together(mode, party.Recording);
        }
        return mode;
    }

    public ConversationParty? Find(CallId leg) => Parties.Find(party => party.Leg == leg);

    /// <summary>The consultation that this leg asked for, or is in.</summary>
    public Consultation? ConsultationOf(CallId leg) => Consultations.Find(each => each.Asker == leg || each.Via == leg || each.Consulted == leg);

    public Supervision? SupervisionOn(CallId leg) => Supervisions.Find(each => each.Leg == leg);

    /// <summary>Whether the asking party has one leg only, which is with the consulted party.</summary>
    public bool IsAway(Consultation consultation) => consultation.Asker == consultation.Via && Find(consultation.Asker) is not null;

    public void Apply(ConversationEvent happened)
    {
        switch (happened)
        {
            case InteractionStarted e: BeginWith(e.Leg, e.Recording); break;
            case InteractionCalledBack e: BeginWith(e.Leg, e.Recording); CustomerAnswered = true; break;
            case InteractionAnswered: CustomerAnswered = true; break;
            case FlowEntered e: (Flow, PlaceRecording, QueueRecording) = (e.Flow, e.Recording, null); break;
            case FlowLeft: Flow = null; break;
            case ConversationJoined e: Join(e); break;
            case ConversationParted e: Parties.RemoveAll(party => party.Leg == e.Leg); break;
            case ConversationHeld e: SetHold(e.By, true); break;
            case ConversationResumed e: SetHold(e.By, false); break;
            case PartyDialled e: (Dials[e.Dial], LastNumber) = (e.Purpose, e.Dial); break;
            case PartyDialEnded e: Dials.Remove(e.Dial); break;
            case ConsultationBegan e: Begin(e); break;
            case ConsultationOver e: End(e); break;
            case TransferBegan e: (Transfer, LastNumber) = (e, Math.Max(LastNumber, e.Transfer)); break;
            case TransferOver: Transfer = null; break;
            case LegReplaced e: Replace(e); break;
            case CustomerChanged e: Customer = e.Leg; break;
            case RecordingRuled e: QueueRecording = e.Mode; break;
            case RecordingStarted e: Begin(e); break;
            case RecordingPaused e when e.Recording == Recording?.Id: PausedBy = e.By; break;
            case RecordingResumed e when e.Recording == Recording?.Id: PausedBy = null; break;
            case RecordingStopped e: Forget(e.Recording); break;
            case RecordingEnded e: Recordings.Remove(e.Recording); Forget(e.Recording); break;
            case RecordingDiscarded e: Files.Remove(e.Recording); break;
            case RecordingConsentAsked when Consent != RecordingConsent.Refused: Consent = RecordingConsent.Asked; break;
            case RecordingConsentGiven: Consent = RecordingConsent.Given; break;
            case RecordingConsentRefused: (Consent, Recording, PausedBy) = (RecordingConsent.Refused, null, null); break;
            case SupervisionBegan e: Supervisions.Add(new(e.Leg, e.Agent, e.Role, e.Scope, e.By)); break;
            case SupervisionChanged e: Change(e); break;
            case SupervisionEnded e: Supervisions.RemoveAll(each => each.Leg == e.Leg); break;
            case InteractionEnded or InteractionInterrupted: End(); break;
        }
    }

    private void BeginWith(CallId customer, RecordingMode? recording)
    {
        (Customer, CustomerLeft, PlaceRecording) = (customer, false, recording);
        Parties.Add(new(customer, null, null));
    }

    private void Join(ConversationJoined joined)
    {
        var group = joined.Consultation ?? Main;
        Queue = joined.Queue ?? Queue;
        var hasServed = group == Main || (joined.Agent is { } agent && Parties.Exists(party => party.Agent == agent && party.HasServed));
        Parties.Add(new(joined.Leg, joined.Agent, joined.IsOutside ? null : joined.Endpoint) { Group = group, HasServed = hasServed, Recording = joined.Recording });
        var index = Consultations.FindIndex(each => each.Number == group && each.Via != joined.Leg);
        if (index >= 0)
            Consultations[index] = Consultations[index] with { Consulted = joined.Leg };
    }

    private void Begin(RecordingStarted started)
    {
        Recordings.Add(started.Recording);
        Files[started.Recording] = started.File;
        RecordedLeg = started.Leg ?? Customer;
        (Recording, PausedBy) = (new(started.Recording, RecordedLeg, started.By), null);
    }

    private void Forget(RecordingId recording)
    {
        if (recording == Recording?.Id)
            (Recording, PausedBy) = (null, null);
    }

    private void SetHold(CallId leg, bool holds)
    {
        if (Find(leg) is { } party)
            party.Holds = holds;
    }

    private void Begin(ConsultationBegan began)
    {
        Consultations.Add(new(began.Consultation, began.Asker, began.Via, began.Target));
        if (began.Via == began.Asker && Find(began.Via) is { } asker)
            (asker.Group, asker.Holds) = (began.Consultation, false);
    }

    private void End(ConsultationOver over)
    {
        Consultations.RemoveAll(each => each.Number == over.Consultation);
        foreach (var party in Parties.Where(party => party.Group == over.Consultation))
        {
            party.Group = Main;
            party.HasServed |= !CustomerLeft && over.End is ConsultationEnd.Transferred or ConsultationEnd.Joined;
        }
        if (over.End == ConsultationEnd.Transferred && Dials.ContainsKey(over.Consultation))
            Dials[over.Consultation] = DialPurpose.Transfer; // It rings on, now for the customer.
    }

    private void Replace(LegReplaced replaced)
    {
        var index = Parties.FindIndex(party => party.Leg == replaced.Old);
        if (index < 0)
            return;
        Parties[index] = new(replaced.New, replaced.Agent, replaced.Endpoint) { Group = Parties[index].Group, HasServed = Parties[index].HasServed, Recording = replaced.Recording };
        if (Customer == replaced.Old)
            Customer = replaced.New;
        for (var i = 0; i < Consultations.Count; i++)
        {
            var each = Consultations[i];
            Consultations[i] = each with { Asker = New(each.Asker), Via = New(each.Via), Consulted = each.Consulted is { } leg ? New(leg) : null };
        }

        CallId New(CallId leg) => leg == replaced.Old ? replaced.New : leg;
    }

    private void Change(SupervisionChanged changed)
    {
        var index = Supervisions.FindIndex(each => each.Leg == changed.Leg);
        if (index >= 0)
            Supervisions[index] = Supervisions[index] with { Agent = changed.Agent, Role = changed.Role };
    }

    private void End()
    {
        CustomerLeft = true;
        Parties.RemoveAll(party => party.Leg == Customer);
        foreach (var party in Parties.Where(party => party.Group == Main))
            party.Holds = false;
    }
}

/// <summary>One of those in a conversation.</summary>
internal sealed class ConversationParty(CallId leg, AgentId? agent, EndpointId? endpoint)
{
    public CallId Leg => leg;

    public AgentId? Agent => agent;

    /// <summary>On which phone of ours; null outside.</summary>
    public EndpointId? Endpoint => endpoint;

    /// <summary>With whom: those of the same number talk with each other.</summary>
    public int Group { get; set; }

    /// <summary>Whether it has put the others on hold.</summary>
    public bool Holds { get; set; }

    /// <summary>Whether it was with the customer, on this leg or on one before, and not only consulted about them.</summary>
    public bool HasServed { get; set; }

    /// <summary>What is to be recorded while it is with the customer; null says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>A recording that is being made.</summary>
/// <param name="Id">Which.</param>
/// <param name="Leg">Of which leg.</param>
/// <param name="By">Who asked for it; null when a rule did.</param>
internal sealed record RecordingInProgress(RecordingId Id, CallId? Leg, ActorId? By);

/// <summary>A party that has turned to somebody else while the customer waits.</summary>
/// <param name="Number">Its dial, its group and its bridge.</param>
/// <param name="Asker">The party's leg with the customer.</param>
/// <param name="Via">The leg on which it consults.</param>
/// <param name="Target">Whom.</param>
/// <param name="Consulted">Who has answered; null before.</param>
internal sealed record Consultation(int Number, CallId Asker, CallId Via, string Target, CallId? Consulted = null);

/// <summary>A supervisor who hears along.</summary>
/// <param name="Leg">The supervisor's.</param>
/// <param name="Agent">Who is supervised now.</param>
/// <param name="Role">In which role.</param>
/// <param name="Scope">Whom it goes on with when the agent leaves.</param>
/// <param name="By">Who it is.</param>
internal sealed record Supervision(CallId Leg, AgentId Agent, SupervisionRole Role, SupervisionScope Scope, ActorId By);
