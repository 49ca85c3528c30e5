using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class CallWindowTests
{
    private static readonly QueueModel Few = QueueOf(Sales, Alice, Bob) with { Strategy = FewestCallsStrategy.StrategyName };
    private static readonly QueueModel Least = QueueOf(Sales, Alice, Bob) with { Strategy = LeastTalkTimeStrategy.StrategyName };
    private static readonly QueueModel OfAlice = QueueOf(Help, Alice);

    [Fact]
    public void Whoever_took_fewest_calls_comes_first_however_long_they_talked()
    {
        var center = CenterOf(Few);
        center.Enqueue(Sales);
        center.Serve(Alice, Seconds(1));

        center.Enqueue(Sales);
        center.Serve(Bob, Seconds(600));

        Assert.Equal(Alice, FirstFor(center));
    }

    [Fact]
    public void Whoever_talked_least_comes_first_however_often()
    {
        var center = CenterOf(Least);
        center.Enqueue(Sales);
        center.Serve(Alice, Seconds(100));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            center.Enqueue(Sales);
            center.Serve(Bob, Seconds(30));
        }

        Assert.Equal(Bob, FirstFor(center));
    }

    [Fact]
    public void Calls_of_every_queue_count()
    {
        var center = CenterOf(Few);
        center.Enqueue(Help);
        center.Serve(Alice);

        Assert.Equal(Bob, FirstFor(center));
    }

    [Fact]
    public void A_call_counts_once_however_often_it_was_offered_held_and_told_to_be_over()
    {
        var center = CenterOf(Few);
        center.Enqueue(Sales);
        center.Send(new OfferFailed(center.RingingAt(Alice).Id, OfferFailure.Rejected));
        center.Send(new OfferFailed(center.RingingAt(Bob).Id, OfferFailure.Rejected));
        center.Advance(Seconds(5));
        var interaction = center.Answer(Alice);
        foreach (var held in new[] { true, false, true, false })
            center.Send(new HoldAssignment(Alice, interaction, held));
        center.Send(new AssignmentEnded(Alice, interaction), new AssignmentEnded(Alice, interaction));

        Assert.Equal(1, center.StateOf(Alice).Calls);
        Assert.Equal(0, center.StateOf(Bob).Calls);
    }

    [Fact]
    public void A_callback_counts_once()
    {
        var center = CenterOf(Few);
        var interaction = center.NewInteraction();
        center.Send(new Enqueue(interaction, Sales, Reach: PartyReach.ToBeCalled));
        var offer = center.RingingAt(Alice);
        center.Send(new OfferAnswered(offer.Id), new PartyReached(offer.Id), new AssignmentEnded(Alice, interaction));

        Assert.Equal(1, center.StateOf(Alice).Calls);
    }

    [Fact]
    public void A_shift_begins_with_the_login_and_not_with_a_move()
    {
        var center = CenterOf(Few);
        center.Enqueue(Help);
        center.Serve(Alice);
        center.LogIn(Alice, Desk3);
        Assert.Equal(Bob, FirstFor(center));

        center.Send(new LogOut(Alice, Boss));
        center.LogIn(Alice, Desk3);
        center.Enqueue(Sales);

        Assert.NotNull(center.FindRinging(Alice));
    }

    [Fact]
    public void Yesterdays_calls_count_no_more_from_midnight_on_in_the_time_zone_of_the_queue()
    {
        var center = CenterOf(Few with { Window = CallWindow.Day, TimeZone = "Europe/Vilnius" });
        center.Enqueue(Help);
        center.Serve(Alice, Seconds(60));
        center.Advance(Midnight(22) - center.Now - TimeSpan.FromTicks(1));
        Assert.Equal(Bob, FirstFor(center, leave: true));

        center.Advance(TimeSpan.FromTicks(1));
        center.Settle(Bob);

        Assert.Equal(Alice, FirstFor(center));
    }

    [Fact]
    public void A_new_login_does_not_reset_the_day()
    {
        var center = CenterOf(Few with { Window = CallWindow.Day });
        center.Enqueue(Help);
        center.Serve(Alice, Seconds(60));
        center.Send(new LogOut(Alice, Boss));
        center.LogIn(Alice, Desk1);

        Assert.Equal(Bob, FirstFor(center));
    }

    [Fact]
    public void The_day_after_tomorrow_begins_at_midnight_too()
    {
        var center = CenterOf(Few with { Window = CallWindow.Day });
        center.Advance(TimeSpan.FromDays(1.75));
        center.Enqueue(Help);
        center.Serve(Alice);
        Assert.Equal(Bob, FirstFor(center, leave: true));
        center.Settle(Bob);

        center.Advance(Midnight(24).AddDays(2) - center.Now);

        Assert.Equal(Alice, FirstFor(center));
    }

    [Fact]
    public void The_day_in_which_the_clock_goes_forward_has_23_hours()
    {
        var center = CenterOf(Few with { Window = CallWindow.Day, TimeZone = "Europe/Vilnius" });
        center.Advance(new DateTimeOffset(2026, 3, 28, 22, 0, 0, TimeSpan.Zero) - center.Now); // Midnight of 29 March.
        center.Enqueue(Help);
        center.Serve(Alice);
        center.Advance(TimeSpan.FromHours(23) - TimeSpan.FromTicks(1));
        Assert.Equal(Bob, FirstFor(center, leave: true));

        center.Advance(TimeSpan.FromTicks(1));
        center.Settle(Bob);

        Assert.Equal(Alice, FirstFor(center));
    }

    [Fact]
    public void Talk_time_over_midnight_counts_on_the_day_it_ends()
    {
        var center = CenterOf(Least with { Window = CallWindow.Day });
        center.Advance(Midnight(24) - center.Now - Seconds(60));
        center.Enqueue(Help);
        center.Serve(Alice, Seconds(120));

        Assert.Equal(Bob, FirstFor(center));
    }

    [Fact]
    public void Calls_fall_out_of_a_moving_window_by_time_alone()
    {
        var center = CenterOf(Few with { Window = CallWindow.Rolling, RollingWindow = TimeSpan.FromHours(1) });
        center.Enqueue(Help);
        center.Serve(Alice);
        center.Advance(Noon + TimeSpan.FromHours(1) - center.Now);
        Assert.Equal(Bob, FirstFor(center, leave: true));

        center.Advance(TimeSpan.FromMicroseconds(1));
        center.Settle(Bob);

        Assert.Equal(Alice, FirstFor(center));
    }

    [Fact]
    public void Of_several_calls_each_falls_out_of_a_moving_window_at_its_own_time()
    {
        var center = CenterOf(Few with { Window = CallWindow.Rolling, RollingWindow = TimeSpan.FromHours(1) });
        foreach (var _ in Enumerable.Range(0, 2))
        {
            center.Enqueue(Help);
            center.Serve(Alice);
            center.Advance(TimeSpan.FromMinutes(20));
        }
        center.Send(new Pause(Alice, "lunch", Boss));
        center.Enqueue(Sales);
        center.Serve(Bob);
        center.Send(new Resume(Alice, Boss));

        Assert.Equal(Bob, FirstFor(center, leave: true)); // 2 to 1.
        center.Settle(Bob);
        center.Advance(TimeSpan.FromMinutes(21));
        Assert.Equal(Alice, FirstFor(center, leave: true)); // 1 to 1.
        center.Settle(Alice);
        center.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(Alice, FirstFor(center)); // 0 to 1.
    }

    [Theory]
    [InlineData(CallWindow.Shift)]
    [InlineData(CallWindow.Day)]
    [InlineData(CallWindow.Rolling)]
    public void Counts_survive_a_restart(CallWindow window)
    {
        var center = CenterOf(Few with { Window = window });
        center.Enqueue(Help);
        center.Serve(Alice, Seconds(1));

        Assert.Equal(Bob, FirstFor(center.Restart()));
    }

    private static DateTimeOffset Midnight(int hourUtc) => new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).AddHours(hourUtc);

    private static TestCenter CenterOf(QueueModel queue)
    {
        var center = WithAllStrategies(queue, OfAlice);
        center.LogIn(Alice, Desk1);
        center.LogIn(Bob, Desk2);
        return center;
    }

    private static AgentId FirstFor(TestCenter center, bool leave = false)
    {
        var interaction = center.NewInteraction();
        var agent = Assert.IsType<Offer>(Assert.Single(center.Send(new Enqueue(interaction, Sales)))).Agent;
        if (leave)
            center.Send(new Leave(interaction, QueueExit.Abandoned));
        return agent;
    }
}
