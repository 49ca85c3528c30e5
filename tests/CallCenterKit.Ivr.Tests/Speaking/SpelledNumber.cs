using System.Globalization;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>English numbers by another way: digit by digit from the left, as a child reads them.</summary>
internal static class SpelledNumber
{
    private static readonly Dictionary<string, string> Digits = Words("1 one 2 two 3 three 4 four 5 five 6 six 7 seven 8 eight 9 nine");

    private static readonly Dictionary<string, string> Teens = Words(
        "10 ten 11 eleven 12 twelve 13 thirteen 14 fourteen 15 fifteen 16 sixteen 17 seventeen 18 eighteen 19 nineteen");

    private static readonly Dictionary<string, string> Tens = Words(
        "20 twenty 30 thirty 40 forty 50 fifty 60 sixty 70 seventy 80 eighty 90 ninety");

    /// <param name="value">From 0 to 999,999.</param>
    public static string InEnglish(long value)
    {
        var text = value.ToString("D6", CultureInfo.InvariantCulture);
        var thousands = Group(text[..3]);
        var words = $"{(thousands.Length > 0 ? thousands + " thousand" : "")} {Group(text[3..])}".Trim();
        return words.Length > 0 ? words : "zero";
    }

    /// <summary>What is heard in a recording.</summary>
    public static string WordOf(string recording)
    {
        var name = Path.GetFileNameWithoutExtension(recording);
        return name switch
        {
            "0" => "zero",
            "hundred" or "thousand" => name,
            _ when Digits.TryGetValue(name, out var digit) => digit,
            _ when Teens.TryGetValue(name, out var teen) => teen,
            _ => Tens[name],
        };
    }

    private static string Group(string digits)
    {
        var words = new List<string>();
        if (digits[0] != '0')
            words.Add($"{Digits[digits[..1]]} hundred");
        if (digits[1] == '1')
            words.Add(Teens[digits[1..]]);
        else if (digits[1] != '0')
            words.Add(Tens[$"{digits[1]}0"]);
        if (digits[1] != '1' && digits[2] != '0')
            words.Add(Digits[digits[2..]]);
        return string.Join(' ', words);
    }

    private static Dictionary<string, string> Words(string pairs) =>
        pairs.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
