using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>Turns what is to be said to one caller into what a driver plays: words of their language, texts by an engine.</summary>
/// <param name="environment">What all flows share.</param>
/// <param name="callerLanguage">What the caller chose; null when they did not.</param>
internal sealed class PromptResolver(FlowEnvironment environment, Func<string?> callerLanguage)
{
    private readonly IPromptCatalog _catalog = environment.Prompts;

    /// <summary>The sounds, in order.</summary>
    /// <exception cref="FileNotFoundException">A recording is missing; the message names it and the place.</exception>
    /// <exception cref="InvalidOperationException">A piece needs a language or an engine that the center does not have.</exception>
    /// <exception cref="SpeechException">The engine failed.</exception>
    public async ValueTask<PlayRequest> ResolveAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        var sources = new List<PlaySource>(prompt.Count);
        foreach (var part in prompt)
        {
            if (part is PromptPart.Text text)
                sources.Add(new PlaySource.File(await SpeakAsync(text, cancellationToken).ConfigureAwait(false)));
            else
                sources.AddRange(Resolve(part));
        }

        return new(sources);
    }

    private IEnumerable<PlaySource> Resolve(PromptPart part) => part switch
    {
        PromptPart.Tone tone => [new PlaySource.Tone(tone.Kind)],
        PromptPart.Silence silence => [new PlaySource.Silence(silence.Duration)],
        PromptPart.Sound sound => [new PlaySource.File(sound.Path)],
        PromptPart.File file => [new PlaySource.File(PathOf(file.Name))],
        _ => WordsOf(part, Language).Select(word => new PlaySource.File(PathOf(word))),
    };

    private static IReadOnlyList<string> WordsOf(PromptPart part, SpokenLanguage language) => part switch
    {
        PromptPart.Number number => language.Number(number.Value),
        PromptPart.Count count => language.Counted(count.Value, count.Noun),
        PromptPart.Digits digits => language.Digits(digits.Value),
        PromptPart.Money money => language.Money(money.Amount, money.Currency),
        PromptPart.Time time => language.Time(time.Value),
        PromptPart.Date date => language.Date(date.Value, date.WithYear),
        PromptPart.Period duration => language.Duration(duration.Value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private SpokenLanguage Language
    {
        get
        {
            var name = callerLanguage() ?? environment.Language;
            return environment.Languages.FirstOrDefault(language => language.Name == name) ?? throw new InvalidOperationException(
                $"Language '{name}' is not known; there are {string.Join(", ", environment.Languages.Select(language => language.Name))}.");
        }
    }

    // A caller who chose a language hears its recording where there is one.
    private string PathOf(string name)
    {
        if (callerLanguage() is { } language && _catalog.TryFind($"{language}/{name}", out var translated))
            return translated;
        return _catalog.TryFind(name, out var path) ? path : throw Prompt.Missing(name, _catalog);
    }

    private ValueTask<string> SpeakAsync(PromptPart.Text text, CancellationToken cancellationToken)
    {
        if (environment.Texts is not { } texts)
            throw new InvalidOperationException("A text is to be spoken, but the center has no text-to-speech engine.");
        return environment.Work.ParkAsync(texts.FindAsync(text.Words, text.Language ?? callerLanguage() ?? environment.Language, cancellationToken));
    }
}
