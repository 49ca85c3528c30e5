using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class WrapUpTests
{
    private readonly TestCenter _center = new(
        QueueOf(Sales, Alice) with { WrapUp = Seconds(10) },
        QueueOf(Help, Alice, Bob));

    [Fact]
    public void No_offer_starts_before_wrap_up_ends_and_it_ends_exactly_at_its_deadline()
    {
        Talk();
        _center.Enqueue(Sales);
        _center.Enqueue(Help);

        Assert.Empty(_center.Advance(Seconds(9.999)));
        Assert.IsType<Offer>(Assert.Single(_center.Advance(Seconds(0.001))));

        Assert.True(_center.Last<WrapUpEnded>().TimedOut);
        Assert.Equal(_center.Last<AssignmentOver>().WrapUpUntil, _center.Journal.Last(entry => entry.Event is WrapUpEnded).At);
    }

    [Fact]
    public void Whoever_carries_an_interaction_is_not_offered_it_again()
    {
        var center = new TestCenter(ModelOf([QueueOf(Sales, Alice), QueueOf(Help, Alice, Bob)], AgentOf(Alice, voice: 2)));
        center.LogIn(Alice, Desk1);
        var interaction = center.Enqueue(Sales);
        center.Answer(Alice);

        Assert.Empty(center.Send(new Enqueue(interaction, Help)));
        center.LogIn(Bob, Desk2);

        Assert.Equal(interaction, center.RingingAt(Bob).Interaction);
        Assert.Null(center.FindRinging(Alice));
    }

    [Fact]
    public void Nobody_of_several_who_carry_an_interaction_is_offered_it_again()
    {
        var center = new TestCenter(ModelOf([QueueOf(Sales, Alice, Bob, Carol)], AgentOf(Alice, voice: 2), AgentOf(Bob, voice: 2)));
        center.LogIn(Alice, Desk1);
        var interaction = center.Enqueue(Sales);
        center.Answer(Alice);
        center.LogIn(Bob, Desk2);
        center.Send(new Escalate(Alice, interaction, Sales, Boss));
        center.Answer(Bob);

        Assert.Empty(center.Send(new Escalate(Bob, interaction, Sales, Boss)));
        center.LogIn(Carol, Desk3);

        Assert.Equal(interaction, center.RingingAt(Carol).Interaction);
    }

    [Fact]
    public void An_agent_who_is_done_early_is_free_at_once()
    {
        var interaction = Talk();
        _center.Enqueue(Help);

        Assert.IsType<Offer>(Assert.Single(_center.Send(new FinishWrapUp(Alice, interaction, "resolved", Boss))));

        Assert.Equal(("resolved", false), (_center.Last<WrapUpEnded>().Disposition, _center.Last<WrapUpEnded>().TimedOut));
    }

    [Fact]
    public void Without_wrap_up_the_agent_is_free_at_once()
    {
        _center.LogIn(Bob, Desk2);
        _center.Enqueue(Help);
        var interaction = _center.Answer(Bob);
        _center.Enqueue(Help);

        Assert.IsType<Offer>(Assert.Single(_center.Send(new AssignmentEnded(Bob, interaction))));
        Assert.Null(_center.Last<AssignmentOver>().WrapUpUntil);
    }

    [Fact]
    public void An_end_that_is_told_twice_counts_once()
    {
        var interaction = Talk();
        var events = _center.Journal.Count;

        _center.Send(new AssignmentEnded(Alice, interaction));

        Assert.Equal(events, _center.Journal.Count);
    }

    [Fact]
    public void Pausing_during_wrap_up_takes_effect_when_it_ends()
    {
        Talk();
        _center.Send(new Pause(Alice, "lunch", Boss));
        _center.Enqueue(Help);

        Assert.Empty(_center.Advance(Seconds(60)));
    }

    private InteractionId Talk()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var interaction = _center.Answer(Alice);
        _center.Send(new AssignmentEnded(Alice, interaction));
        return interaction;
    }
}
