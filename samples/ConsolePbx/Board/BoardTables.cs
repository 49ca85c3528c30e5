using System.Globalization;
using CallCenterKit.Routing;
using Spectre.Console;

namespace ConsolePbx.Board;

/// <summary>The board in a terminal: a table of agents and one of waiting callers, drawn anew each second.</summary>
internal static class BoardTables
{
    public static Task ShowAsync(BoardFeed feed, TimeProvider time, CancellationToken cancellationToken) =>
        AnsiConsole.Live(Draw(feed.Look(), time.GetUtcNow())).StartAsync(async display =>
        {
            using var everySecond = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
            while (await everySecond.WaitForNextTickAsync(cancellationToken))
            {
                feed.TakePictures(); // only the latest one is shown
                display.UpdateTarget(Draw(feed.Look(), time.GetUtcNow()));
            }
        });

    private static Rows Draw(BoardPicture picture, DateTimeOffset now)
    {
        var agents = NewTable("Agents", ("name", 14), ("state", 12), ("seconds", 7), ("extension", 10), ("with", 12));
        foreach (var row in picture.Agents)
            agents.AddRow(new Text(row.Name), State(row.State), Seconds(now - row.Since), new Text(row.Extension), new Text(row.TalksTo));
        var waiting = NewTable("Waiting", ("queue", 29), ("place", 7), ("seconds", 10), ("number", 12));
        foreach (var row in picture.Waiting)
            waiting.AddRow(new Text(row.Queue), Number(row.Place), Seconds(now - row.Since), new Text(row.Number));
        return new Rows(agents, waiting);
    }

    private static Table NewTable(string title, params (string Name, int Width)[] columns)
    {
        var table = new Table().Title(title).Border(TableBorder.Rounded);
        foreach (var (name, width) in columns)
            table.AddColumn(name, column => column.Width(width));
        return table;
    }

    private static Text State(AgentState state) => new(BoardLines.Words(state.ToString()), state switch
    {
        AgentState.Available => Color.Green,
        AgentState.Ringing => Color.Yellow,
        AgentState.Talking => Color.Red,
        AgentState.WrappingUp => Color.Blue,
        _ => Color.Grey,
    });

    private static Text Seconds(TimeSpan span) => Number((int)Math.Max(0, span.TotalSeconds));

    private static Text Number(int value) => new Text(value.ToString(CultureInfo.InvariantCulture)).RightJustified();
}
