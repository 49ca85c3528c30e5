using System.Globalization;
using System.Text.Json;
using CallCenterKit.Calendars;
using CallCenterKit.Journal;

namespace CallCenterKit.Core.Tests.Calendars;

public class OpeningHoursTests
{
    private const string Vilnius = "Europe/Vilnius";
    private const string NewYork = "America/New_York";

    private static readonly OpeningHours Office = Hours(Vilnius, "Mon-Fri 08:00-12:00 13:00-17:00", "Sat 10:00-14:00") with
    {
        Holidays = OpeningHours.ParseHolidays(["2026-12-24 Christmas Eve 08:00-12:00", "2026-12-25 Christmas"]),
    };

    [Theory]
    [InlineData("2026-07-15T07:59:59+03:00", false)]
    [InlineData("2026-07-15T08:00:00+03:00", true)]
    [InlineData("2026-07-15T11:59:59+03:00", true)]
    [InlineData("2026-07-15T12:00:00+03:00", false)]
    [InlineData("2026-07-15T05:00:00Z", true)]
    [InlineData("2026-01-15T05:59:59Z", false)]
    [InlineData("2026-07-18T09:00:00+03:00", false)]
    [InlineData("2026-07-18T10:00:00+03:00", true)]
    [InlineData("2026-07-19T10:00:00+03:00", false)]
    public void It_is_open_by_the_clock_of_its_place(string at, bool open) => Assert.Equal(open, Office.IsOpenAt(At(at)));

    [Theory]
    [InlineData("2026-07-15T08:00+03:00", "2026-07-15T12:00+03:00")]
    [InlineData("2026-07-15T12:00+03:00", "2026-07-15T13:00+03:00")]
    [InlineData("2026-07-17T17:00+03:00", "2026-07-18T10:00+03:00")]
    [InlineData("2026-07-18T14:00+03:00", "2026-07-20T08:00+03:00")]
    [InlineData("2026-12-24T08:00+02:00", "2026-12-24T12:00+02:00")]
    [InlineData("2026-12-24T12:00+02:00", "2026-12-26T10:00+02:00")]
    public void The_next_change_is_strictly_later(string at, string next) => Assert.Equal(At(next), Office.NextChangeAfter(At(at)));

    [Theory]
    [InlineData("2026-12-24T11:59+02:00", true)]
    [InlineData("2026-12-24T13:30+02:00", false)]
    [InlineData("2026-12-25T10:00+02:00", false)]
    [InlineData("2026-12-26T10:00+02:00", true)]
    public void A_holiday_has_its_own_hours(string at, bool open) => Assert.Equal(open, Office.IsOpenAt(At(at)));

    [Fact]
    public void A_night_shift_that_began_before_a_holiday_goes_on_into_it()
    {
        var nights = Hours(Vilnius, "Mon-Sun 22:00-06:00") with { Holidays = [new(new(2026, 12, 25), "Christmas")] };

        AssertChanges(nights, "2026-12-24T20:00+02:00", "2026-12-24T22:00+02:00", "2026-12-25T06:00+02:00", "2026-12-26T22:00+02:00");
    }

    [Theory]
    [InlineData(Vilnius, "2026-03-28T22:00+02:00", "2026-03-29T06:00+03:00", 7)]
    [InlineData(Vilnius, "2026-10-24T22:00+03:00", "2026-10-25T06:00+02:00", 9)]
    [InlineData(NewYork, "2026-03-07T22:00-05:00", "2026-03-08T06:00-04:00", 7)]
    [InlineData(NewYork, "2026-10-31T22:00-04:00", "2026-11-01T06:00-05:00", 9)]
    public void A_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn(string zone, string from, string to, int hours)
    {
        var nights = Hours(zone, "Sat 22:00-06:00");

        AssertChanges(nights, At(from).AddDays(-1).ToString("O", CultureInfo.InvariantCulture), from, to);
        Assert.Equal(TimeSpan.FromHours(hours), At(to) - At(from));
    }

    [Theory]
    // Spring in Vilnius: at 03:00 it is 04:00.
    [InlineData(Vilnius, "Sun 03:30-08:00", "2026-03-29T04:00+03:00", "2026-03-29T08:00+03:00")]
    [InlineData(Vilnius, "Sun 01:00-03:30", "2026-03-29T01:00+02:00", "2026-03-29T04:00+03:00")]
    // Autumn in Vilnius: at 04:00 it is 03:00.
    [InlineData(Vilnius, "Sun 03:30-08:00", "2026-10-25T03:30+03:00", "2026-10-25T08:00+02:00")]
    [InlineData(Vilnius, "Sun 01:00-03:30", "2026-10-25T01:00+03:00", "2026-10-25T03:30+02:00")]
    [InlineData(Vilnius, "Sun 03:10-03:20", "2026-10-25T03:10+03:00", "2026-10-25T03:20+02:00")]
    [InlineData(Vilnius, "Sun 03:00-04:00", "2026-10-25T03:00+03:00", "2026-10-25T04:00+02:00")]
    [InlineData(Vilnius, "Sun 02:00-03:00", "2026-10-25T02:00+03:00", "2026-10-25T03:00+02:00")]
    [InlineData(NewYork, "Sun 02:30-08:00", "2026-03-08T03:00-04:00", "2026-03-08T08:00-04:00")]
    [InlineData(NewYork, "Sun 00:00-02:30", "2026-03-08T00:00-05:00", "2026-03-08T03:00-04:00")]
    [InlineData(NewYork, "Sun 01:30-08:00", "2026-11-01T01:30-04:00", "2026-11-01T08:00-05:00")]
    [InlineData(NewYork, "Sun 00:00-01:30", "2026-11-01T00:00-04:00", "2026-11-01T01:30-05:00")]
    public void It_opens_at_the_first_and_closes_at_the_last_of_a_doubled_time(string zone, string week, string opens, string closes) =>
        AssertChanges(Hours(zone, week), At(opens).AddDays(-1).ToString("O", CultureInfo.InvariantCulture), opens, closes);

    [Fact]
    public void A_span_that_the_clock_skips_does_not_open() =>
        AssertChanges(Hours(Vilnius, "Sun 03:00-04:00"), "2026-03-28T12:00Z", "2026-04-05T03:00+03:00", "2026-04-05T04:00+03:00");

    [Fact]
    public void Spans_that_touch_or_overlap_are_one()
    {
        var hours = Hours(Vilnius, "Mon 08:00-12:00", "Mon 12:00-15:00", "Mon 14:00-24:00", "Tue 00:00-01:00", "Mon 09:00-10:00");

        AssertChanges(hours, "2026-07-13T00:00+03:00", "2026-07-13T08:00+03:00", "2026-07-14T01:00+03:00", "2026-07-20T08:00+03:00");
    }

    [Fact]
    public void What_never_changes_has_no_next_change()
    {
        var always = Hours(NewYork, "Mon-Sun 00:00-24:00");
        var never = new OpeningHours(NewYork, []);

        Assert.True(always.IsOpenAt(At("2026-11-01T06:30Z")));
        Assert.Null(always.NextChangeAfter(At("2026-01-01T00:00Z")));
        Assert.False(never.IsOpenAt(At("2026-11-01T06:30Z")));
        Assert.Null(never.NextChangeAfter(At("2026-01-01T00:00Z")));
    }

    [Fact]
    public void A_change_is_seen_400_days_ahead_and_no_farther()
    {
        var once = new OpeningHours("UTC", []) { Holidays = [new(new(2028, 1, 1), "Open day", [new(new(9, 0), new(17, 0))])] };
        var opens = At("2028-01-01T09:00Z");

        Assert.Equal(opens, once.NextChangeAfter(opens.AddDays(-400)));
        Assert.Null(once.NextChangeAfter(opens.AddDays(-400).AddTicks(-1)));
    }

    [Fact]
    public void The_ends_of_time_do_no_harm()
    {
        foreach (var zone in new[] { Vilnius, NewYork, "Pacific/Kiritimati", "Pacific/Pago_Pago" })
        {
            var hours = Hours(zone, "Mon-Sun 22:00-06:00");
            foreach (var instant in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
                _ = (hours.IsOpenAt(instant), hours.NextChangeAfter(instant));
        }
    }

    [Fact]
    public void It_survives_JSON_and_is_compared_by_value()
    {
        var json = JsonSerializer.Serialize(Office, EventCatalog.JsonOptions);
        var copy = JsonSerializer.Deserialize<OpeningHours>(json, EventCatalog.JsonOptions)!;

        Assert.Equal(Office, copy);
        Assert.Equal(Office.GetHashCode(), copy.GetHashCode());
        Assert.Equal(json, JsonSerializer.Serialize(copy, EventCatalog.JsonOptions));
        Assert.Contains("""{"day":"monday","from":"08:00:00","to":"12:00:00"}""", json, StringComparison.Ordinal);
        Assert.NotEqual(Office, Office with { TimeZone = NewYork });
        Assert.NotEqual(Office, Office with { Week = [.. Office.Week.Skip(1)] });
        Assert.NotEqual(Office, Office with { Holidays = [Office.Holidays[0], Office.Holidays[1] with { Open = Office.Holidays[0].Open }] });
    }

    [Fact]
    public void A_changed_copy_keeps_its_own_hours()
    {
        Assert.True(Office.IsOpenAt(At("2026-07-15T09:00+03:00")));

        Assert.False((Office with { TimeZone = NewYork }).IsOpenAt(At("2026-07-15T09:00+03:00")));
        Assert.False((Office with { Week = [] }).IsOpenAt(At("2026-07-15T09:00+03:00")));
    }

    [Fact]
    public void Good_hours_have_no_faults() => Assert.Empty(Office.Faults());

    [Fact]
    public void A_fault_names_the_thing_its_value_and_what_is_allowed()
    {
        var nine = new TimeOnly(9, 0);
        var hours = new OpeningHours("Europe/Vilnus", [new(DayOfWeek.Monday, nine, nine), new((DayOfWeek)7, nine, nine)])
        {
            Holidays = [new(new(2026, 12, 25), "Christmas", [new(nine, nine)]), new(new(2026, 12, 25), "Xmas"), new(new(2026, 12, 26), " ")],
        };

        Assert.Equal(
            [
                "Time zone 'Europe/Vilnus' must be an IANA id that this machine knows, such as 'Europe/Vilnius'.",
                "Open span 'Mon 09:00-09:00' is empty; 'To' must differ from 'From', and 00:00-24:00 is the whole day.",
                "Day 7 of an open span must be 0 (Sunday) to 6 (Saturday).",
                "Span '09:00-09:00' of holiday '2026-12-25 Christmas 09:00-09:00' is empty; 'To' must differ from 'From', and 00:00-24:00 is the whole day.",
                "Holiday 2026-12-26 must have a name.",
                "Holiday 2026-12-25 stands 2 times (Christmas, Xmas); each date may stand once.",
            ],
            hours.Faults());
        Assert.Throws<TimeZoneNotFoundException>(() => hours.IsOpenAt(DateTimeOffset.UnixEpoch));
    }

    private static void AssertChanges(OpeningHours hours, string from, params string[] changes)
    {
        var at = At(from);
        var open = hours.IsOpenAt(at);
        foreach (var change in changes)
        {
            Assert.Equal(At(change), at = hours.NextChangeAfter(at)!.Value);
            Assert.Equal(open, hours.IsOpenAt(at.AddTicks(-1)));
            Assert.Equal(open = !open, hours.IsOpenAt(at));
        }
    }

    private static OpeningHours Hours(string zone, params string[] week) => new(zone, OpeningHours.ParseWeek(week));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
