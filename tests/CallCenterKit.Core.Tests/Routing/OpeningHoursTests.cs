using CallCenterKit.Calendars;
using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class OpeningHoursTests
{
    private static readonly Overflow ToVoicemail = new(OverflowKind.Voicemail, "sales");
    private static readonly Overflow ToHelp = new(OverflowKind.Queue, "help");
    private static readonly OpeningHours Daily = new("Europe/Vilnius", OpeningHours.ParseWeek(["Mon-Sun 08:00-17:00"])); // In winter 06:00 to 15:00 UTC.

    [Fact]
    public void Out_of_hours_a_caller_goes_where_those_go_that_come_too_late()
    {
        var center = CenterOf(ClosingRule.Serve);
        center.Advance(At(15) - center.Now);

        Assert.Equal(new QueueOutcome.Closed(TimeSpan.Zero, ToVoicemail), OutcomeOf(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)))));
        Assert.Equal(QueueRefusal.OutOfHours, center.Last<QueueRefused>().Reason);
    }

    [Fact]
    public void It_is_open_until_the_last_tick_and_from_the_first()
    {
        var center = CenterOf(ClosingRule.Serve);
        center.Advance(At(15) - center.Now - TimeSpan.FromTicks(1));
        Assert.True(Enters(center));
        center.Advance(TimeSpan.FromTicks(1));
        Assert.False(Enters(center));

        center.Advance(TimeSpan.FromHours(15) - TimeSpan.FromTicks(1));
        Assert.False(Enters(center));
        center.Advance(TimeSpan.FromTicks(1));
        Assert.True(Enters(center));
    }

    [Fact]
    public void A_closed_queue_can_lead_to_one_that_is_open()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { Hours = Daily, ClosedOverflow = ToHelp }, QueueOf(Help, Bob));
        center.Advance(At(20) - center.Now);

        Assert.Equal(Help, center.EntryOf(center.Enqueue(Sales)).Queue);
    }

    [Fact]
    public void Without_a_place_for_those_who_come_too_late_they_go_where_all_go()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { Hours = Daily, Overflow = ToVoicemail });
        center.Advance(At(20) - center.Now);

        Assert.Equal(new QueueOutcome.Closed(TimeSpan.Zero, ToVoicemail), OutcomeOf(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)))));
    }

    [Fact]
    public void At_closing_time_those_who_wait_are_served()
    {
        var center = CenterOf(ClosingRule.Serve);
        center.Advance(At(14.9) - center.Now);
        var interaction = center.Enqueue(Sales);
        Assert.Empty(center.Advance(TimeSpan.FromHours(1)));

        Assert.Equal(interaction, Assert.IsType<Offer>(Assert.Single(center.LogIn(Alice, Desk1))).Interaction);
    }

    [Fact]
    public void At_closing_time_those_who_wait_are_sent_away_to_the_tick()
    {
        var center = CenterOf(ClosingRule.SendAway);
        center.Advance(At(14.5) - center.Now);
        var (first, second) = (center.Enqueue(Sales), center.Enqueue(Sales));
        Assert.Empty(center.Advance(TimeSpan.FromHours(0.5) - TimeSpan.FromTicks(1)));

        var releases = center.Advance(TimeSpan.FromTicks(1)).Cast<Release>().ToList();

        Assert.Equal([first, second], releases.Select(release => release.Interaction));
        Assert.All(releases, release => Assert.Equal(new QueueOutcome.Closed(TimeSpan.FromHours(0.5), ToVoicemail), release.Outcome));
        Assert.Equal(QueueExit.OutOfHours, center.Last<QueueLeft>().Exit);
    }

    [Fact]
    public void At_closing_time_what_rings_stops_and_what_talks_goes_on()
    {
        var center = CenterOf(ClosingRule.SendAway);
        center.LogInAll();
        center.Advance(At(15) - center.Now - Seconds(5));
        center.Enqueue(Sales);
        var talking = center.Answer(Alice);
        center.Enqueue(Sales);

        Assert.Equal([typeof(WithdrawOffer), typeof(Release)], center.Advance(Seconds(5)).Select(effect => effect.GetType()));
        Assert.Equal(talking, Assert.Single(center.StateOf(Alice).Assignments).Interaction);
    }

    [Fact]
    public void At_closing_time_a_callback_keeps_its_place()
    {
        var center = CenterOf(ClosingRule.SendAway);
        center.Advance(At(14.5) - center.Now);
        var interaction = center.Enqueue(Sales);
        center.Send(new RequestCallback(interaction));

        Assert.Empty(center.Advance(TimeSpan.FromHours(1)));

        Assert.Equal(interaction, center.EntryOf(interaction).Interaction);
    }

    [Fact]
    public void The_next_closing_time_counts_too()
    {
        var center = CenterOf(ClosingRule.SendAway);
        center.Advance(TimeSpan.FromDays(2));
        center.Enqueue(Sales);

        Assert.Empty(center.Advance(TimeSpan.FromHours(3) - TimeSpan.FromTicks(1)));
        Assert.IsType<QueueOutcome.Closed>(OutcomeOf(Assert.Single(center.Advance(TimeSpan.FromTicks(1)))));
    }

    [Fact]
    public void When_the_clock_goes_forward_it_closes_an_hour_earlier_in_world_time()
    {
        var center = CenterOf(ClosingRule.SendAway);
        center.Advance(new DateTimeOffset(2026, 3, 29, 13, 0, 0, TimeSpan.Zero) - center.Now); // The clock went forward at 01:00 UTC.
        center.Enqueue(Sales);

        Assert.Empty(center.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1)));
        Assert.IsType<QueueOutcome.Closed>(OutcomeOf(Assert.Single(center.Advance(TimeSpan.FromTicks(1)))));
    }

    [Fact]
    public void A_night_shift_over_the_change_is_an_hour_shorter()
    {
        var night = new OpeningHours("Europe/Vilnius", OpeningHours.ParseWeek(["Sat 22:00-06:00"]));
        var center = new TestCenter(QueueOf(Sales, Alice) with { Hours = night, AtClosing = ClosingRule.SendAway });
        center.Advance(new DateTimeOffset(2026, 3, 28, 20, 0, 0, TimeSpan.Zero) - center.Now); // 22:00 on the wall.
        center.Enqueue(Sales);

        Assert.Empty(center.Advance(TimeSpan.FromHours(7) - TimeSpan.FromTicks(1)));
        Assert.IsType<QueueOutcome.Closed>(OutcomeOf(Assert.Single(center.Advance(TimeSpan.FromTicks(1)))));
    }

    [Fact]
    public void On_a_holiday_nobody_comes_in()
    {
        var hours = Daily with { Holidays = OpeningHours.ParseHolidays(["2026-01-06 Epiphany", "2026-01-07 Half day 08:00-12:00"]) };
        var center = new TestCenter(QueueOf(Sales, Alice) with { Hours = hours });
        Assert.True(Enters(center));

        center.Advance(TimeSpan.FromDays(1));
        Assert.False(Enters(center));
        center.Advance(TimeSpan.FromDays(1) - TimeSpan.FromHours(2) - TimeSpan.FromTicks(1)); // 12:00 on the wall, but for a tick.
        Assert.True(Enters(center));
        center.Advance(TimeSpan.FromTicks(1));
        Assert.False(Enters(center));
    }

    [Fact]
    public void Other_hours_send_away_whoever_waits_out_of_them_at_once()
    {
        var center = new TestCenter(QueueOf(Sales, Alice));
        center.Advance(At(20) - center.Now);
        center.Enqueue(Sales);

        var effects = center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice) with { Hours = Daily, AtClosing = ClosingRule.SendAway }])));

        Assert.IsType<QueueOutcome.Closed>(OutcomeOf(Assert.Single(effects)));
    }

    private static TestCenter CenterOf(ClosingRule rule) => new(QueueOf(Sales, Alice, Bob) with
    {
        Hours = Daily,
        AtClosing = rule,
        ClosedOverflow = ToVoicemail,
        Overflow = ToHelp,
    });

    private static DateTimeOffset At(double hourUtc) => new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).AddHours(hourUtc);

    private static bool Enters(TestCenter center)
    {
        var interaction = center.NewInteraction();
        var enters = !center.Send(new Enqueue(interaction, Sales)).OfType<Release>().Any();
        center.Send(new Leave(interaction, QueueExit.Abandoned));
        return enters;
    }
}
