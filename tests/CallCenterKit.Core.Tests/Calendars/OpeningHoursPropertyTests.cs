using System.Collections.Concurrent;
using System.Globalization;
using CallCenterKit.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenterKit.Core.Tests.Calendars;

/// <summary>Against the plain definition, minute by minute, on the days around a change of the clocks.</summary>
public class OpeningHoursPropertyTests
{
    private const int Minutes = 5 * 24 * 60;
    private const int Before = 3 * 24 * 60;

    private static readonly ConcurrentDictionary<(string Zone, DateTimeOffset From), DateTime[]> Shown = [];

    /// <summary>The second of five days.</summary>
    private static readonly (string Zone, string Day)[] Jumps =
    [
        ("Europe/Vilnius", "2026-03-28"), ("Europe/Vilnius", "2026-10-24"), ("Europe/Vilnius", "2026-07-10"),
        ("America/New_York", "2026-03-07"), ("America/New_York", "2026-10-31"),
        ("Australia/Lord_Howe", "2026-04-04"), ("Australia/Lord_Howe", "2026-10-03"), // half an hour
        ("Africa/Cairo", "2026-04-23"), ("Africa/Cairo", "2026-10-29"), // at midnight
        ("America/St_Johns", "2006-04-01"), ("America/St_Johns", "2006-10-28"), // at 00:01
        ("Pacific/Apia", "2011-12-29"), // a day that is skipped
    ];

    private static readonly Gen<TimeOnly> AnyTime = Gen.Frequency(
        (3, Gen.Choose(0, 95).Select(quarter => new TimeOnly(0, 0).AddMinutes(quarter * 15))),
        (1, Gen.Choose(0, 16).Select(quarter => new TimeOnly(0, 0).AddMinutes(quarter * 15))),
        (1, Gen.Constant(TimeOnly.MinValue)));

    private static readonly Gen<DaySpan> AnySpan =
        from opens in AnyTime
        from closes in AnyTime
        select new DaySpan(opens, closes);

    private static readonly Gen<Case> AnyCase =
        from jump in Gen.Elements(Jumps)
        from week in (from day in Gen.Elements(Enum.GetValues<DayOfWeek>()) from span in AnySpan select new OpenSpan(day, span.From, span.To)).ArrayOf()
        from holidays in (from day in Gen.Choose(-1, 5) from spans in AnySpan.ArrayOf() select (day, spans.Take(2).ToArray())).ArrayOf()
        let first = DateOnly.Parse(jump.Day, CultureInfo.InvariantCulture).AddDays(-1)
        select new Case(
            new(jump.Zone, week)
            {
                Holidays = [.. holidays.Take(2).DistinctBy(holiday => holiday.day).Select(holiday => new Holiday(first.AddDays(holiday.day), "Holiday", holiday.Item2))],
            },
            new(first, TimeOnly.MinValue, TimeSpan.Zero));

    [Fact]
    public void It_agrees_with_a_scan_of_every_minute() => Prop.ForAll(Arb.From(AnyCase), Agrees)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(120).WithStartSize(1).WithEndSize(14));

    private static void Agrees(Case some)
    {
        var expected = Scan(some);
        DateTimeOffset? change = null;
        for (var minute = Minutes - 1; minute >= 0; minute--)
        {
            var at = some.From.AddMinutes(minute);
            if (some.Hours.IsOpenAt(at) != expected[minute])
                Assert.Fail($"At {at:u} it must be {(expected[minute] ? "open" : "closed")}.");
            if (change is not null && minute % 60 == 59)
                Assert.Equal(change, some.Hours.NextChangeAfter(at));
            if (minute > 0 && expected[minute] != expected[minute - 1])
                change = at;
        }
    }

    /// <summary>Open from the first minute that shows From, or that follows one skipped, until the last that shows To.</summary>
    private static bool[] Scan(Case some)
    {
        var shown = Shown.GetOrAdd((some.Hours.TimeZone, some.From), key => ShownAround(key.Zone, key.From));
        var open = new bool[Minutes];
        for (var day = -2; day <= 7; day++)
        {
            var date = DateOnly.FromDateTime(some.From.DateTime).AddDays(day);
            foreach (var span in SpansOn(some.Hours, date))
            {
                var from = date.ToDateTime(span.From);
                var to = date.ToDateTime(span.To).AddDays(span.To <= span.From ? 1 : 0);
                var opens = Array.FindIndex(shown, local => local >= from);
                var last = Array.FindLastIndex(shown, local => local <= to);
                var closes = last < 0 || shown[last] == to ? last : last + 1;
                for (var minute = Math.Max(0, opens - Before); opens >= 0 && minute < Math.Min(Minutes, closes - Before); minute++)
                    open[minute] = true;
            }
        }
        return open;
    }

    /// <summary>What the clock shows at each minute.</summary>
    private static DateTime[] ShownAround(string timeZone, DateTimeOffset from)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return [.. Enumerable.Range(-Before, Before + Minutes + Before).Select(minute => TimeZoneInfo.ConvertTime(from.AddMinutes(minute), zone).DateTime)];
    }

    private static IEnumerable<DaySpan> SpansOn(OpeningHours hours, DateOnly date)
    {
        var spans = hours.Holidays.FirstOrDefault(holiday => holiday.Date == date) is { } other
            ? other.Open ?? []
            : hours.Week.Where(span => span.Day == date.DayOfWeek).Select(span => new DaySpan(span.From, span.To));
        return spans.Where(span => span.From != span.To || span.From == TimeOnly.MinValue);
    }

    private sealed record Case(OpeningHours Hours, DateTimeOffset From)
    {
        public override string ToString() => $"{Hours.TimeZone} from {From:yyyy-MM-dd}: {string.Join(", ", Hours.Week)}; {string.Join(", ", Hours.Holidays)}";
    }
}
