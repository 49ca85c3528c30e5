using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ConsolePbx.Board;

internal static class BoardRegistration
{
    public static void AddBoard(this CallCenterApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BoardFeed>();
        builder.Services.AddSingleton<IEventFold>(services => services.GetRequiredService<BoardFeed>());
        builder.Services.AddHostedService<BoardService>();
        builder.Logging.ClearProviders();
        if (Console.IsOutputRedirected)
            builder.AddPlainLog();
        else
            builder.Logging.AddProvider(new BoardLog());
    }

    private static void AddPlainLog(this CallCenterApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled));
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
