using System.Globalization;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Lithuanian: "dvidešimt vienas euras penki centai", "penkiolikta valanda trisdešimt minučių", "lapkričio dvidešimt aštunta diena".</summary>
/// <remarks>
/// Nominative throughout, so recordings around a number have to ask for that: "Numatomas laukimo laikas – penkios minutės".
/// Numbers go to 999,999. A message is "pranešimas".
/// </remarks>
public sealed class SpokenLithuanian : SpokenLanguage
{
    private const string HourOfDay = "lt/time/valanda.wav";
    private const string DayOfMonth = "lt/date/diena.wav";
    private const string OfTheYear = "lt/date/metu.wav";
    private const string From = "lt/time/nuo.wav";
    private const string To = "lt/time/iki.wav";
    private const string OfTheHour = "lt/time/valandos.wav";
    private const string OfMidnight = "lt/time/vidurnakcio.wav";

    private static readonly string[] Months = Names("month", Enumerable.Range(1, 12));
    private static readonly string[] Ordinals = Names("ordinal", [.. Enumerable.Range(1, 20), 30]);
    private static readonly string[] OrdinalsOf = Names("ordinal-of", Enumerable.Range(1, 20));

    private static readonly string[] OrdinalsOfInWords =
    [
        "pirmos", "antros", "trečios", "ketvirtos", "penktos", "šeštos", "septintos", "aštuntos", "devintos", "dešimtos", "vienuoliktos", "dvyliktos",
        "tryliktos", "keturioliktos", "penkioliktos", "šešioliktos", "septynioliktos", "aštuonioliktos", "devynioliktos", "dvidešimtos",
    ];

    private static readonly int[] YearEndings = [.. Enumerable.Range(1, 20), 30, 40, 50, 60, 70, 80, 90, 1900, 2000];
    private static readonly Dictionary<int, string> Years = YearEndings.Zip(Names("year", YearEndings)).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <inheritdoc />
    public override string Name => "lt";

    /// <inheritdoc />
    public override long Largest => LithuanianNumbers.Largest;

    /// <inheritdoc />
    protected override IReadOnlyList<string> NumberPrompts => LithuanianNumbers.PromptNames;

    /// <inheritdoc />
    protected override IReadOnlyList<string> TimePrompts =>
    [
        .. Ordinals[..20], HourOfDay, FormsOf(SpokenNoun.Hour)[2], .. FormsOf(SpokenNoun.Minute),
        .. Enumerable.Range(0, 60).SelectMany(value => LithuanianNumbers.Number(value, feminine: true)).Distinct(),
    ];

    /// <inheritdoc />
    protected override IReadOnlyList<string> DatePrompts =>
    [
        .. Months, .. Ordinals, DayOfMonth, .. Years.Values, OfTheYear,
        .. Enumerable.Range(2, 8).Select(tens => 10 * tens).Append(2000).Append(1900).SelectMany(value => Number(value)).Distinct(),
    ];

    /// <inheritdoc />
    protected override IReadOnlyList<string> HourPrompts => [From, To, OfTheHour, OfMidnight, .. OrdinalsOf, .. LithuanianNumbers.Number(20)];

    /// <inheritdoc />
    protected override string Minus => "lt/number/minus.wav";

    /// <inheritdoc />
    public override IReadOnlyList<string> Number(long value) => LithuanianNumbers.Number(value);

    /// <inheritdoc />
    public override IReadOnlyList<string> Counted(long value, SpokenNoun noun) =>
        [.. LithuanianNumbers.Number(value, IsFeminine(noun)), FormsOf(noun)[LithuanianNumbers.FormOf(value)]];

    /// <inheritdoc />
    public override IReadOnlyList<string> FormsOf(SpokenNoun noun)
    {
        if (!Enum.IsDefined(noun))
            throw new ArgumentOutOfRangeException(nameof(noun), noun, "Not a noun.");
#pragma warning disable CA1308 // the name of a file, not compared
        var name = noun.ToString().ToLowerInvariant();
#pragma warning restore CA1308
        return [$"lt/noun/{name}-one.wav", $"lt/noun/{name}-few.wav", $"lt/noun/{name}-other.wav"];
    }

    /// <summary>Says a time by twenty-four hours, the hour by its ordinal: "pirma valanda", "penkiolikta valanda penkios minutės", after midnight "nulis valandų".</summary>
    public override IReadOnlyList<string> Time(TimeOnly time)
    {
        IReadOnlyList<string> hour = time.Hour == 0 ? Counted(0, SpokenNoun.Hour) : [.. Ordinal(time.Hour), HourOfDay];
        return time.Minute == 0 ? hour : [.. hour, .. Counted(time.Minute, SpokenNoun.Minute)];
    }

    /// <summary>Says from which hour to which, in the genitive: "nuo keturioliktos iki penkioliktos valandos", "nuo dvidešimt trečios valandos iki vidurnakčio".</summary>
    public override IReadOnlyList<string> Hours(int from, int to)
    {
        CheckHours(from, to);
        string[] beforeMidnight = to == 24 && from > 0 ? [OfTheHour] : [], afterwards = to < 24 ? [OfTheHour] : [];
        return [From, .. HourOf(from), .. beforeMidnight, To, .. HourOf(to % 24), .. afterwards];
    }

    /// <inheritdoc />
    public override string ShortestWaitInWords(int from, int to)
    {
        CheckHours(from, to);
        return $"Trumpiausiai laukiama nuo {HourOfInWords(from)}{(to == 24 && from > 0 ? " valandos" : "")} iki {HourOfInWords(to % 24)}{(to < 24 ? " valandos" : "")}.";
    }

    /// <summary>Says a day: "lapkričio dvidešimt aštunta diena", after its year "du tūkstančiai dvidešimt šeštų metų".</summary>
    public override IReadOnlyList<string> Date(DateOnly date, bool withYear = false)
    {
        if (withYear && date.Year is < 1900 or > 2099)
            throw new ArgumentOutOfRangeException(nameof(date), date, "A year is said from 1900 to 2099.");
        return [.. withYear ? Year(date.Year) : [], Months[date.Month - 1], .. Ordinal(date.Day), DayOfMonth];
    }

    // Only the last word of an ordinal changes; the others are those of the number.
    private static IReadOnlyList<string> Ordinal(int value) => value switch
    {
        <= 20 => [Ordinals[value - 1]],
        30 => [Ordinals[20]],
        _ => [.. LithuanianNumbers.Number(value / 10 * 10), Ordinals[(value % 10) - 1]],
    };

    private static IReadOnlyList<string> HourOf(int hour) => hour switch
    {
        0 => [OfMidnight],
        <= 20 => [OrdinalsOf[hour - 1]],
        _ => [.. LithuanianNumbers.Number(20), OrdinalsOf[hour - 21]],
    };

    private static string HourOfInWords(int hour) => hour switch
    {
        0 => "vidurnakčio",
        <= 20 => OrdinalsOfInWords[hour - 1],
        _ => $"dvidešimt {OrdinalsOfInWords[hour - 21]}",
    };

    private static IReadOnlyList<string> Year(int year)
    {
        if (Years.TryGetValue(year, out var whole))
            return [whole, OfTheYear];
        var (hundreds, rest) = (year / 100 * 100, year % 100);
        return Years.TryGetValue(rest, out var ending)
            ? [.. LithuanianNumbers.Number(hundreds), ending, OfTheYear]
            : [.. LithuanianNumbers.Number(hundreds), .. LithuanianNumbers.Number(rest / 10 * 10), Years[rest % 10], OfTheYear];
    }

    private static bool IsFeminine(SpokenNoun noun) => noun is SpokenNoun.Second or SpokenNoun.Minute or SpokenNoun.Hour or SpokenNoun.Day;

    private static string[] Names(string folder, IEnumerable<int> values) =>
        [.. values.Select(value => string.Create(CultureInfo.InvariantCulture, $"lt/{folder}/{value}.wav"))];
}
