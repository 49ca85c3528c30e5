using System.Collections.Concurrent;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Metrics;

namespace CallCenterKit.Playlists;

/// <summary>The tip of a queue's own figures, for a host that gives none: in which hour the wait is shortest.</summary>
/// <remarks>By recordings where they are there. What an engine has to speak, nobody waits for: it is heard by those who come after the first.</remarks>
internal sealed class QuietHourTips(CenterServices center, HourlyWaits waits, SpokenTexts? texts) : IQueueTips
{
    // At most one for each hour and language.
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    public Prompt? TipFor(QueueId queue, string language)
    {
        if (!center.Setup.QuietHours.TryGetValue(queue, out var rule) || rule.Find(waits, queue, center.Time.GetUtcNow()) is not { } hour)
            return null;
        var phrases = center.PhrasesFor(language);
        return phrases.QuietHour(hour) is { Count: > 0 } recorded ? recorded : Speak(phrases.QuietHourInWords(hour), phrases.Language, queue);
    }

    private Prompt? Speak(string? words, string language, QueueId queue)
    {
        if (words is null || texts is null)
            return null;
        var isFirst = _asked.TryAdd(words, true);
        var spoken = texts.FindAsync(words, language, CancellationToken.None);
        if (spoken.IsCompletedSuccessfully)
            return isFirst ? null : Prompt.Of(new PromptPart.Sound(spoken.Result));
        _ = FinishAsync(spoken, queue); // ends by itself and throws nothing
        return null;
    }

    private async Task FinishAsync(ValueTask<string> spoken, QueueId queue)
    {
        center.Work.Enter();
        try
        {
            await spoken.ConfigureAwait(false);
        }
        catch (SpeechException fault)
        {
            PlaylistLog.TipFailed(center.Logger, fault, queue);
        }
        finally
        {
            center.Work.Leave();
        }
    }
}
