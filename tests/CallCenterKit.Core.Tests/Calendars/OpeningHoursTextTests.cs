using System.Globalization;
using CallCenterKit.Calendars;

namespace CallCenterKit.Core.Tests.Calendars;

public class OpeningHoursTextTests
{
    [Theory]
    [InlineData("Sat 10:00-14:00", "Sat 10:00-14:00")]
    [InlineData("Mon-Wed 8:00-17:00", "Mon 08:00-17:00, Tue 08:00-17:00, Wed 08:00-17:00")]
    [InlineData("Mon 08:00-12:00 13:00-17:30", "Mon 08:00-12:00, Mon 13:00-17:30")]
    [InlineData(" saturday-MON  22:00-02:00 ", "Sat 22:00-02:00, Sun 22:00-02:00, Mon 22:00-02:00")]
    [InlineData("Sun 00:00-24:00", "Sun 00:00-24:00")]
    [InlineData("Sun 00:00-00:00", "Sun 00:00-24:00")]
    [InlineData("Sun 08:00-00:00", "Sun 08:00-24:00")]
    [InlineData("Sun 08:00-20:00:30.5", "Sun 08:00-20:00:30.5")]
    public void A_week_is_read(string text, string spans) =>
        Assert.Equal(spans, string.Join(", ", OpeningHours.ParseWeek([text])));

    [Fact]
    public void A_whole_week_has_seven_days() =>
        Assert.Equal(Enum.GetValues<DayOfWeek>(), OpeningHours.ParseWeek(["Mon-Sun 00:00-24:00"]).Select(span => span.Day).Order());

    [Theory]
    [InlineData("", "a day or two with '-' between, and hours")]
    [InlineData("Mon", "a day or two with '-' between, and hours")]
    [InlineData("Mo 08:00-17:00", "a day or two with '-' between, and hours")]
    [InlineData("1-5 08:00-17:00", "a day or two with '-' between, and hours")]
    [InlineData("Mon-Tue-Wed 08:00-17:00", "a day or two with '-' between, and hours")]
    [InlineData("Mon - Fri 08:00-17:00", "hours in place of '-'")]
    [InlineData("Mon 08:00", "hours in place of '08:00'")]
    [InlineData("Mon 08:00-25:00", "hours in place of '08:00-25:00'")]
    [InlineData("Mon 24:00-08:00", "hours in place of '24:00-08:00'")]
    [InlineData("Mon 08:00-08:00", "hours in place of '08:00-08:00'")]
    [InlineData("Mon 08:00-12:00, 13:00-17:00", "hours in place of '08:00-12:00,'")]
    public void Other_weeks_are_refused(string text, string wanted)
    {
        var message = Assert.Throws<FormatException>(() => OpeningHours.ParseWeek(["Tue 08:00-17:00", text])).Message;

        Assert.StartsWith($"Opening hours '{text}' must have {wanted}: \"Mon-Fri 08:00-17:00\"", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-25 Christmas", "Christmas", "")]
    [InlineData("2026-12-24  Christmas  Eve 08:00-12:00", "Christmas Eve", "08:00-12:00")]
    [InlineData("2026-12-31 Sylvester 31 08:00-12:00 22:00-02:00", "Sylvester 31", "08:00-12:00, 22:00-02:00")]
    public void A_holiday_is_read(string text, string name, string open)
    {
        var holiday = Assert.Single(OpeningHours.ParseHolidays([text]));

        Assert.Equal((text[..10], name, open), (holiday.Date.ToString("O", CultureInfo.InvariantCulture), holiday.Name, string.Join(", ", holiday.Open ?? [])));
        Assert.Equal([holiday], OpeningHours.ParseHolidays([holiday.ToString()]));
    }

    [Theory]
    [InlineData("", "a date first")]
    [InlineData("25.12.2026 Christmas", "a date first")]
    [InlineData("2026-02-30 Never", "a date first")]
    [InlineData("2026-12-25", "a name")]
    [InlineData("2026-12-25 08:00-12:00", "a name")]
    [InlineData("2026-12-24 Christmas Eve 08:00-25:00", "hours in place of '08:00-25:00'")]
    [InlineData("2026-12-24 Christmas Eve 08:00 - 12:00", "hours in place of '12:00'")]
    [InlineData("2026-12-24 Christmas Eve 8-12", "hours in place of '8-12'")]
    public void Other_holidays_are_refused(string text, string wanted)
    {
        var message = Assert.Throws<FormatException>(() => OpeningHours.ParseHolidays([text])).Message;

        Assert.StartsWith($"Holiday '{text}' must have {wanted}: \"2026-12-25 Christmas\"", message, StringComparison.Ordinal);
    }
}
