using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>Pieces of a prompt as a kind and a text, for documents: "tone" and "Beep", "money" and "12.50 EUR".</summary>
/// <remarks>All texts are of the invariant culture. A text in another language than the caller's is "lt: Labas".</remarks>
internal static class PromptPartText
{
    public const string Allowed = "\"tone\", \"silence\", \"number\", \"count\", \"digits\", \"money\", \"time\", \"date\", \"duration\" and \"text\"";

    private const int LanguageMark = 3; // "lt:"

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Null when it is no such piece.</summary>
    public static PromptPart? Read(string kind, string text) => kind switch
    {
        "tone" when Enum.TryParse<ToneKind>(text, out var tone) => new PromptPart.Tone(tone),
        "silence" when TimeSpan.TryParse(text, Invariant, out var pause) => new PromptPart.Silence(pause),
        "number" when long.TryParse(text, NumberStyles.None, Invariant, out var number) => new PromptPart.Number(number),
        "count" => ReadCount(text),
        "digits" when text.All(char.IsAsciiDigit) => new PromptPart.Digits(text),
        "money" => ReadMoney(text),
        "time" when TimeOnly.TryParseExact(text, "HH:mm", Invariant, DateTimeStyles.None, out var time) => new PromptPart.Time(time),
        "date" when DateOnly.TryParseExact(text, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out var date) => new PromptPart.Date(date, WithYear: true),
        "date" when DateOnly.TryParseExact($"2000-{text}", "yyyy-MM-dd", Invariant, DateTimeStyles.None, out var day) => new PromptPart.Date(day),
        "duration" when TimeSpan.TryParse(text, Invariant, out var duration) => new PromptPart.Period(duration),
        "text" => ReadText(text),
        _ => null,
    };

    /// <summary>False for a recording, which is a string by itself.</summary>
    public static bool TryWrite(PromptPart part, [NotNullWhen(true)] out string? kind, [NotNullWhen(true)] out string? text)
    {
        (kind, text) = part switch
        {
            PromptPart.Tone tone => ("tone", tone.Kind.ToString()),
            PromptPart.Silence silence => ("silence", silence.Duration.ToString("c")),
            PromptPart.Number number => ("number", number.Value.ToString(Invariant)),
            PromptPart.Count count => ("count", string.Create(Invariant, $"{count.Value} {count.Noun}")),
            PromptPart.Digits digits => ("digits", digits.Value),
            PromptPart.Money money => ("money", string.Create(Invariant, $"{money.Amount:0.00} {money.Currency}")),
            PromptPart.Time time => ("time", time.Value.ToString("HH:mm", Invariant)),
            PromptPart.Date date => ("date", date.Value.ToString(date.WithYear ? "yyyy-MM-dd" : "MM-dd", Invariant)),
            PromptPart.Period duration => ("duration", duration.Value.ToString("c")),
            PromptPart.Text words => ("text", words.Language is { } language ? $"{language}: {words.Words}" : words.Words),
            _ => ((string?)null, (string?)null),
        };
        return kind is not null && text is not null;
    }

    private static PromptPart.Count? ReadCount(string text) =>
        text.Split(' ') is [var value, var noun] && long.TryParse(value, NumberStyles.None, Invariant, out var count) && Enum.TryParse<SpokenNoun>(noun, out var known)
            ? new(count, known)
            : null;

    private static PromptPart.Money? ReadMoney(string text) =>
        text.Split(' ') is [var value, var currency] && decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, Invariant, out var amount)
            ? new(amount, currency)
            : null;

    private static PromptPart.Text ReadText(string text) =>
        text.Length > LanguageMark && text[2] == ':' && char.IsAsciiLetterLower(text[0]) && char.IsAsciiLetterLower(text[1])
            ? new(text[LanguageMark..].TrimStart(), text[..2])
            : new(text);
}
