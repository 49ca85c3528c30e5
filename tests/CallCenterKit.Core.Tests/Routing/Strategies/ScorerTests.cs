using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class ScorerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);

    private readonly TestCenter _center = new(QueueOf(Sales, Alice, Bob, Carol) with { Scorer = "crm", ScorerTimeout = Timeout });

    [Fact]
    public void The_scorer_is_asked_about_those_who_are_free_and_nobody_is_rung_meanwhile()
    {
        _center.LogInAll();
        _center.Send(new Pause(Bob, "lunch", Boss));
        var interaction = _center.NewInteraction();

        var wanted = Assert.IsType<ScoresWanted>(Assert.Single(_center.Send(new Enqueue(interaction, Sales))));

        Assert.Equal((interaction, "crm", 1, _center.Now + Timeout), (wanted.Interaction, wanted.Scorer, wanted.Round, wanted.ExpiresAt));
        Assert.Equal([Alice, Carol], wanted.Candidates);
    }

    [Fact]
    public void The_highest_score_is_rung()
    {
        var wanted = Ask();

        var effect = Assert.Single(Answer(wanted, new(Alice, 0.2), new(Carol, 0.9), new(Bob, -1)));

        Assert.Equal(Carol, Assert.IsType<Offer>(effect).Agent);
        Assert.Equal(ScoringOutcome.Chosen, _center.Last<ScoresEnded>().Outcome);
    }

    [Fact]
    public void Equal_scores_go_to_the_one_named_first()
    {
        var wanted = Ask();

        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(Answer(wanted, new(Bob, 1), new(Alice, 1)))).Agent);
    }

    [Fact]
    public void Nobody_is_reserved_meanwhile_and_the_highest_still_free_is_rung()
    {
        var wanted = Ask();
        _center.Send(new Pause(Carol, "lunch", Boss));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(Answer(wanted, new(Alice, 0.2), new(Carol, 0.9)))).Agent);
    }

    [Fact]
    public void An_agent_who_has_become_free_meanwhile_may_be_named()
    {
        _center.LogInAll();
        _center.Send(new Pause(Carol, "lunch", Boss));
        var wanted = (ScoresWanted)_center.Send(new Enqueue(_center.NewInteraction(), Sales))[0];
        _center.Send(new Resume(Carol, Boss));

        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(Answer(wanted, new(Alice, 0.2), new(Carol, 0.9)))).Agent);
    }

    [Fact]
    public void When_nobody_it_named_is_free_any_more_it_waits_and_the_scorer_is_asked_again()
    {
        var wanted = Ask();
        _center.Send(new Pause(Carol, "lunch", Boss));

        var again = Assert.IsType<ScoresWanted>(Assert.Single(Answer(wanted, new AgentScore(Carol, 1))));

        Assert.Equal((2, wanted.Entry), (again.Round, again.Entry));
        Assert.Equal([Alice, Bob], again.Candidates);
        Assert.Equal(ScoringOutcome.NobodyFree, _center.Last<ScoresEnded>().Outcome);
    }

    [Fact]
    public void A_scorer_that_names_somebody_busy_again_is_asked_no_more()
    {
        var wanted = Ask();
        _center.Send(new Pause(Carol, "lunch", Boss));
        var again = Assert.IsType<ScoresWanted>(Assert.Single(Answer(wanted, new AgentScore(Carol, 1))));

        Assert.IsType<Offer>(Assert.Single(Answer(again, new AgentScore(Carol, 1))));

        Assert.Equal(ScoringOutcome.FellBack, _center.Last<ScoresEnded>().Outcome);
    }

    [Fact]
    public void When_nobody_at_all_is_free_any_more_the_scorer_is_asked_when_somebody_is()
    {
        var wanted = Ask();
        _center.Send(new Pause(Alice, "lunch", Boss), new Pause(Bob, "lunch", Boss), new Pause(Carol, "lunch", Boss));
        Assert.Empty(Answer(wanted, new AgentScore(Carol, 1)));

        Assert.Equal([Bob], Assert.IsType<ScoresWanted>(Assert.Single(_center.Send(new Resume(Bob, Boss)))).Candidates);
    }

    [Theory]
    [InlineData]
    [InlineData("alice")]
    [InlineData("alice", "bob", "carol")]
    public void A_scorer_that_names_nobody_with_a_number_leaves_it_to_the_strategy(params string[] named)
    {
        var wanted = Ask();

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(Answer(wanted, [.. named.Select(agent => new AgentScore(new(agent), double.NaN))]))).Agent);
        Assert.Equal(ScoringOutcome.FellBack, _center.Last<ScoresEnded>().Outcome);
    }

    [Fact]
    public void A_score_that_is_no_number_is_passed_over()
    {
        var wanted = Ask();

        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(Answer(wanted, new(Alice, double.NaN), new(Bob, double.NegativeInfinity)))).Agent);
    }

    [Fact]
    public void A_scorer_that_names_strangers_only_leaves_it_to_the_strategy()
    {
        var wanted = Ask();

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(Answer(wanted, new AgentScore(new("ghost"), 9)))).Agent);
    }

    [Fact]
    public void A_stranger_is_passed_over()
    {
        var wanted = Ask();

        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(Answer(wanted, new(new("ghost"), 9), new(Bob, 1)))).Agent);
    }

    [Fact]
    public void After_the_time_limit_the_strategy_chooses()
    {
        Ask();
        Assert.Empty(_center.Advance(Timeout - TimeSpan.FromTicks(1)));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Advance(TimeSpan.FromTicks(1)))).Agent);
        Assert.Equal(ScoringOutcome.FellBack, _center.Last<ScoresEnded>().Outcome);
    }

    [Fact]
    public void Scores_that_come_too_late_are_ignored()
    {
        var wanted = Ask();
        _center.Advance(Timeout);

        Assert.Empty(Answer(wanted, new AgentScore(Carol, 1)));
    }

    [Fact]
    public void Scores_that_come_twice_count_once()
    {
        var wanted = Ask();
        Answer(wanted, new AgentScore(Carol, 1));

        Assert.Empty(Answer(wanted, new AgentScore(Bob, 1)));
    }

    [Fact]
    public void Scores_of_an_earlier_round_are_ignored()
    {
        var wanted = Ask();
        Assert.IsType<Offer>(Assert.Single(Answer(wanted, new AgentScore(Carol, 1))));
        var again = Assert.IsType<ScoresWanted>(Assert.Single(_center.Send(new OfferFailed(_center.RingingAt(Carol).Id, OfferFailure.Rejected))));

        Assert.Equal(2, again.Round);
        Assert.Empty(Answer(wanted, new AgentScore(Alice, 1)));
    }

    [Fact]
    public void Scores_for_one_who_left_meanwhile_are_ignored()
    {
        var wanted = Ask();
        _center.Send(new Leave(wanted.Interaction, QueueExit.Abandoned));

        Assert.Empty(Answer(wanted, new AgentScore(Carol, 1)));
        Assert.Empty(_center.Advance(Timeout));
    }

    [Fact]
    public void After_the_strategy_chose_in_vain_the_scorer_is_asked_again()
    {
        Ask();
        _center.Advance(Timeout);

        Assert.IsType<ScoresWanted>(Assert.Single(_center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Rejected))));
    }

    [Fact]
    public void An_agent_who_did_not_answer_is_not_rung_again_for_a_high_score_while_another_is_free()
    {
        var wanted = Ask();
        Answer(wanted, new AgentScore(Alice, 1));
        var again = _center.Advance(Seconds(20)).OfType<ScoresWanted>().Single();
        _center.Settle(Alice);

        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(Answer(again, new(Alice, 1), new(Bob, 0.1)))).Agent);
    }

    [Fact]
    public void Two_who_wait_are_asked_about_at_once_and_the_second_takes_who_is_left()
    {
        _center.LogIn(Alice, Desk1);
        var (one, other) = (_center.Send(new Enqueue(_center.NewInteraction(), Sales)), _center.Send(new Enqueue(_center.NewInteraction(), Sales)));

        Assert.IsType<Offer>(Assert.Single(Answer((ScoresWanted)other[0], new AgentScore(Alice, 1))));
        Assert.Empty(Answer((ScoresWanted)one[0], new AgentScore(Alice, 1)));
    }

    [Fact]
    public void Whose_scorer_ran_out_of_time_goes_before_one_behind_whose_scores_arrive_in_the_same_moment()
    {
        _center.LogIn(Alice, Desk1);
        var first = _center.NewInteraction();
        _center.Send(new Enqueue(first, Sales));
        _center.Advance(Timeout / 2);
        var second = (ScoresWanted)_center.Send(new Enqueue(_center.NewInteraction(), Sales))[0];
        _center.SetClock(_center.Now + Timeout / 2);

        Assert.Equal(first, Assert.IsType<Offer>(Assert.Single(Answer(second, new AgentScore(Alice, 1)))).Interaction);
    }

    [Fact]
    public void Of_more_than_a_hundred_a_hundred_are_asked_about()
    {
        var agents = Enumerable.Range(0, 250).Select(i => new AgentId($"a{i:D3}")).ToList();
        var center = new TestCenter(ModelOf([QueueOf(Sales, [.. agents]) with { Scorer = "crm" }], [.. agents.Select(agent => AgentOf(agent))]));
        agents.ForEach(agent => center.LogIn(agent, new(agent.Value)));

        Assert.Equal(agents.Take(100), Assert.IsType<ScoresWanted>(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)))).Candidates);
    }

    private ScoresWanted Ask()
    {
        _center.LogInAll();
        return Assert.IsType<ScoresWanted>(Assert.Single(_center.Send(new Enqueue(_center.NewInteraction(), Sales))));
    }

    private IReadOnlyList<RoutingEffect> Answer(ScoresWanted wanted, params AgentScore[] scores) =>
        _center.Send(new ScoresArrived(wanted.Entry, wanted.Round, scores));
}
