using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class LiveChangeTests
{
    private static readonly QueueModel OfAlice = QueueOf(Sales, Alice);
    private static readonly Overflow ToHelp = new(OverflowKind.Queue, "help");

    [Fact]
    public void A_removed_queue_drains_to_its_overflow_in_order_and_the_time_is_kept()
    {
        var center = new TestCenter(OfAlice with { Overflow = ToHelp }, QueueOf(Help, Bob));
        var first = center.Enqueue(Sales);
        center.Advance(Seconds(10));
        var second = center.Enqueue(Sales);
        center.Advance(Seconds(10));
        center.LogIn(Alice, Desk1); // Rings for the first.
        center.Send(new ApplyModel(ModelOf([QueueOf(Help, Bob)])));

        center.LogIn(Bob, Desk2);

        Assert.Equal((first, Seconds(20)), (center.RingingAt(Bob).Interaction, center.RingingAt(Bob).Waited));
        Assert.Equal((Help, Noon + Seconds(10)), (center.EntryOf(second).Queue, center.EntryOf(second).EnqueuedAt));
        Assert.Equal(OfferEnd.CallerLeft, Assert.Single(center.Effects.OfType<WithdrawOffer>()).Reason);
    }

    [Fact]
    public void A_removed_queue_drains_as_far_as_there_are_places_and_gives_the_others_back()
    {
        var center = new TestCenter(OfAlice with { Overflow = ToHelp }, QueueOf(Help, Bob) with { MaxLength = 2 });
        var callers = Enumerable.Range(0, 3).Select(_ => center.Enqueue(Sales)).ToList();

        var effects = center.Send(new ApplyModel(ModelOf([QueueOf(Help, Bob) with { MaxLength = 2 }])));

        Assert.Equal(callers[2], Assert.IsType<Release>(Assert.Single(effects)).Interaction);
        Assert.Equal(QueueExit.Closed, center.Last<QueueLeft>().Exit);
    }

    [Fact]
    public void A_removed_queue_takes_its_callbacks_along_to_its_overflow()
    {
        var center = new TestCenter(OfAlice with { Overflow = ToHelp }, QueueOf(Help, Bob));
        var interaction = center.Enqueue(Sales);
        center.Send(new RequestCallback(interaction), new ApplyModel(ModelOf([QueueOf(Help, Bob)])));

        Assert.Equal((Help, PartyReach.ToBeCalled, Noon), (center.EntryOf(interaction).Queue, center.EntryOf(interaction).Reach, center.EntryOf(interaction).EnqueuedAt));
    }

    [Fact]
    public void A_conversation_of_a_removed_queue_goes_on_and_ends()
    {
        var center = new TestCenter(OfAlice with { WrapUp = Seconds(10) });
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        var interaction = center.Answer(Alice);
        center.Send(new ApplyModel(ModelOf([QueueOf(Help, Alice)])));
        Assert.Equal(AgentState.Talking, center.Board(Alice));

        center.Send(new AssignmentEnded(Alice, interaction));

        Assert.Equal(AgentState.Available, center.Board(Alice));
    }

    [Fact]
    public void A_skill_that_is_learned_takes_those_who_wait_for_it()
    {
        var queue = QueueOf(Sales, Alice, Bob) with { Requirement = SkillExpression.Parse("billing >= 3") };
        var center = new TestCenter(queue);
        center.LogInAll();
        var first = center.Enqueue(Sales);
        center.Advance(Seconds(1));
        center.Enqueue(Sales);

        var effects = center.Send(new ApplyModel(ModelOf([queue], AgentOf(Bob) with { Skills = SkillSet.Parse(["billing:3"]) })));

        Assert.Equal((Bob, first), (Assert.IsType<Offer>(Assert.Single(effects)).Agent, ((Offer)effects[0]).Interaction));
    }

    [Fact]
    public void A_requirement_that_is_raised_holds_for_those_who_wait()
    {
        var center = new TestCenter(OfAlice);
        center.Enqueue(Sales);
        center.Send(new ApplyModel(ModelOf([OfAlice with { Requirement = SkillExpression.Parse("billing") }])));

        Assert.Empty(center.LogIn(Alice, Desk1));
    }

    [Fact]
    public void Another_strategy_holds_from_the_next_offer_on_and_the_place_is_kept()
    {
        var center = WithAllStrategies(QueueOf(Sales, Carol, Bob, Alice));
        center.LogInAll();
        center.Enqueue(Sales);
        Assert.NotNull(center.FindRinging(Alice));

        center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Carol, Bob, Alice) with { Strategy = LinearStrategy.StrategyName }])));
        Assert.NotNull(center.FindRinging(Alice));
        center.Enqueue(Sales);

        Assert.NotNull(center.FindRinging(Carol));
    }

    [Fact]
    public void Ring_all_that_is_switched_on_rings_at_everybody_for_one_who_is_rung_for_already()
    {
        var center = WithAllStrategies(QueueOf(Sales, Alice, Bob));
        center.LogInAll();
        center.Enqueue(Sales);

        var effects = center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice, Bob) with { Strategy = RingAllStrategy.StrategyName }])));

        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(effects)).Agent);
    }

    [Fact]
    public void Ring_all_that_is_switched_off_lets_what_rings_ring_and_one_answer_wins()
    {
        var center = WithAllStrategies(QueueOf(Sales, Alice, Bob) with { Strategy = RingAllStrategy.StrategyName });
        center.LogIn(Alice, Desk1);
        center.LogIn(Bob, Desk2);
        center.Enqueue(Sales);
        Assert.Empty(center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice, Bob)]))));

        Assert.Equal([typeof(WithdrawOffer), typeof(Connect)], center.Send(new OfferAnswered(center.RingingAt(Bob).Id)).Select(effect => effect.GetType()));
    }

    [Fact]
    public void A_member_who_is_removed_takes_nothing_more()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob));
        center.LogIn(Alice, Desk1);
        center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Bob)])));

        Assert.Empty(center.Send(new Enqueue(center.NewInteraction(), Sales)));
    }

    [Fact]
    public void A_member_who_is_removed_while_rung_may_still_answer()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob));
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        Assert.Empty(center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Bob)]))));

        Assert.IsType<Connect>(Assert.Single(center.Send(new OfferAnswered(center.RingingAt(Alice).Id))));
    }

    [Fact]
    public void An_agent_who_is_removed_while_rung_hands_the_caller_on()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob));
        center.LogInAll();
        center.Enqueue(Sales);
        var model = ModelOf([QueueOf(Sales, Bob)]);
        var without = model with { Agents = model.Agents.Where(pair => pair.Key != Alice).ToDictionary() };

        Assert.Collection(
            center.Send(new ApplyModel(without)),
            effect => Assert.Equal(Alice, Assert.IsType<WithdrawOffer>(effect).Agent),
            effect => Assert.Equal(Bob, Assert.IsType<Offer>(effect).Agent));
    }

    [Fact]
    public void A_queue_that_comes_back_finds_no_ghosts()
    {
        var center = new TestCenter(OfAlice with { MaxLength = 1 });
        center.Enqueue(Sales);
        center.Send(new ApplyModel(ModelOf([])), new ApplyModel(ModelOf([OfAlice with { MaxLength = 1 }])));

        Assert.Empty(center.Send(new Enqueue(center.NewInteraction(), Sales)));
        Assert.Single(center.Engine.TakeSnapshot().Entries);
    }

    [Fact]
    public void A_member_who_stands_twice_in_the_list_counts_once()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob, Alice) with { LeaveRule = new(AgentPresences.Working) });
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);

        Assert.Single(center.Effects.OfType<Offer>());
        center.Advance(Seconds(1));
        Assert.Single(center.Send(new LogOut(Alice, Boss)).OfType<Release>());
    }
}
