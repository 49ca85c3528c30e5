using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Recordings;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using CallCenterKit.Voice;
using CallCenterKit.Voicemail;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Shared.Journal;

/// <summary>One event of each kind of Core, every field filled.</summary>
internal static class SampleEvents
{
    private static readonly AgentId Alice = new("alice");
    private static readonly ActorId By = new("agent:alice");
    private static readonly EndpointId Phone = new("1001");
    private static readonly QueueId Support = new("support");
    private static readonly EntryId Entry = new(3, 7);
    private static readonly OfferId Offer = new(3, 8);
    private static readonly InteractionId Matter = Interaction(1);
    private static readonly CallId Customer = Call(1), Agent = Call(2);

    public static IReadOnlyList<CenterEvent> All { get; } =
    [
        new CenterStarted(new("main"), "1.2.3"),
        new CenterHeartbeat(5),
        new CenterStopped(),
        new PartyIdentified(Party(1), Matter, "+37060000001", "Ona"),
        new PartyNoted(Party(1), Matter, "digits", "4711"),
        new InteractionStarted(Matter, Party(1), Customer, CallDirection.Inbound, "trunk:main", "5000") { By = By, Recording = RecordingMode.FromIvr },
        new FlowEntered(Matter, "welcome") { Recording = RecordingMode.FromIvr },
        new FlowLeft(Matter, "welcome", "boom"),
        new InteractionAnswered(Matter, Customer),
        new ConversationJoined(Matter, Agent, Alice, Phone, Support) { Consultation = 2, IsOutside = true, Recording = RecordingMode.Never },
        new ConversationParted(Matter, Agent, Alice, HangUpCause.Normal, CallEndedBy.Party),
        new ConversationHeld(Matter, Agent),
        new ConversationResumed(Matter, Agent),
        new PartyDialled(Matter, 2, DialPurpose.Consult, Agent, "extension:1002"),
        new PartyDialEnded(Matter, 2, DialPurpose.Consult, DialEnd.NoAnswer),
        new ConsultationBegan(Matter, 2, Agent, Call(3), "extension:1002", By),
        new ConsultationOver(Matter, 2, ConsultationEnd.Transferred),
        new TransferBegan(Matter, 2, TransferKind.Attended, Agent, Alice, Phone, "queue:support", "5000", By),
        new TransferOver(Matter, 2, TransferEnd.Completed),
        new LegReplaced(Matter, Agent, Call(3), Alice, Phone) { Recording = RecordingMode.OnDemand },
        new CustomerChanged(Matter, Agent),
        new InteractionMerged(Matter, Interaction(2), Agent),
        new SupervisionBegan(Matter, Call(4), Phone, Alice, SupervisionRole.Whisper, SupervisionScope.Call, By),
        new SupervisionChanged(Matter, Call(4), Alice, SupervisionRole.Barge, By),
        new SupervisionEnded(Matter, Call(4), SupervisionEnd.Withdrawn, By),
        new LegQualityPoor(Matter, Agent, 2.71, 0.125, TimeSpan.FromMilliseconds(31), TimeSpan.FromMilliseconds(240)),
        new LegQualityGood(Matter, Agent, 3.9),
        new RecordingRuled(Matter, Support, RecordingMode.FromAnswer),
        new RecordingStarted(Matter, Recording(1), "2026/01/05/a.wav") { Leg = Customer, By = By },
        new RecordingPaused(Matter, Recording(1), By),
        new RecordingResumed(Matter, Recording(1), By),
        new RecordingStopped(Matter, Recording(1), By),
        new RecordingEnded(Matter, Recording(1), TimeSpan.FromMilliseconds(4_020), 2, "disk full")
        {
            Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            Bytes = 128_684,
        },
        new RecordingConsentAsked(Matter),
        new RecordingNotDiscarded(Matter, Recording(1), "read-only"),
        new RecordingConsentGiven(Matter),
        new RecordingConsentRefused(Matter),
        new RecordingDiscarded(Matter, Recording(1)),
        new RecordingErased(Matter, Recording(1), By, "retention"),
        new LegalHoldPlaced(Matter, Recording(1), By, "case 7"),
        new LegalHoldReleased(Matter, Recording(1), By),
        new RecordingFound(Matter, Recording(1), "2026/01/05/a.wav", Noon, TimeSpan.FromMilliseconds(4_020), 128_684) { Party = Party(1), Queue = Support },
        new RecordingSealed(Matter, Recording(1), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 128_684),
        new InteractionEnded(Matter, HangUpCause.Normal, CallEndedBy.Center),
        new InteractionInterrupted(Matter, Noon),
        new ModelApplied(Model),
        new EndpointReachability(Phone, true),
        new AgentLoggedIn(Alice, Phone, By),
        new AgentLoggedOut(Alice, By),
        new AgentPaused(Alice, "lunch", By),
        new AgentResumed(Alice, By),
        new AgentUnreachable(Alice, Noon),
        new InteractionCalledBack(Matter, Customer) { Recording = RecordingMode.Never },
        new AgentLeaving(Alice, By),
        new QueueEntered(Entry, Matter, Support, Channels.Voice, 1, PartyReach.Present, Noon)
        {
            Requirement = Skill.AtLeast("billing", 3),
            Credits = [new("priority", TimeSpan.FromSeconds(30))],
            Vip = true,
            Party = Party(1),
            Owner = Alice,
            Except = [new("bob")],
        },
        new EntryOpened(Entry, Matter, Support, OpeningKind.Tier, 2, Skill.Has("lt")),
        new StepMissed(Entry, Matter, Support, 1),
        new PlaceAnnounced(Entry, Matter, Support, 3, TimeSpan.FromSeconds(90)),
        new CallbackBooked(Entry, Matter, Support),
        new CallbackCalled(Offer, Entry, Matter, Support, Alice, 2),
        new CallbackMissed(Offer, Entry, Matter, Support, CallbackFailure.NoAnswer, Noon.AddMinutes(5)),
        new ScoresAsked(Entry, Matter, Support, 1, Noon.AddSeconds(1)),
        new ScoresEnded(Entry, 1, ScoringOutcome.FellBack),
        new AssignmentHeld(Alice, Matter, true),
        new DispositionMissing(Alice, Matter, Support),
        new DispositionGiven(Alice, Matter, "resolved", By),
        new QueueRefused(Matter, Support),
        new QueueLeft(Entry, Matter, Support, QueueExit.Answered, TimeSpan.FromSeconds(12.5)),
        new OfferMade(Offer, Entry, Matter, Support, Alice, Phone, Noon.AddSeconds(20)),
        new OfferEnded(Offer, Alice, Matter, Support, OfferEnd.NoAnswer, Noon.AddSeconds(5), Noon.AddSeconds(6)),
        new OfferSettled(Offer, Alice),
        new AssignmentStarted(Alice, Matter, Support, Channels.Voice, 1, TimeSpan.FromSeconds(12.5)),
        new AssignmentTaken(Alice, Matter, Support, Channels.Voice, 1, CallDirection.Outbound),
        new AssignmentOver(Alice, Matter, Support, Noon.AddSeconds(10)),
        new WrapUpEnded(Alice, Matter, "resolved", true),
        new VoicemailStarted(Matter, new("sales"), Recording(1), Party(1), "2026-01-05/1.wav"),
        new VoicemailLeft(Matter, new("sales"), Recording(1), Party(1), TimeSpan.FromSeconds(12.5), "sales/1.wav") { Fault = "disk full", Sha256 = "abc", Bytes = 1234 },
        new VoicemailDiscarded(Matter, new("sales"), Recording(1), TimeSpan.FromSeconds(0.5)),
        new VoicemailHeard(new("sales"), Recording(1), By),
        new VoicemailDeleted(new("sales"), Recording(1), By),
    ];

    private static CallCenterModel Model => new(
        4,
        new Dictionary<AgentId, AgentModel>
        {
            [Alice] = new(Alice, "Alice", [new(Phone, Confirm: true), new(new("alice/2"), Confirm: true) { Number = "+37060000009" }], new Dictionary<string, int> { [Channels.Voice] = 1 }) { RingOrder = RingOrder.All, Recording = RecordingMode.OnDemand },
        },
        new Dictionary<QueueId, QueueModel>
        {
            [Support] = new(Support, "Support", "longest-idle", [Alice])
            {
                MaxWait = TimeSpan.FromMinutes(5),
                MaxLength = 5,
                Overflow = new(OverflowKind.Flow, "closed"),
                Recording = RecordingMode.FromAnswer,
                Music = "music.wav",
            },
        })
    {
        Recording = RecordingMode.OnDemand,
    };
}
