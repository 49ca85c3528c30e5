using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Says numbers, amounts, times and dates in one language by recordings of its words. Derive from it for one more language.</summary>
/// <remarks>
/// Any thread. What comes back are the names of the prompts to play one after another, each beginning with the language:
/// "en/number/20.wav". docs/guides/speaking.md lists the names that the languages of this package need.
/// </remarks>
public abstract class SpokenLanguage
{
    private static readonly IReadOnlyDictionary<string, (SpokenNoun Whole, SpokenNoun Hundredth)> Currencies =
        new Dictionary<string, (SpokenNoun, SpokenNoun)>(StringComparer.Ordinal)
        {
            ["EUR"] = (SpokenNoun.Euro, SpokenNoun.Cent),
            ["USD"] = (SpokenNoun.Dollar, SpokenNoun.Cent),
            ["GBP"] = (SpokenNoun.Pound, SpokenNoun.Penny),
        };

    private static readonly (SpokenNoun Noun, long Seconds)[] Units =
        [(SpokenNoun.Day, 86_400), (SpokenNoun.Hour, 3_600), (SpokenNoun.Minute, 60), (SpokenNoun.Second, 1)];

    private static readonly (SpokenKind Kind, SpokenNoun[] Nouns)[] Counting =
    [
        (SpokenKind.Money, [SpokenNoun.Euro, SpokenNoun.Cent, SpokenNoun.Dollar, SpokenNoun.Pound, SpokenNoun.Penny]),
        (SpokenKind.Durations, [SpokenNoun.Day, SpokenNoun.Hour, SpokenNoun.Minute, SpokenNoun.Second]),
        (SpokenKind.Messages, [SpokenNoun.Message]),
    ];

    /// <summary>The language as BCP 47 names it, and the folder of its recordings in the catalog: "en".</summary>
    public abstract string Name { get; }

    /// <summary>The largest number it can say; the smallest is 0.</summary>
    public abstract long Largest { get; }

    /// <summary>The currencies it can say, by their codes of ISO 4217.</summary>
    public static IEnumerable<string> CurrencyCodes => Currencies.Keys;

    /// <summary>Says a number: "twenty one".</summary>
    /// <param name="value">From 0 to <see cref="Largest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or too large.</exception>
    public abstract IReadOnlyList<string> Number(long value);

    /// <summary>Says how many there are of something, each word in the form the other needs: "twenty one minutes".</summary>
    /// <param name="value">From 0 to <see cref="Largest"/>.</param>
    /// <param name="noun">What is counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or too large.</exception>
    public abstract IReadOnlyList<string> Counted(long value, SpokenNoun noun);

    /// <summary>Says a time of day to the minute.</summary>
    /// <param name="time">Seconds are left out.</param>
    public abstract IReadOnlyList<string> Time(TimeOnly time);

    /// <summary>Says a day.</summary>
    /// <param name="date">With its year from 1900 to 2099.</param>
    /// <param name="withYear">Whether the year is said.</param>
    /// <exception cref="ArgumentOutOfRangeException">The year is to be said and out of range.</exception>
    public abstract IReadOnlyList<string> Date(DateOnly date, bool withYear = false);

    /// <summary>Says from which hour to which: "from two p m to three p m". Empty, as here, where a language does not say that.</summary>
    /// <param name="from">0 to 23.</param>
    /// <param name="to">1 to 24.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such hour.</exception>
    public virtual IReadOnlyList<string> Hours(int from, int to) => [];

    /// <summary>"The wait is shortest from 2 pm to 3 pm.", for an engine. Null, as here, where a language does not say that.</summary>
    /// <param name="from">0 to 23.</param>
    /// <param name="to">1 to 24.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such hour.</exception>
    public virtual string? ShortestWaitInWords(int from, int to) => null;

    /// <summary>The recordings of a noun in all its forms.</summary>
    public abstract IReadOnlyList<string> FormsOf(SpokenNoun noun);

    /// <summary>The recordings that numbers need, counted nouns of any gender included.</summary>
    protected abstract IReadOnlyList<string> NumberPrompts { get; }

    /// <summary>The recordings that times of day need.</summary>
    protected abstract IReadOnlyList<string> TimePrompts { get; }

    /// <summary>The recordings that dates need.</summary>
    protected abstract IReadOnlyList<string> DatePrompts { get; }

    /// <summary>The recordings that <see cref="Hours"/> needs.</summary>
    protected virtual IReadOnlyList<string> HourPrompts => [];

    /// <summary>The recording that stands before a negative amount.</summary>
    protected abstract string Minus { get; }

    /// <summary>Says an amount: "five euros twenty cents".</summary>
    /// <param name="amount">Rounded to hundredths, away from zero. Its whole part is up to <see cref="Largest"/> either way.</param>
    /// <param name="currency">One of <see cref="CurrencyCodes"/>.</param>
    /// <exception cref="ArgumentException">The currency is not known.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The amount is too large.</exception>
    public IReadOnlyList<string> Money(decimal amount, string currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        if (!Currencies.TryGetValue(currency, out var nouns))
            throw new ArgumentException($"Currency '{currency}' cannot be said; currencies are {string.Join(", ", Currencies.Keys)}.", nameof(currency));
        if (Math.Abs(amount) > Largest + 1)
            throw new ArgumentOutOfRangeException(nameof(amount), amount, $"An amount is up to {Largest}.");
        var hundredths = (long)Math.Round(Math.Abs(amount) * 100, MidpointRounding.AwayFromZero);
        var (whole, rest) = (hundredths / 100, hundredths % 100);
        if (whole > Largest)
            throw new ArgumentOutOfRangeException(nameof(amount), amount, $"An amount is up to {Largest}.");
        List<string> words = amount < 0 && hundredths > 0 ? [Minus] : [];
        if (whole > 0 || rest == 0)
            words.AddRange(Counted(whole, nouns.Whole));
        if (rest > 0)
            words.AddRange(Counted(rest, nouns.Hundredth));
        return words;
    }

    /// <summary>Says how long something takes, by its two largest units: "two hours five minutes", "forty seconds".</summary>
    /// <param name="duration">Rounded to whole seconds; from 0 s.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or more days than there is a number for.</exception>
    public IReadOnlyList<string> Duration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var seconds = (long)Math.Round(duration.TotalSeconds, MidpointRounding.AwayFromZero);
        var words = new List<string>();
        var first = Array.FindIndex(Units, unit => seconds >= unit.Seconds);
        if (first < 0)
            return Counted(0, SpokenNoun.Second);
        for (var at = first; at < Math.Min(first + 2, Units.Length); at++)
        {
            var (noun, length) = Units[at];
            if (seconds / length is > 0 and var count)
                words.AddRange(Counted(count, noun));
            seconds %= length;
        }

        return words;
    }

    /// <summary>Says a number digit by digit, as telephone numbers and codes are read.</summary>
    /// <param name="digits">0 to 9; anything else is left out.</param>
    public IReadOnlyList<string> Digits(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        return [.. digits.Where(char.IsAsciiDigit).SelectMany(digit => Number(digit - '0'))];
    }

    /// <summary>Every prompt that some of these need, each once.</summary>
    public IReadOnlyList<string> PromptsOf(SpokenKind kinds)
    {
        IEnumerable<string> names = kinds.HasFlag(SpokenKind.Numbers) ? NumberPrompts : [];
        foreach (var (kind, nouns) in Counting.Where(each => kinds.HasFlag(each.Kind)))
            names = [.. names, .. NumberPrompts, .. nouns.SelectMany(FormsOf), .. kind == SpokenKind.Money ? [Minus] : Array.Empty<string>()];
        if (kinds.HasFlag(SpokenKind.Times))
            names = names.Concat(TimePrompts);
        if (kinds.HasFlag(SpokenKind.Dates))
            names = names.Concat(DatePrompts);
        if (kinds.HasFlag(SpokenKind.Hours))
            names = names.Concat(HourPrompts);
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private protected static void CheckHours(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, 23);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, 24);
    }

    /// <summary>Recordings that some of these need and the catalog does not have, for a check at start-up.</summary>
    public IEnumerable<string> MissingFrom(IPromptCatalog catalog, SpokenKind kinds)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return PromptsOf(kinds).Where(name => !catalog.TryFind(name, out _));
    }
}
