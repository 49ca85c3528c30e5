using System.Globalization;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>English: "twenty one euros five cents", "three oh five p m", "november twenty eighth twenty twenty six".</summary>
/// <remarks>Without "and". Numbers go to 999,999.</remarks>
public sealed class SpokenEnglish : SpokenLanguage
{
    private const string Oh = "en/time/oh.wav";
    private const string Morning = "en/time/am.wav";
    private const string Afternoon = "en/time/pm.wav";
    private const string Noon = "en/time/noon.wav";
    private const string Midnight = "en/time/midnight.wav";
    private const string From = "en/time/from.wav";
    private const string To = "en/time/to.wav";

    private static readonly string[] Months = Names("month", Enumerable.Range(1, 12));
    private static readonly string[] Ordinals = Names("ordinal", [.. Enumerable.Range(1, 20), 30]);

    /// <inheritdoc />
    public override string Name => "en";

    /// <inheritdoc />
    public override long Largest => EnglishNumbers.Largest;

    /// <inheritdoc />
    protected override IReadOnlyList<string> NumberPrompts => EnglishNumbers.PromptNames;

    /// <inheritdoc />
    protected override IReadOnlyList<string> TimePrompts =>
        [.. Enumerable.Range(1, 59).SelectMany(value => EnglishNumbers.Number(value)).Distinct(), Oh, Morning, Afternoon, Noon, Midnight];

    /// <inheritdoc />
    protected override IReadOnlyList<string> DatePrompts => [.. Months, .. Ordinals, .. EnglishNumbers.PromptNames, Oh];

    /// <inheritdoc />
    protected override IReadOnlyList<string> HourPrompts => [.. Enumerable.Range(1, 11).SelectMany(value => Number(value)), Morning, Afternoon, Noon, Midnight, From, To];

    /// <inheritdoc />
    protected override string Minus => "en/number/minus.wav";

    /// <inheritdoc />
    public override IReadOnlyList<string> Number(long value) => EnglishNumbers.Number(value);

    /// <inheritdoc />
    public override IReadOnlyList<string> Counted(long value, SpokenNoun noun) => [.. Number(value), FormsOf(noun)[value == 1 ? 0 : 1]];

    /// <inheritdoc />
    public override IReadOnlyList<string> FormsOf(SpokenNoun noun) => noun switch
    {
        SpokenNoun.Second => ["en/queue/second.wav", "en/queue/seconds.wav"], // recorded for queues first
        SpokenNoun.Minute => ["en/queue/minute.wav", "en/queue/minutes.wav"],
        SpokenNoun.Hour => ["en/noun/hour.wav", "en/noun/hours.wav"],
        SpokenNoun.Day => ["en/noun/day.wav", "en/noun/days.wav"],
        SpokenNoun.Message => ["en/noun/message.wav", "en/noun/messages.wav"],
        SpokenNoun.Euro => ["en/noun/euro.wav", "en/noun/euros.wav"],
        SpokenNoun.Cent => ["en/noun/cent.wav", "en/noun/cents.wav"],
        SpokenNoun.Dollar => ["en/noun/dollar.wav", "en/noun/dollars.wav"],
        SpokenNoun.Pound => ["en/noun/pound.wav", "en/noun/pounds.wav"],
        SpokenNoun.Penny => ["en/noun/penny.wav", "en/noun/pence.wav"],
        _ => throw new ArgumentOutOfRangeException(nameof(noun), noun, "Not a noun."),
    };

    /// <summary>Says a time by the twelve hours of half a day: "three p m", "three oh five p m", "noon".</summary>
    public override IReadOnlyList<string> Time(TimeOnly time)
    {
        if (time.Minute == 0 && time.Hour is 0 or 12)
            return [time.Hour == 0 ? Midnight : Noon];
        IReadOnlyList<string> minutes = time.Minute switch
        {
            0 => [],
            < 10 => [Oh, .. Number(time.Minute)],
            _ => Number(time.Minute),
        };
        return [.. Number(time.Hour % 12 == 0 ? 12 : time.Hour % 12), .. minutes, time.Hour < 12 ? Morning : Afternoon];
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Hours(int from, int to)
    {
        CheckHours(from, to);
        return [From, .. Time(new(from, 0)), To, .. Time(new(to % 24, 0))];
    }

    /// <inheritdoc />
    public override string ShortestWaitInWords(int from, int to)
    {
        CheckHours(from, to);
        return $"The wait is shortest from {InWords(from)} to {InWords(to % 24)}.";
    }

    private static string InWords(int hour) => hour switch
    {
        0 => "midnight",
        12 => "noon",
        _ => string.Create(CultureInfo.InvariantCulture, $"{hour % 12} {(hour < 12 ? "am" : "pm")}"),
    };

    /// <summary>Says a day: "november twenty eighth", with its year "twenty twenty six", "two thousand five", "nineteen oh five".</summary>
    public override IReadOnlyList<string> Date(DateOnly date, bool withYear = false)
    {
        if (withYear && date.Year is < 1900 or > 2099)
            throw new ArgumentOutOfRangeException(nameof(date), date, "A year is said from 1900 to 2099.");
        return [Months[date.Month - 1], .. Ordinal(date.Day), .. withYear ? Year(date.Year) : []];
    }

    private IReadOnlyList<string> Year(int year) => (year / 100, year % 100) switch
    {
        (20, < 10) => Number(year),
        (var century, 0) => [.. Number(century), .. Number(100).Skip(1)],
        (var century, < 10 and var rest) => [.. Number(century), Oh, .. Number(rest)],
        var (century, rest) => [.. Number(century), .. Number(rest)],
    };

    private IReadOnlyList<string> Ordinal(int day) => day switch
    {
        <= 20 => [Ordinals[day - 1]],
        30 => [Ordinals[20]],
        _ => [.. Number(day / 10 * 10), Ordinals[(day % 10) - 1]],
    };

    private static string[] Names(string folder, IEnumerable<int> values) =>
        [.. values.Select(value => string.Create(CultureInfo.InvariantCulture, $"en/{folder}/{value}.wav"))];
}
