using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using CallCenterKit.Voice;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class RoutingJsonTests
{
    private static readonly InteractionId Matter = new(new Guid(1, 2, 3, new byte[8]));
    private static readonly OfferId AnOffer = new(3, 4);
    private static readonly EntryId AnEntry = new(3, 5);

    public static TheoryData<RoutingCommand> Commands =>
    [
        new LogIn(Alice, Desk1, Boss),
        new LogOut(Alice, Boss),
        new Pause(Alice, "lunch", Boss),
        new Resume(Alice, Boss),
        new ReachabilityChanged(Desk1, true),
        new Enqueue(Matter, Sales, Channels.Chat, 2, PartyReach.ByMessage, Noon),
        new Leave(Matter, QueueExit.Withdrawn),
        new RequestCallback(Matter),
        new PartyReached(AnOffer),
        new PartyNotReached(AnOffer, CallbackFailure.AgentLeft),
        new ScoresArrived(AnEntry, 1, [new(Alice, 0.5)]),
        new HoldAssignment(Alice, Matter, true),
        new Escalate(Alice, Matter, Sales, Boss) { Requirement = Skill.AtLeast("billing", 3) },
        new OfferAnswered(AnOffer),
        new OfferFailed(AnOffer, OfferFailure.Rejected),
        new OfferClosed(AnOffer),
        new CallTaken(Alice, Matter) { Queue = Sales, Direction = CallDirection.Outbound },
        new CallTaken(Alice, Matter),
        new AssignmentEnded(Alice, Matter) { InVain = true },
        new FinishWrapUp(Alice, Matter, "resolved", Boss),
        new BeginEpoch(),
        new AdvanceClock(),
    ];

    public static TheoryData<RoutingEffect> Effects =>
    [
        new Offer(AnOffer, AnEntry, Matter, Sales, Alice, Desk1, Channels.Voice, PartyReach.ToBeCalled, Noon),
        new WithdrawOffer(AnOffer, Alice, Matter, OfferEnd.NoAnswer),
        new Announce(AnEntry, Matter, Sales, 3, Seconds(90)),
        new CallBack(AnOffer, Matter, Sales, Alice, 1),
        new ScoresWanted(AnEntry, 1, Matter, Sales, "web", [Alice, Bob], Noon),
        new QualifyAgent(Alice, Desk1),
        new Release(Matter, Sales, new QueueOutcome.Empty(Seconds(3), null)),
        new Release(Matter, Sales, new QueueOutcome.Closed(Seconds(3), null)),
        new Release(Matter, Sales, new QueueOutcome.CallbackBooked(Seconds(3), true)),
        new Connect(AnOffer, Matter, Sales, Alice, Seconds(3)),
        new Release(Matter, Sales, new QueueOutcome.TimedOut(Seconds(3), new(OverflowKind.Flow, "voicemail"))),
        new Release(Matter, Sales, new QueueOutcome.Full(null)),
        new Release(Matter, Sales, new QueueOutcome.Abandoned(Seconds(3))),
    ];

    public static TheoryData<RoutingEvent> Events =>
    [
        new EndpointReachability(Desk1, false),
        new AgentLoggedIn(Alice, Desk1, Boss),
        new AgentLoggedOut(Alice, Boss),
        new AgentPaused(Alice, "lunch", Boss),
        new AgentResumed(Alice, Boss),
        new AgentUnreachable(Alice, Noon),
        new QueueEntered(AnEntry, Matter, Sales, Channels.Voice, 1, PartyReach.Present, Noon),
        new QueueRefused(Matter, Sales),
        new QueueLeft(AnEntry, Matter, Sales, QueueExit.Moved, Seconds(3)),
        new EntryOpened(AnEntry, Matter, Sales, OpeningKind.Requirement, 2, Skill.Has("lt")),
        new StepMissed(AnEntry, Matter, Sales, 1),
        new PlaceAnnounced(AnEntry, Matter, Sales, 3, Seconds(90)),
        new CallbackBooked(AnEntry, Matter, Sales),
        new CallbackCalled(AnOffer, AnEntry, Matter, Sales, Alice, 2),
        new CallbackMissed(AnOffer, AnEntry, Matter, Sales, CallbackFailure.NoAnswer, Noon),
        new ScoresAsked(AnEntry, Matter, Sales, 1, Noon),
        new ScoresEnded(AnEntry, 1, ScoringOutcome.Chosen),
        new AgentLeaving(Alice, Boss),
        new AssignmentHeld(Alice, Matter, true),
        new DispositionMissing(Alice, Matter, Sales),
        new DispositionGiven(Alice, Matter, "resolved", Boss),
        new OfferMade(AnOffer, AnEntry, Matter, Sales, Alice, Desk1, Noon),
        new OfferEnded(AnOffer, Alice, Matter, Sales, OfferEnd.NoAnswer, Noon, Noon),
        new OfferSettled(AnOffer, Alice),
        new AssignmentStarted(Alice, Matter, Sales, Channels.Voice, 1, Seconds(3)),
        new AssignmentTaken(Alice, Matter, Sales, Channels.Voice, 1, CallDirection.Outbound),
        new AssignmentTaken(Alice, Matter, null, Channels.Voice, 1, CallDirection.Inbound),
        new AssignmentOver(Alice, Matter, null, null),
        new AssignmentOver(Alice, Matter, Sales, Noon),
        new WrapUpEnded(Alice, Matter, null, true),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_survives_json(RoutingCommand command) => Assert.Equal(Text(command), Text(Copy(command)));

    [Theory]
    [MemberData(nameof(Effects))]
    public void An_effect_survives_json(RoutingEffect effect) => Assert.Equal(Text(effect), Text(Copy(effect)));

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_survives_json(RoutingEvent happened) =>
        Assert.Equal(EventCatalog.Write(happened), EventCatalog.Write(EventCatalog.Core.Read(EventCatalog.Core.KindOf(happened), EventCatalog.Write(happened))));

    [Fact]
    public void Every_command_and_effect_is_tried_here()
    {
        Assert.Equal(SubtypesOf<RoutingCommand>(), Commands.Select(row => row.Data.GetType()).Append(typeof(ApplyModel)).Distinct().OrderBy(type => type.Name));
        Assert.Equal(SubtypesOf<RoutingEffect>(), Effects.Select(row => row.Data.GetType()).Distinct().OrderBy(type => type.Name));
        Assert.Equal(SubtypesOf<RoutingEvent>(), Events.Select(row => row.Data.GetType()).Append(typeof(ModelApplied)).Distinct().OrderBy(type => type.Name));
    }

    [Fact]
    public void Scores_that_are_no_numbers_survive_json()
    {
        var copy = Assert.IsType<ScoresArrived>(Copy<RoutingCommand>(new ScoresArrived(AnEntry, 1, [new(Alice, double.NaN), new(Bob, double.PositiveInfinity)])));

        Assert.Equal([double.NaN, double.PositiveInfinity], copy.Scores.Select(score => score.Score));
    }

    [Fact]
    public void A_model_survives_json_as_command_and_as_event()
    {
        var model = ModelOf([QueueOf(Sales, Alice, Bob) with { MaxLength = 5, MaxWait = Seconds(60), Overflow = new(OverflowKind.Queue, "help") }, QueueOf(Help)]);
        var command = Copy<RoutingCommand>(new ApplyModel(model));
        var happened = EventCatalog.Core.Read("model.applied", EventCatalog.Write(new ModelApplied(model)));

        Assert.Equal(Text(model), Text(Assert.IsType<ApplyModel>(command).Model));
        Assert.Equal(Text(model), Text(Assert.IsType<ModelApplied>(happened).Model));
        Assert.Equal(5, ((ApplyModel)command).Model.Queues[Sales].MaxLength);
    }

    private static IEnumerable<Type> SubtypesOf<T>() =>
        typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T))).OrderBy(type => type.Name);

    private static T Copy<T>(T value) => JsonSerializer.Deserialize<T>(Text(value), EventCatalog.JsonOptions)!;

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, EventCatalog.JsonOptions);
}
