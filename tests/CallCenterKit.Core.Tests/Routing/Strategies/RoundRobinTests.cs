using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class RoundRobinTests
{
    private static readonly AgentId Dave = new("dave");

    [Fact]
    public void Each_gets_one_after_the_other_in_a_circle()
    {
        var center = CenterOf(Carol, Alice, Bob);

        Assert.Equal([Carol, Alice, Bob, Carol, Alice, Bob, Carol], Serve(center, 7));
    }

    [Fact]
    public void One_who_is_busy_is_passed_over_and_the_circle_goes_on()
    {
        var center = CenterOf(Alice, Bob, Carol);
        Serve(center, 1);
        center.Send(new Pause(Bob, "lunch", Boss));
        Assert.Equal([Carol], Serve(center, 1));
        center.Send(new Resume(Bob, Boss));

        Assert.Equal([Alice, Bob, Carol], Serve(center, 3));
    }

    [Fact]
    public void A_refusal_counts_as_a_turn()
    {
        var center = CenterOf(Alice, Bob, Carol);
        center.Enqueue(Sales);
        center.Send(new OfferFailed(center.RingingAt(Alice).Id, OfferFailure.Rejected));
        center.Serve(Bob);
        center.Advance(Seconds(5));

        Assert.Equal([Carol, Alice], Serve(center, 2));
    }

    [Fact]
    public void The_circle_goes_on_where_it_was_when_a_member_joins()
    {
        var center = CenterOf(Alice, Bob, Carol);
        Serve(center, 2);
        Apply(center, Dave, Alice, Bob, Carol);

        Assert.Equal([Carol, Dave, Alice, Bob], Serve(center, 4));
    }

    [Fact]
    public void The_circle_goes_on_after_whoever_came_before_the_member_who_left()
    {
        var center = CenterOf(Alice, Bob, Carol, Dave);
        Serve(center, 2);
        Apply(center, Alice, Carol, Dave);

        Assert.Equal([Carol, Dave, Alice, Carol], Serve(center, 4));
    }

    [Fact]
    public void The_circle_begins_anew_when_the_first_left()
    {
        var center = CenterOf(Alice, Bob, Carol);
        Serve(center, 1);
        Apply(center, Bob, Carol);

        Assert.Equal([Bob, Carol, Bob], Serve(center, 3));
    }

    [Fact]
    public void The_circle_goes_on_after_a_restart()
    {
        var center = CenterOf(Alice, Bob, Carol);
        Serve(center, 2);

        Assert.Equal([Carol, Alice], Serve(center.Restart(), 2));
    }

    [Fact]
    public void Each_queue_has_its_own_circle()
    {
        var center = WithAllStrategies(Circle(Sales, Alice, Bob), Circle(Help, Alice, Bob));
        center.LogInAll();
        center.Enqueue(Sales);
        center.Serve(Alice);

        center.Enqueue(Help);
        Assert.NotNull(center.FindRinging(Alice));
    }

    private static QueueModel Circle(QueueId id, params AgentId[] members) => QueueOf(id, members) with { Strategy = RoundRobinStrategy.StrategyName };

    private static TestCenter CenterOf(params AgentId[] members)
    {
        var center = WithAllStrategies(ModelOf([Circle(Sales, members)], AgentOf(Dave)));
        center.LogInAll();
        center.LogIn(Dave, new("1004"));
        return center;
    }

    private static void Apply(TestCenter center, params AgentId[] members) =>
        center.Send(new ApplyModel(ModelOf([Circle(Sales, members)], AgentOf(Dave))));

    private static List<AgentId> Serve(TestCenter center, int calls)
    {
        var taken = new List<AgentId>();
        for (var i = 0; i < calls; i++)
        {
            center.Enqueue(Sales);
            var offer = center.Effects.OfType<Offer>().Last();
            center.Serve(offer.Agent);
            taken.Add(offer.Agent);
        }
        return taken;
    }
}
