using System.Globalization;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Says 0 to 999,999 in English, without "and": "two hundred five".</summary>
/// <remarks>Needs en/number/0.wav to 20.wav, 30.wav, 40.wav to 90.wav, hundred.wav and thousand.wav.</remarks>
internal static class EnglishNumbers
{
    private const string Folder = "en/number/";
    private const string Hundred = Folder + "hundred.wav";
    private const string Thousand = Folder + "thousand.wav";

    private static readonly string[] ToTwenty = [.. Enumerable.Range(0, 21).Select(Name)];
    private static readonly string[] Tens = [.. Enumerable.Range(0, 10).Select(tens => Name(10 * tens))];
    private static readonly string[] All = [.. ToTwenty, .. Tens[3..], Hundred, Thousand];

    public const string Language = "en";

    public const long Largest = 999_999;

    /// <summary>Every prompt that some number needs.</summary>
    public static IReadOnlyList<string> PromptNames => All;

    /// <exception cref="ArgumentOutOfRangeException">The number is negative or too large.</exception>
    public static IReadOnlyList<string> Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Largest);
        if (value == 0)
            return [ToTwenty[0]];

        var words = new List<string>();
        var (thousands, rest) = ((int)value / 1000, (int)value % 1000);
        if (thousands > 0)
        {
            AddBelowThousand(thousands, words);
            words.Add(Thousand);
        }

        AddBelowThousand(rest, words);
        return words;
    }

    private static void AddBelowThousand(int value, List<string> words)
    {
        var (hundreds, rest) = (value / 100, value % 100);
        if (hundreds > 0)
            words.AddRange(ToTwenty[hundreds], Hundred);
        if (rest > 20)
            words.Add(Tens[rest / 10]);
        var last = rest > 20 ? rest % 10 : rest;
        if (last > 0)
            words.Add(ToTwenty[last]);
    }

    private static string Name(int value) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{value}.wav");
}
