using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>A piece of a <see cref="Prompt"/>.</summary>
public abstract record PromptPart
{
    private PromptPart()
    {
    }

    /// <summary>A prompt of the catalog, so that a string can stand for it.</summary>
    public static implicit operator PromptPart(string name) => FromString(name);

    /// <summary>A prompt of the catalog.</summary>
    public static PromptPart FromString(string name) => new File(name);

    /// <summary>A recorded prompt.</summary>
    /// <param name="Name">As the <see cref="IPromptCatalog"/> knows it: "welcome.wav".</param>
    public sealed record File(string Name) : PromptPart;

    /// <summary>One period of a call-progress tone.</summary>
    public sealed record Tone(ToneKind Kind) : PromptPart;

    /// <summary>A pause.</summary>
    public sealed record Silence(TimeSpan Duration) : PromptPart;

    /// <summary>A sound file of the host's, outside of the catalog: a message of a mailbox. Stands in no document.</summary>
    /// <param name="Path">A WAV file.</param>
    public sealed record Sound(string Path) : PromptPart;

    /// <summary>A whole number in the caller's language.</summary>
    /// <param name="Value">From 0 to <see cref="SpokenLanguage.Largest"/>.</param>
    public sealed record Number(long Value) : PromptPart;

    /// <summary>How many there are of something, in the caller's language: "twenty one messages".</summary>
    /// <param name="Value">From 0 to <see cref="SpokenLanguage.Largest"/>.</param>
    /// <param name="Noun">What is counted.</param>
    public sealed record Count(long Value, SpokenNoun Noun) : PromptPart;

    /// <summary>Digits one by one, in the caller's language: a telephone number, a code.</summary>
    /// <param name="Value">0 to 9; anything else is left out.</param>
    public sealed record Digits(string Value) : PromptPart;

    /// <summary>An amount in the caller's language.</summary>
    /// <param name="Amount">Rounded to hundredths.</param>
    /// <param name="Currency">One of <see cref="SpokenLanguage.CurrencyCodes"/>.</param>
    public sealed record Money(decimal Amount, string Currency) : PromptPart;

    /// <summary>A time of day in the caller's language, to the minute.</summary>
    public sealed record Time(TimeOnly Value) : PromptPart;

    /// <summary>A day in the caller's language.</summary>
    /// <param name="Value">With its year from 1900 to 2099.</param>
    /// <param name="WithYear">Whether the year is said.</param>
    public sealed record Date(DateOnly Value, bool WithYear = false) : PromptPart;

    /// <summary>How long something takes, in the caller's language, by its two largest units.</summary>
    /// <param name="Value">From 0 s.</param>
    public sealed record Period(TimeSpan Value) : PromptPart;

    /// <summary>Words that nobody has recorded: an engine speaks them.</summary>
    /// <param name="Words">1 to 2,000 characters.</param>
    /// <param name="Language">As BCP 47 names it: "lt"; null is the caller's.</param>
    public sealed record Text(string Words, string? Language = null) : PromptPart
    {
        /// <summary>The most characters of one piece.</summary>
        public const int MostCharacters = 2_000;
    }
}
