using System.Globalization;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Says 0 to 999,999 in Lithuanian, in the gender of what is counted: "dvidešimt vienas", "dvidešimt viena".</summary>
/// <remarks>
/// Needs lt/number/0.wav to 20.wav, 30.wav, 40.wav to 90.wav; 1-f.wav, 2-f.wav and 4-f.wav to 9-f.wav ("viena", "dvi", "keturios");
/// hundred-one.wav and hundred-few.wav ("šimtas", "šimtai"); thousand-one.wav, thousand-few.wav and thousand-other.wav
/// ("tūkstantis", "tūkstančiai", "tūkstančių").
/// </remarks>
internal static class LithuanianNumbers
{
    public const long Largest = 999_999;

    private const string Folder = "lt/number/";
    private const string Hundred = Folder + "hundred-one.wav";
    private const string Hundreds = Folder + "hundred-few.wav";

    private static readonly string[] ToTwenty = [.. Enumerable.Range(0, 21).Select(Name)];
    private static readonly string[] Tens = [.. Enumerable.Range(0, 10).Select(tens => Name(10 * tens))];
    private static readonly string[] Feminine = [.. Enumerable.Range(0, 10).Select(value => value is 0 or 3 ? Name(value) : $"{Folder}{value}-f.wav")]; // "trys" is both
    private static readonly string[] Thousands = [Folder + "thousand-one.wav", Folder + "thousand-few.wav", Folder + "thousand-other.wav"];

    /// <summary>Every prompt that some number needs, in either gender.</summary>
    public static IReadOnlyList<string> PromptNames { get; } =
        [.. ToTwenty, .. Tens[3..], .. Feminine.Except(ToTwenty), Hundred, Hundreds, .. Thousands];

    /// <summary>Which of a noun's forms a number needs: 0 is "euras", 1 is "eurai", 2 is "eurų".</summary>
    public static int FormOf(long value) => (value % 10, value % 100) switch
    {
        (0, _) or (_, > 10 and < 20) => 2,
        (1, _) => 0,
        _ => 1,
    };

    /// <exception cref="ArgumentOutOfRangeException">The number is negative or too large.</exception>
    public static IReadOnlyList<string> Number(long value, bool feminine = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Largest);
        if (value == 0)
            return [ToTwenty[0]];

        var words = new List<string>();
        var (thousands, rest) = ((int)value / 1000, (int)value % 1000);
        if (thousands > 1)
            AddBelowThousand(thousands, feminine: false, words); // a thousand is masculine, whatever is counted
        if (thousands > 0)
            words.Add(Thousands[FormOf(thousands)]);
        AddBelowThousand(rest, feminine, words);
        return words;
    }

    private static void AddBelowThousand(int value, bool feminine, List<string> words)
    {
        var (hundreds, rest) = (value / 100, value % 100);
        if (hundreds > 1)
            words.Add(ToTwenty[hundreds]);
        if (hundreds > 0)
            words.Add(hundreds == 1 ? Hundred : Hundreds);
        if (rest > 20)
            words.Add(Tens[rest / 10]);
        var last = rest > 20 ? rest % 10 : rest;
        if (last > 0)
            words.Add(feminine && last < 10 ? Feminine[last] : ToTwenty[last]);
    }

    private static string Name(int value) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{value}.wav");
}
