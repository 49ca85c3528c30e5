using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Metrics;

public class HourlyWaitsTests
{
    private static readonly QueueId Support = new("support");
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly HourlyWaits _waits = new();
    private long _position;
    private int _calls;

    [Fact]
    public void A_wait_counts_in_the_hour_in_which_it_began_whatever_its_end()
    {
        Waits(Monday.AddHours(9.5), 60, QueueExit.Answered);
        Waits(Monday.AddHours(9.999), 120, QueueExit.Abandoned);
        Waits(Monday.AddHours(9), 30, QueueExit.Moved);
        Waits(Monday.AddHours(14), 10, QueueExit.TimedOut);

        Assert.Equal((3, TimeSpan.FromSeconds(70)), At(9));
        Assert.Equal((1, TimeSpan.FromSeconds(10)), At(14));
        Assert.Equal((0, TimeSpan.Zero), At(10));
        Assert.Equal(Enumerable.Range(0, 24), _waits.Of(Support).Select(hour => hour.Hour));
        Assert.All(_waits.Of(new("sales")), hour => Assert.Equal(0, hour.Calls));
    }

    [Fact]
    public void Days_of_the_week_are_told_apart_and_put_together()
    {
        Waits(Monday.AddHours(9), 60);
        Waits(Monday.AddDays(1).AddHours(9), 20);

        Assert.Equal((1, TimeSpan.FromSeconds(60)), At(9, DayOfWeek.Monday));
        Assert.Equal((1, TimeSpan.FromSeconds(20)), At(9, DayOfWeek.Tuesday));
        Assert.Equal((2, TimeSpan.FromSeconds(40)), At(9));
    }

    [Fact]
    public void Hours_are_those_of_the_clock_where_the_queue_is_also_when_it_changes()
    {
        Configure("Europe/Vilnius");
        Waits(new(2026, 3, 28, 8, 0, 0, TimeSpan.Zero), 60); // 10 o'clock
        Waits(new(2026, 3, 29, 7, 0, 0, TimeSpan.Zero), 60); // 10 o'clock, by the summer's clock

        Assert.Equal((2, TimeSpan.FromSeconds(60)), At(10));
    }

    [Fact]
    public void A_week_counts_for_seven_eighths_of_the_next()
    {
        for (var week = 0; week < 3; week++)
        {
            Waits(Monday.AddDays(7 * week).AddHours(9), 80 * (week + 1));
            Waits(Monday.AddDays(7 * week).AddHours(9), 80 * (week + 1));
        }

        var calls = 2 * ((49 / 64.0) + (7 / 8.0) + 1);
        Assert.Equal(calls, At(9).Calls, 1e-9);
        Assert.Equal(2 * ((49 / 64.0 * 80) + (7 / 8.0 * 160) + 240) / calls, At(9).Wait.TotalSeconds, 1e-3);
    }

    [Fact]
    public void Of_a_callback_the_time_counts_until_it_was_booked_and_what_is_no_wait_at_the_phone_is_left_out()
    {
        var entry = Enters(Monday.AddHours(9));
        Apply(Monday.AddHours(9).AddSeconds(40), new CallbackBooked(entry, Interaction(1), Support));
        Apply(Monday.AddHours(10), new QueueLeft(entry, Interaction(1), Support, QueueExit.Answered, TimeSpan.FromHours(1)));
        Waits(Monday.AddHours(9), 4_000, channel: Channels.Chat);
        Waits(Monday.AddHours(9), 4_000, reach: PartyReach.ToBeCalled);
        Waits(Monday.AddHours(9), 4_000, QueueExit.Closed);
        Apply(Monday.AddHours(11), new QueueLeft(new(1, 999), Interaction(9), Support, QueueExit.Answered, TimeSpan.FromHours(1)));

        Assert.Equal((1, TimeSpan.FromSeconds(40)), At(9));
    }

    [Fact]
    public void A_snapshot_and_the_entries_after_it_are_the_figures()
    {
        Configure("Europe/Vilnius");
        Waits(Monday.AddHours(9), 60);
        var entered = Enters(Monday.AddDays(7).AddHours(9));
        var restored = HourlyWaits.Restore(_waits.TakeSnapshot());
        JournalEntry[] later =
        [
            new(Streams.Routing, 1, 1, Monday.AddDays(7).AddHours(9).AddSeconds(30), new QueueLeft(entered, Interaction(1), Support, QueueExit.Answered, default)) { Position = ++_position },
            new(Streams.Routing, 1, 2, Monday.AddDays(7).AddHours(10), EnteredAs(new(1, 500))) { Position = ++_position },
            new(Streams.Routing, 1, 3, Monday.AddDays(7).AddHours(10).AddSeconds(5), new QueueLeft(new(1, 500), Interaction(1), Support, QueueExit.Answered, default)) { Position = ++_position },
        ];

        foreach (var waits in (HourlyWaits[])[_waits, restored, restored]) // what it has taken in, it ignores
            Array.ForEach(later, waits.Apply);

        Assert.Equal(_waits.Of(Support), restored.Of(Support));
        Assert.Equal(_waits.Of(Support, DayOfWeek.Monday), restored.Of(Support, DayOfWeek.Monday));
        Assert.Equal((1.875, TimeSpan.FromSeconds(44)), At(11));
        Assert.Equal(_waits.TakeSnapshot(), restored.TakeSnapshot());
    }

    private (double Calls, TimeSpan Wait) At(int hour, DayOfWeek? day = null) => (_waits.Of(Support, day)[hour].Calls, _waits.Of(Support, day)[hour].MeanWait);

    private void Configure(string timeZone) => Apply(Monday, new ModelApplied(new(
        1,
        new Dictionary<AgentId, AgentModel>(),
        new Dictionary<QueueId, QueueModel> { [Support] = new(Support, "Support", "longest-idle", []) { TimeZone = timeZone } })));

    private void Waits(DateTimeOffset from, double seconds, QueueExit exit = QueueExit.Answered, string channel = Channels.Voice, PartyReach reach = PartyReach.Present)
    {
        var entry = Enters(from, channel, reach);
        Apply(from.AddSeconds(seconds), new QueueLeft(entry, Interaction(1), Support, exit, TimeSpan.FromSeconds(seconds)));
    }

    private EntryId Enters(DateTimeOffset at, string channel = Channels.Voice, PartyReach reach = PartyReach.Present)
    {
        var entry = new EntryId(1, ++_calls);
        Apply(at, EnteredAs(entry) with { Channel = channel, Reach = reach });
        return entry;
    }

    /// <summary>Who waited elsewhere before.</summary>
    private static QueueEntered EnteredAs(EntryId entry) => new(entry, Interaction(1), Support, Channels.Voice, 1, PartyReach.Present, Monday);

    private void Apply(DateTimeOffset at, CenterEvent happened) =>
        _waits.Apply(new(Streams.Routing, 1, _position + 1, at, happened) { Position = ++_position });
}
