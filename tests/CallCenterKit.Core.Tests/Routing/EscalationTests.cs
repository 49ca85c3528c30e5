using CallCenterKit.Queues;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class EscalationTests
{
    private readonly TestCenter _center = new(ModelOf(
        [QueueOf(Sales, Alice), QueueOf(Help, Alice, Bob, Carol)],
        AgentOf(Alice, voice: 3),
        AgentOf(Carol) with { Skills = SkillSet.Parse(["billing"]) }));

    private readonly InteractionId _interaction;

    public EscalationTests()
    {
        _center.LogInAll();
        _interaction = _center.Enqueue(Sales);
        _center.Answer(Alice);
    }

    [Fact]
    public void The_customer_is_held_and_waits_for_a_helper()
    {
        var offer = Assert.IsType<Offer>(Assert.Single(Escalate()));

        Assert.Equal((Bob, _interaction, Help), (offer.Agent, offer.Interaction, offer.Queue));
        Assert.True(_center.StateOf(Alice).Assignments[0].IsHeld);
        Assert.Equal(new(Alice, _interaction, Held: true), _center.Last<AssignmentHeld>());
    }

    [Fact]
    public void The_holder_is_never_offered_it_even_when_nobody_else_is_there()
    {
        _center.Send(new Pause(Bob, "lunch", Boss), new Pause(Carol, "lunch", Boss));

        Assert.Empty(Escalate());
        Assert.Empty(_center.Advance(Seconds(600)));
        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(_center.Send(new Resume(Bob, Boss)))).Agent);
    }

    [Fact]
    public void The_holder_may_be_offered_others_of_the_queue()
    {
        _center.Send(new Pause(Bob, "lunch", Boss), new Pause(Carol, "lunch", Boss));
        Escalate();

        var other = _center.Enqueue(Help);

        Assert.Equal(other, _center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void The_helper_may_be_asked_for_by_skill()
    {
        var effects = _center.Send(new Escalate(Alice, _interaction, Help, Boss) { Requirement = SkillExpression.Parse("billing") });

        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(effects)).Agent);
    }

    [Fact]
    public void The_helper_joins_and_the_holder_keeps_the_customer()
    {
        Escalate();
        _center.Answer(Bob);

        Assert.Equal(_interaction, Assert.Single(_center.StateOf(Alice).Assignments).Interaction);
        Assert.Equal(_interaction, Assert.Single(_center.StateOf(Bob).Assignments).Interaction);
    }

    [Fact]
    public void A_second_escalation_is_not_offered_to_the_holder_either()
    {
        Escalate();
        _center.Serve(Bob);
        _center.Send(new Pause(Bob, "lunch", Boss), new Pause(Carol, "lunch", Boss));

        Assert.Empty(Escalate());
    }

    [Fact]
    public void The_holder_is_not_offered_it_after_an_overflow_into_another_queue()
    {
        var center = new TestCenter(ModelOf(
            [QueueOf(Sales, Alice), QueueOf(Help, Bob) with { MaxWait = Seconds(10), Overflow = new(OverflowKind.Queue, "sales") }],
            AgentOf(Alice, voice: 3)));
        center.LogIn(Alice, Desk1);
        var interaction = center.Enqueue(Sales);
        center.Answer(Alice);
        center.Send(new Escalate(Alice, interaction, Help, Boss));

        Assert.Empty(center.Advance(Seconds(10)));
        Assert.Equal(Sales, center.EntryOf(interaction).Queue);
    }

    [Fact]
    public void It_waits_from_now_on()
    {
        _center.Advance(Seconds(300));
        _center.Send(new Pause(Bob, "lunch", Boss), new Pause(Carol, "lunch", Boss));
        Escalate();

        Assert.Equal(_center.Now, _center.EntryOf(_interaction).EnqueuedAt);
    }

    [Fact]
    public void A_queue_without_a_place_gives_it_back()
    {
        _center.Send(new Escalate(Alice, _interaction, new("nowhere"), Boss));

        Assert.Equal(new QueueOutcome.Full(null), OutcomeOf(_center.Effects[^1]));
        Assert.Equal(_interaction, Assert.Single(_center.StateOf(Alice).Assignments).Interaction);
    }

    [Fact]
    public void Asking_twice_asks_once()
    {
        Escalate();

        Assert.Empty(Escalate());
        Assert.Single(_center.Engine.TakeSnapshot().Entries);
    }

    [Fact]
    public void Who_does_not_speak_with_the_customer_cannot_escalate()
    {
        Assert.Empty(_center.Send(new Escalate(Bob, _interaction, Help, Boss), new Escalate(Alice, _center.NewInteraction(), Help, Boss)));
    }

    [Fact]
    public void It_may_be_taken_back()
    {
        Escalate();

        Assert.Equal([typeof(WithdrawOffer), typeof(Release)], _center.Send(new Leave(_interaction, QueueExit.Withdrawn)).Select(effect => effect.GetType()));
        Assert.Single(_center.StateOf(Alice).Assignments);
    }

    private IReadOnlyList<RoutingEffect> Escalate() => _center.Send(new Escalate(Alice, _interaction, Help, Boss));
}
