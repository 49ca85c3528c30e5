using System.Globalization;
using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>What holds for every language, and English beyond its numbers.</summary>
public class LanguageTests
{
    private static readonly SpokenEnglish English = new();
    private static readonly SpokenLithuanian Lithuanian = new();

    public static TheoryData<string> Names => ["en", "lt"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_number_is_said_so_that_it_can_be_understood_and_in_one_way(string name)
    {
        var language = Of(name);
        for (long value = 0; value <= language.Largest; value++)
        {
            var words = language.Number(value);
            if (Heard(words) != value)
                Assert.Fail($"{value} is said as {string.Join(' ', words)}.");
        }
    }

    [Fact]
    public void In_every_Lithuanian_number_the_noun_agrees_with_its_last_word()
    {
        for (long value = 0; value <= Lithuanian.Largest; value++)
        {
            var words = Lithuanian.Counted(value, SpokenNoun.Minute);
            var (last, noun) = (words[^2], words[^1]);
            var wanted = last switch
            {
                "lt/number/1-f.wav" => "one",
                _ when last.EndsWith("-f.wav", StringComparison.Ordinal) || last == "lt/number/3.wav" => "few",
                _ => "other",
            };
            if (noun != $"lt/noun/minute-{wanted}.wav")
                Assert.Fail($"{value} is said as {string.Join(' ', words)}.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recording_that_is_needed_is_listed_and_every_listed_one_is_needed(string name)
    {
        var language = Of(name);
        var numbers = Enumerable.Range(0, 3_000).Select(value => (long)value).Append(11_000).Append(300_000).ToList();

        AssertListed(language, SpokenKind.Numbers | SpokenKind.Durations, [
            .. numbers.SelectMany(language.Number),
            .. numbers.SelectMany(value => new[] { SpokenNoun.Day, SpokenNoun.Hour, SpokenNoun.Minute, SpokenNoun.Second }.SelectMany(noun => language.Counted(value, noun))),
        ]);
        AssertListed(language, SpokenKind.Times, Enumerable.Range(0, 24 * 60).SelectMany(minute => language.Time(new(minute / 60, minute % 60))));
        AssertListed(language, SpokenKind.Hours, Enumerable.Range(0, 24).SelectMany(hour => language.Hours(hour, hour + 1)));
        var days = Enumerable.Range(0, 366).Select(day => new DateOnly(2000, 1, 1).AddDays(day));
        var years = Enumerable.Range(1900, 200).Select(year => new DateOnly(year, 6, 15));
        var dates = days.SelectMany(day => language.Date(day)).Concat(years.SelectMany(day => language.Date(day, withYear: true))).ToHashSet();
        Assert.Superset(dates, language.PromptsOf(SpokenKind.Dates).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_amount_that_can_be_said_is_said_by_listed_recordings(string name)
    {
        var language = Of(name);
        var needed = SpokenLanguage.CurrencyCodes.SelectMany(code => new[] { 0m, 0.01m, 1, 1.02m, 2.5m, 21.21m, -5, 999_999.99m }.SelectMany(amount => language.Money(amount, code)));

        Assert.Superset(needed.ToHashSet(), language.PromptsOf(SpokenKind.Money).ToHashSet());
        Assert.Throws<ArgumentOutOfRangeException>(() => language.Money(999_999.995m, "EUR"));
        Assert.Throws<ArgumentOutOfRangeException>(() => language.Money(decimal.MinValue, "EUR"));
        Assert.Throws<ArgumentException>(() => language.Money(1, "XXX"));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var shelf = new Shelf();

        Assert.Empty(English.MissingFrom(shelf, SpokenKind.Numbers));
        shelf.Remove("number/20");
        Assert.Equal(["en/number/20.wav"], English.MissingFrom(shelf, SpokenKind.Numbers));
        Assert.Contains("lt/number/1-f.wav", Lithuanian.MissingFrom(shelf, SpokenKind.Numbers));
    }

    [Theory]
    [InlineData("00:00", "midnight")]
    [InlineData("12:00", "noon")]
    [InlineData("00:07", "12 oh 7 am")]
    [InlineData("09:30", "9 30 am")]
    [InlineData("12:15", "12 15 pm")]
    [InlineData("15:00", "3 pm")]
    [InlineData("23:59", "11 50 9 pm")]
    public void English_says_a_time_by_half_a_day(string time, string words) =>
        Assert.Equal(words, Short(English.Time(TimeOnly.Parse(time, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("2026-11-28", "month/11 20 ordinal/8 20 20 6")]
    [InlineData("1999-01-30", "month/1 ordinal/30 19 90 9")]
    [InlineData("1905-02-20", "month/2 ordinal/20 19 oh 5")]
    [InlineData("1900-02-21", "month/2 20 ordinal/1 19 hundred")]
    [InlineData("2000-12-31", "month/12 30 ordinal/1 2 thousand")]
    [InlineData("2005-03-03", "month/3 ordinal/3 2 thousand 5")]
    public void English_says_a_year_in_two_halves(string date, string words) =>
        Assert.Equal(words, string.Join(' ', English.Date(DateOnly.Parse(date, CultureInfo.InvariantCulture), withYear: true)
            .Select(name => name["en/".Length..^".wav".Length].Replace("number/", "", StringComparison.Ordinal).Replace("time/", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("0", "0 euros")]
    [InlineData("1.01", "1 euro 1 cent")]
    [InlineData("21.50", "20 1 euros 50 cents")]
    [InlineData("-0.05", "minus 5 cents")]
    public void English_says_an_amount(string amount, string words) =>
        Assert.Equal(words, Short(English.Money(decimal.Parse(amount, CultureInfo.InvariantCulture), "EUR")));

    [Theory]
    [InlineData("en", 14, "from 2 pm to 3 pm", "The wait is shortest from 2 pm to 3 pm.")]
    [InlineData("en", 0, "from midnight to 1 am", "The wait is shortest from midnight to 1 am.")]
    [InlineData("en", 11, "from 11 am to noon", "The wait is shortest from 11 am to noon.")]
    [InlineData("en", 23, "from 11 pm to midnight", "The wait is shortest from 11 pm to midnight.")]
    [InlineData("lt", 14, "nuo 14 iki 15 valandos", "Trumpiausiai laukiama nuo keturioliktos iki penkioliktos valandos.")]
    [InlineData("lt", 0, "nuo vidurnakcio iki 1 valandos", "Trumpiausiai laukiama nuo vidurnakčio iki pirmos valandos.")]
    [InlineData("lt", 20, "nuo 20 iki 20 1 valandos", "Trumpiausiai laukiama nuo dvidešimtos iki dvidešimt pirmos valandos.")]
    [InlineData("lt", 23, "nuo 20 3 valandos iki vidurnakcio", "Trumpiausiai laukiama nuo dvidešimt trečios valandos iki vidurnakčio.")]
    public void An_hour_is_said_from_its_beginning_to_its_end(string name, int hour, string recordings, string text)
    {
        Assert.Equal(recordings, Short(Of(name).Hours(hour, hour + 1)));
        Assert.Equal(text, Of(name).ShortestWaitInWords(hour, hour + 1));
    }

    [Theory]
    [InlineData("en", -1, 1)]
    [InlineData("en", 24, 24)]
    [InlineData("lt", 0, 0)]
    [InlineData("lt", 23, 25)]
    public void An_hour_that_does_not_exist_is_not_said(string name, int from, int to)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(name).Hours(from, to));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(name).ShortestWaitInWords(from, to));
    }

    [Fact]
    public void Digits_are_read_one_by_one() => Assert.Equal("4 7 1 0", Short(English.Digits("+47-10")));

    private static SpokenLanguage Of(string name) => name == "en" ? English : Lithuanian;

    private static string Short(IEnumerable<string> words) => string.Join(' ', words.Select(Path.GetFileNameWithoutExtension));

    private static void AssertListed(SpokenLanguage language, SpokenKind kinds, IEnumerable<string> needed) =>
        Assert.Equal(needed.Distinct().Order(StringComparer.Ordinal), language.PromptsOf(kinds).Order(StringComparer.Ordinal));

    /// <summary>The number that somebody understands who hears these words; -1 when they make none.</summary>
    private static long Heard(IReadOnlyList<string> words)
    {
        long thousands = 0, group = 0, lowest = 1_000;
        foreach (var word in words)
        {
            var name = word[(word.IndexOf("number/", StringComparison.Ordinal) + 7)..^4];
            if (name.StartsWith("thousand", StringComparison.Ordinal))
            {
                if (thousands > 0)
                    return -1;
                (thousands, group, lowest) = (Math.Max(group, 1), 0, 1_000);
            }
            else if (name.StartsWith("hundred", StringComparison.Ordinal))
            {
                if (group > 9)
                    return -1;
                (group, lowest) = (100 * Math.Max(group, 1), 100);
            }
            else
            {
                var value = long.Parse(name, CultureInfo.InvariantCulture);
                if (value >= lowest || (value == 0 && words.Count > 1))
                    return -1; // out of order: "two twenty"
                (group, lowest) = (group + value, value >= 20 ? 10 : 1);
            }
        }

        return (1_000 * thousands) + group;
    }
}
