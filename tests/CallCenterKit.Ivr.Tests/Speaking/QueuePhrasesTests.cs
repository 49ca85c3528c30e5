using System.Globalization;
using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Speaking;

public class QueuePhrasesTests
{
    private static readonly QueueId Support = new("support");

    private readonly Shelf _shelf = new();
    private readonly QueuePhrases _phrases;

    public QueuePhrasesTests() => _phrases = new(_shelf, new SpokenEnglish());

    [Theory]
    [InlineData(1, "you-are-next")]
    [InlineData(2, "you-are-number 2 in-the-queue")]
    [InlineData(21, "you-are-number 20 1 in-the-queue")]
    [InlineData(1_000_000, "")]
    public void A_caller_is_told_the_place(int place, string words) => Assert.Equal(words, Spoken(_phrases.Place(place)));

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void There_is_no_place_before_the_first(int place)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(place), () => _phrases.Place(place));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(place), () => _phrases.Announcement(place, null, false));
    }

    [Theory]
    [InlineData("-00:05:00", "expected-wait less-than-one-minute")]
    [InlineData("00:00:00", "expected-wait less-than-one-minute")]
    [InlineData("00:00:59.9999999", "expected-wait less-than-one-minute")]
    [InlineData("00:01:00", "expected-wait 1 minute")]
    [InlineData("00:01:00.0000001", "expected-wait 2 minutes")]
    [InlineData("00:05:00", "expected-wait 5 minutes")]
    [InlineData("02:00:30", "expected-wait 1 hundred 20 1 minutes")]
    [InlineData("10675199.02:48:05.4775807", "")]
    public void An_expected_wait_is_rounded_up_to_minutes(string wait, string words) =>
        Assert.Equal(words, Spoken(_phrases.ExpectedWait(Time(wait))));

    [Theory]
    [InlineData(null, null, false, "")]
    [InlineData(3, null, false, "you-are-number 3 in-the-queue")]
    [InlineData(null, "00:02:00", false, "expected-wait 2 minutes")]
    [InlineData(null, null, true, "callback-offer")]
    [InlineData(1, null, true, "you-are-next | callback-offer")]
    [InlineData(3, "00:02:00", true, "you-are-number 3 in-the-queue | expected-wait 2 minutes | callback-offer")]
    public void An_announcement_says_what_is_wanted_with_a_pause_between_sentences(int? place, string? wait, bool callback, string words) =>
        Assert.Equal(words, Spoken(_phrases.Announcement(place, wait is null ? null : Time(wait), callback)));

    [Theory]
    [InlineData("-00:00:05", "call-from-queue support")]
    [InlineData("00:00:00.9999999", "call-from-queue support")]
    [InlineData("00:00:01", "call-from-queue support | waited 1 second")]
    [InlineData("00:00:59.9", "call-from-queue support | waited 50 9 seconds")]
    [InlineData("00:01:29.9", "call-from-queue support | waited 1 minute")]
    [InlineData("00:01:30", "call-from-queue support | waited 2 minutes")]
    [InlineData("00:02:30", "call-from-queue support | waited 3 minutes")]
    [InlineData("10675199.02:48:05.4775807", "call-from-queue support")]
    public void An_agent_is_told_the_queue_and_how_long_the_caller_waited(string waited, string words) =>
        Assert.Equal(words, Spoken(_phrases.Whisper(Support, Time(waited))));

    [Fact]
    public void A_queue_without_a_recorded_name_is_not_named() =>
        Assert.Equal("call-from-queue | waited 5 seconds", Spoken(_phrases.Whisper(new("night-shift"), TimeSpan.FromSeconds(5))));

    [Theory]
    [InlineData("queue/you-are-number", "20 1 in-the-queue | expected-wait 5 minutes | callback-offer")]
    [InlineData("queue/in-the-queue", "you-are-number 20 1 | expected-wait 5 minutes | callback-offer")]
    [InlineData("queue/expected-wait", "you-are-number 20 1 in-the-queue | 5 minutes | callback-offer")]
    [InlineData("queue/callback-offer", "you-are-number 20 1 in-the-queue | expected-wait 5 minutes")]
    public void A_missing_recording_is_left_out(string missing, string words)
    {
        _shelf.Remove(missing);

        Assert.Equal(words, Spoken(_phrases.Announcement(21, TimeSpan.FromMinutes(5), true)));
    }

    [Theory]
    [InlineData("number/20", "expected-wait 5 minutes | callback-offer")]
    [InlineData("number/1", "expected-wait 5 minutes | callback-offer")]
    [InlineData("number/5", "you-are-number 20 1 in-the-queue | callback-offer")]
    [InlineData("queue/minutes", "you-are-number 20 1 in-the-queue | callback-offer")]
    public void A_phrase_without_its_number_or_unit_is_left_out_whole(string missing, string words)
    {
        _shelf.Remove(missing);

        Assert.Equal(words, Spoken(_phrases.Announcement(21, TimeSpan.FromMinutes(5), true)));
    }

    [Theory]
    [InlineData("queue/less-than-one-minute", "you-are-next", "call-from-queue support | waited 7 seconds")]
    [InlineData("queue/you-are-next", "expected-wait less-than-one-minute", "call-from-queue support | waited 7 seconds")]
    [InlineData("queue/call-from-queue", "you-are-next | expected-wait less-than-one-minute", "support | waited 7 seconds")]
    [InlineData("queue/waited", "you-are-next | expected-wait less-than-one-minute", "call-from-queue support | 7 seconds")]
    [InlineData("queue/seconds", "you-are-next | expected-wait less-than-one-minute", "call-from-queue support")]
    public void What_is_missing_costs_no_other_phrase(string missing, string announcement, string whisper)
    {
        _shelf.Remove(missing);

        Assert.Equal(announcement, Spoken(_phrases.Announcement(1, TimeSpan.Zero, false)));
        Assert.Equal(whisper, Spoken(_phrases.Whisper(Support, TimeSpan.FromSeconds(7))));
    }

    [Fact]
    public void What_is_missing_is_named_but_for_the_names_of_queues()
    {
        Assert.Empty(_phrases.MissingFrom(_shelf));

        _shelf.Remove("queue/name/support");
        _shelf.Remove("queue/minute");
        _shelf.Remove("number/90");

        Assert.Equal(["en/queue/minute.wav", "en/number/90.wav"], _phrases.MissingFrom(_shelf));
    }

    [Fact]
    public void The_quiet_hour_is_said_where_all_its_recordings_are()
    {
        Assert.Empty(_phrases.QuietHour(14)); // the sample has none

        var phrases = new QueuePhrases(new Anything(), new SpokenLithuanian());

        Assert.Equal("shortest-wait nuo 14 iki 15 valandos", Spoken(phrases.QuietHour(14)));
        Assert.Equal("Trumpiausiai laukiama nuo keturioliktos iki penkioliktos valandos.", phrases.QuietHourInWords(14));
        Assert.Throws<ArgumentOutOfRangeException>(() => phrases.QuietHour(24));
    }

    private static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    private static string Spoken(Prompt prompt) => string.Join(' ', prompt.Select(part => part switch
    {
        PromptPart.File file => Path.GetFileNameWithoutExtension(file.Name),
        PromptPart.Silence => "|",
        _ => throw new System.Diagnostics.UnreachableException(),
    }));

    private sealed class Anything : IPromptCatalog
    {
        public string Description => "all there is";

        public bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? path)
        {
            path = name;
            return true;
        }
    }
}
