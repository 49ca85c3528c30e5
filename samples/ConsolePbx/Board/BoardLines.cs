using System.Globalization;
using System.Text.RegularExpressions;

namespace ConsolePbx.Board;

/// <summary>The board where there is no terminal: one plain line for each change.</summary>
internal static partial class BoardLines
{
    public static async Task WriteAsync(BoardFeed feed, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        using var everySecond = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        var before = BoardPicture.Empty;
        await WriteAsync([feed.Look()]);
        try
        {
            while (await everySecond.WaitForNextTickAsync(cancellationToken))
                await WriteAsync(feed.TakePictures());
        }
        finally
        {
            await WriteAsync(feed.TakePictures());
        }

        async Task WriteAsync(IReadOnlyList<BoardPicture> pictures)
        {
            // Events of one moment belong together: an agent is not free between an answer and the conversation.
            foreach (var after in pictures.GroupBy(picture => picture.At).Select(moment => moment.Last()))
            {
                foreach (var line in Changes(before, after))
                    await output.WriteLineAsync(line);
                before = after;
            }
        }
    }

    private static IEnumerable<string> Changes(BoardPicture before, BoardPicture after)
    {
        foreach (var gone in before.Waiting.Where(row => !after.Waiting.Any(row.IsSameEntry)))
            yield return Line(after, "left", gone.Queue, "", gone.Number);
        foreach (var row in after.Waiting.Where(row => !before.Waiting.Contains(row)))
            yield return Line(after, "waits", row.Queue, $"place {row.Place}", row.Number);
        foreach (var agent in after.Agents.Where(agent => !before.Agents.Any(agent.IsUnchanged)))
            yield return Line(after, agent.Name, Words(agent.State.ToString()), agent.Extension, agent.TalksTo);
    }

    private static string Line(BoardPicture picture, string who, string what, string where, string number) =>
        string.Create(CultureInfo.InvariantCulture, $"{picture.At.ToLocalTime():HH:mm:ss}  {who,-8} {what,-12} {where,-8} {number}").TrimEnd();

    private static bool IsSameEntry(this WaitingRow row, WaitingRow other) => (row.Interaction, row.Queue) == (other.Interaction, other.Queue);

    private static bool IsUnchanged(this AgentRow row, AgentRow other) => row == other with { Since = row.Since };

    /// <summary>WrappingUp becomes "wrapping up".</summary>
    internal static string Words(string name) => Capital().Replace(name, " $0").TrimStart().ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
