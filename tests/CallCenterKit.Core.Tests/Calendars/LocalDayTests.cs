using System.Globalization;
using CallCenterKit.Calendars;

namespace CallCenterKit.Core.Tests.Calendars;

public class LocalDayTests
{
    [Theory]
    [InlineData("Europe/Vilnius", "2026-07-15T12:00Z", "2026-07-14T21:00Z", "2026-07-15T21:00Z")]
    [InlineData("Europe/Vilnius", "2026-03-29T12:00Z", "2026-03-28T22:00Z", "2026-03-29T21:00Z")] // 23 hours
    [InlineData("Europe/Vilnius", "2026-10-25T12:00Z", "2026-10-24T21:00Z", "2026-10-25T22:00Z")] // 25 hours
    [InlineData("America/New_York", "2026-03-08T12:00Z", "2026-03-08T05:00Z", "2026-03-09T04:00Z")]
    [InlineData("America/New_York", "2026-11-01T12:00Z", "2026-11-01T04:00Z", "2026-11-02T05:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24T12:00Z", "2026-04-23T22:00Z", "2026-04-24T21:00Z")] // midnight does not exist
    [InlineData("Africa/Cairo", "2026-10-29T21:30Z", "2026-10-28T21:00Z", "2026-10-29T22:00Z")] // back from midnight to 23:00
    [InlineData("America/St_Johns", "2006-10-29T03:00Z", "2006-10-29T02:30Z", "2006-10-30T03:30Z")] // back from 00:01 to 23:01: it is the 29th already
    [InlineData("Pacific/Apia", "2011-12-30T09:59Z", "2011-12-29T10:00Z", "2011-12-30T10:00Z")] // the 30th does not exist
    [InlineData("Pacific/Apia", "2011-12-30T10:00Z", "2011-12-30T10:00Z", "2011-12-31T10:00Z")]
    [InlineData("UTC", "2026-07-15T00:00Z", "2026-07-15T00:00Z", "2026-07-16T00:00Z")]
    public void A_day_begins_at_local_midnight(string zone, string at, string start, string next)
    {
        Assert.Equal(At(start), LocalDay.StartOf(At(at), zone));
        Assert.Equal(At(next), LocalDay.NextStart(At(at), zone));
    }

    [Theory]
    [InlineData("Europe/Vilnius")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Havana")]
    [InlineData("Africa/Casablanca")]
    public void Days_follow_one_another_without_a_gap(string zone)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var start = LocalDay.StartOf(new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero), zone);
        for (var day = 0; day < 1_200; day++)
        {
            var next = LocalDay.NextStart(start, zone);

            Assert.Equal(start, LocalDay.StartOf(start, zone));
            Assert.Equal(start, LocalDay.StartOf(next.AddTicks(-1), zone));
            Assert.Equal(next, LocalDay.NextStart(next.AddTicks(-1), zone));
            Assert.Equal(TimeZoneInfo.ConvertTime(start, info).Date.AddDays(1), TimeZoneInfo.ConvertTime(next, info).Date);
            start = next;
        }
    }

    [Fact]
    public void The_ends_of_time_are_days_too()
    {
        Assert.Equal(DateTimeOffset.MinValue, LocalDay.StartOf(DateTimeOffset.MinValue, "America/New_York"));
        Assert.Equal(DateTimeOffset.MaxValue, LocalDay.NextStart(DateTimeOffset.MaxValue, "Europe/Vilnius"));
    }

    [Fact]
    public void An_unknown_place_has_no_days() =>
        Assert.Contains("Mars/Base", Assert.Throws<TimeZoneNotFoundException>(() => LocalDay.StartOf(DateTimeOffset.UnixEpoch, "Mars/Base")).Message, StringComparison.Ordinal);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
