using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ConsolePbx.Board;

/// <summary>Shows agents and waiting callers while the center runs.</summary>
internal sealed class BoardService(BoardFeed feed, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Console.IsOutputRedirected
        ? BoardLines.WriteAsync(feed, Console.Out, time, stoppingToken)
        : BoardTables.ShowAsync(feed, time, stoppingToken);
}

internal static class BoardRegistration
{
    public static void AddBoard(this CallCenterApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BoardFeed>();
        builder.Services.AddSingleton<IEventFold>(services => services.GetRequiredService<BoardFeed>());
        builder.Services.AddHostedService<BoardService>();

        // The log goes beside the board, and a file or pipe gets no colours.
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
