using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>What is said about a queue, in one language: to a caller who waits, and to the agent who is about to answer.</summary>
/// <remarks>
/// Any thread. A recording that the catalog does not have is left out. Without its number, or the unit of it, a phrase says
/// nothing or something else, so it is left out whole: phrases may be empty prompts. The catalog is asked for every phrase.
/// </remarks>
public sealed class QueuePhrases
{
    private const string YouAreNext = "you-are-next";
    private const string YouAreNumber = "you-are-number";
    private const string InTheQueue = "in-the-queue";
    private const string Expected = "expected-wait";
    private const string LessThanOneMinute = "less-than-one-minute";
    private const string CallbackOffer = "callback-offer";
    private const string CallFromQueue = "call-from-queue";
    private const string Waited = "waited";
    private const string ShortestWait = "shortest-wait";

    private static readonly string[] Needed =
    [
        YouAreNext, YouAreNumber, InTheQueue, Expected, LessThanOneMinute, CallbackOffer, CallFromQueue, Waited,
    ];

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);
    private static readonly PromptPart Pause = new PromptPart.Silence(TimeSpan.FromSeconds(0.25));

    private readonly IPromptCatalog _catalog;
    private readonly SpokenLanguage _language;

    /// <summary>The name of the language.</summary>
    public string Language => _language.Name;

    /// <summary>Phrases from recordings named like "en/queue/in-the-queue.wav".</summary>
    /// <param name="catalog">Has the recordings.</param>
    /// <param name="language">Says the numbers and their units.</param>
    public QueuePhrases(IPromptCatalog catalog, SpokenLanguage language)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(language);
        (_catalog, _language) = (catalog, language);
    }

    /// <summary>"You are number three in the queue", and at the first place "You are next in line".</summary>
    /// <param name="place">From 1. Nothing is said beyond <see cref="SpokenLanguage.Largest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is under 1.</exception>
    public Prompt Place(int place)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(place, 1);
        return place == 1 ? Sentence(YouAreNext) : SentenceOf(Number(place), YouAreNumber, InTheQueue);
    }

    /// <summary>"The expected waiting time is about five minutes".</summary>
    /// <param name="wait">Rounded up to whole minutes; under 60 s, and when it is negative, "less than one minute".</param>
    public Prompt ExpectedWait(TimeSpan wait) =>
        SentenceOf(wait < OneMinute ? [NameOf(LessThanOneMinute)] : Amount(Math.Ceiling(wait / OneMinute), SpokenNoun.Minute), Expected);

    /// <summary>What a waiting caller is told from time to time, with a short pause between the sentences.</summary>
    /// <param name="place">From 1; null when it is not told.</param>
    /// <param name="wait">The expected wait; null when it is not known or not told.</param>
    /// <param name="offerCallback">True to say that "one" books a callback.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is under 1.</exception>
    public Prompt Announcement(int? place, TimeSpan? wait, bool offerCallback) => Sentences(
        place is { } told ? Place(told) : [],
        wait is { } expected ? ExpectedWait(expected) : [],
        offerCallback ? Sentence(CallbackOffer) : []);

    /// <summary>"The wait is shortest from two p m to three p m". Its recordings are optional; see <see cref="QuietHourInWords"/>.</summary>
    /// <param name="hour">0 to 23: from its beginning to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such hour.</exception>
    public Prompt QuietHour(int hour)
    {
        var hours = _language.Hours(hour, hour + 1);
        return Has(NameOf(ShortestWait)) ? SentenceOf(hours, ShortestWait) : [];
    }

    /// <summary>The same as a text, for an engine; null where the language has no such text.</summary>
    /// <param name="hour">0 to 23.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such hour.</exception>
    public string? QuietHourInWords(int hour) => _language.ShortestWaitInWords(hour, hour + 1);

    /// <summary>What the agent hears before the caller: "Call from queue support. Waited two minutes".</summary>
    /// <param name="queue">Named if the catalog has "en/queue/name/ID.wav".</param>
    /// <param name="waited">Under 60 s in full seconds, else to the nearest minute; not told under one second.</param>
    public Prompt Whisper(QueueId queue, TimeSpan waited) => Sentences(
        Sentence(CallFromQueue, $"name/{queue.Text}"),
        waited < OneSecond ? [] : SentenceOf(Past(waited), Waited));

    /// <summary>Recordings that some phrase needs and the catalog does not have, for a check at start-up. Names of queues and the quiet hour are optional.</summary>
    /// <param name="catalog">The one the phrases are made from, or one that is to take its place.</param>
    public IEnumerable<string> MissingFrom(IPromptCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Needed.Select(NameOf)
            .Concat(_language.FormsOf(SpokenNoun.Second)).Concat(_language.FormsOf(SpokenNoun.Minute)).Concat(_language.PromptsOf(SpokenKind.Numbers))
            .Where(name => !catalog.TryFind(name, out _));
    }

    private string NameOf(string name) => $"{_language.Name}/queue/{name}.wav";

    private IReadOnlyList<string> Past(TimeSpan waited) => waited < OneMinute
        ? Amount(Math.Floor(waited / OneSecond), SpokenNoun.Second)
        : Amount(Math.Round(waited / OneMinute, MidpointRounding.AwayFromZero), SpokenNoun.Minute);

    private IReadOnlyList<string> Amount(double count, SpokenNoun unit) =>
        count <= _language.Largest ? _language.Counted((long)count, unit) : [];

    private IReadOnlyList<string> Number(long value) => value <= _language.Largest ? _language.Number(value) : [];

    private Prompt Sentence(params IEnumerable<string> names) => [.. names.Select(NameOf).Where(Has).Select(PromptPart.FromString)];

    /// <summary>A sentence that is worth nothing without what stands in its middle.</summary>
    private Prompt SentenceOf(IReadOnlyList<string> middle, string before, params IEnumerable<string> after) =>
        middle.Count > 0 && middle.All(Has)
            ? [.. Sentence(before), .. middle.Select(PromptPart.FromString), .. Sentence(after)]
            : [];

    private bool Has(string name) => _catalog.TryFind(name, out _);

    private static Prompt Sentences(params IEnumerable<Prompt> sentences)
    {
        var parts = new List<PromptPart>();
        foreach (var sentence in sentences.Where(sentence => sentence.Count > 0))
        {
            if (parts.Count > 0)
                parts.Add(Pause);
            parts.AddRange(sentence);
        }

        return [.. parts];
    }
}
