using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class ModelChangeTests
{
    private static readonly QueueModel SalesOfAlice = QueueOf(Sales, Alice);

    [Fact]
    public void A_removed_queue_gives_its_callers_back_and_stops_what_rings()
    {
        var center = new TestCenter(SalesOfAlice);
        center.LogIn(Alice, Desk1);
        var first = center.Enqueue(Sales);
        var second = center.Enqueue(Sales);

        var effects = center.Send(new ApplyModel(ModelOf([])));

        Assert.Equal(first, Assert.Single(effects.OfType<WithdrawOffer>()).Interaction);
        Assert.Equal([first, second], effects.OfType<Release>().Select(release => release.Interaction));
        Assert.All(center.Events.OfType<QueueLeft>(), left => Assert.Equal(QueueExit.Closed, left.Exit));
    }

    [Fact]
    public void A_removed_queue_drains_to_its_overflow_queue()
    {
        var center = new TestCenter(SalesOfAlice with { Overflow = new(OverflowKind.Queue, "help") }, QueueOf(Help, Bob));
        center.Enqueue(Sales);

        center.Send(new ApplyModel(ModelOf([QueueOf(Help, Bob)])));

        Assert.Equal(Help, Assert.Single(center.Engine.TakeSnapshot().Entries).Queue);
    }

    [Fact]
    public void A_removed_agent_is_logged_out_after_the_conversation()
    {
        var center = new TestCenter(SalesOfAlice);
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        var interaction = center.Answer(Alice);
        var without = new CallCenterModel(2, new Dictionary<AgentId, AgentModel>(), new Dictionary<QueueId, QueueModel> { [Sales] = SalesOfAlice });

        center.Send(new ApplyModel(without));
        Assert.Single(center.StateOf(Alice).Assignments);
        center.Send(new AssignmentEnded(Alice, interaction));

        Assert.DoesNotContain(center.Engine.TakeSnapshot().Agents, agent => agent.Agent == Alice);
    }

    [Fact]
    public void A_new_member_takes_those_who_wait()
    {
        var center = new TestCenter(SalesOfAlice);
        center.LogIn(Bob, Desk2);
        center.Enqueue(Sales);

        var effect = Assert.Single(center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice, Bob)]))));

        Assert.Equal(Bob, Assert.IsType<Offer>(effect).Agent);
    }

    [Fact]
    public void A_shorter_longest_wait_holds_for_those_who_wait()
    {
        var center = new TestCenter(SalesOfAlice);
        center.Enqueue(Sales);
        center.Advance(Seconds(20));

        center.Send(new ApplyModel(ModelOf([SalesOfAlice with { MaxWait = Seconds(30) }])));

        Assert.Empty(center.Advance(Seconds(9.999)));
        Assert.IsType<QueueOutcome.TimedOut>(OutcomeOf(Assert.Single(center.Advance(Seconds(0.001)))));
    }

    [Fact]
    public void An_unknown_strategy_is_refused_whole()
    {
        var center = new TestCenter(SalesOfAlice);
        var before = center.Engine.TakeSnapshot();

        var fault = Assert.Throws<ArgumentException>(() => center.Send(new ApplyModel(ModelOf([SalesOfAlice with { Strategy = "psychic" }]))));

        Assert.Contains("psychic", fault.Message, StringComparison.Ordinal);
        Assert.Same(before.Model, center.Engine.TakeSnapshot().Model);
    }

    [Fact]
    public void Scores_that_arrive_after_the_model_changed_count()
    {
        var sales = QueueOf(Sales, Alice, Bob) with { Scorer = "crm" };
        var center = new TestCenter(sales);
        center.LogInAll();
        center.Enqueue(Sales);
        var question = center.Effects.OfType<ScoresWanted>().Last();

        center.Send(new ApplyModel(ModelOf([sales, QueueOf(Help, Carol)])));
        center.Send(new ScoresArrived(question.Entry, question.Round, [new(Bob, 1)]));

        Assert.Equal(question.Entry, center.RingingAt(Bob).Entry);
    }

    [Fact]
    public void Whoever_becomes_free_after_the_model_changed_is_rung_with_all_others()
    {
        var sales = QueueOf(Sales, Alice, Bob) with { Strategy = RingAllStrategy.StrategyName };
        var center = new TestCenter(sales);
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);

        center.Send(new ApplyModel(ModelOf([sales, QueueOf(Help, Carol)])));
        center.LogIn(Bob, Desk2);

        Assert.Equal(center.RingingAt(Alice).Entry, center.RingingAt(Bob).Entry);
    }
}
