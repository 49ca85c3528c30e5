using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace ConsolePbx.Board;

/// <summary>The log in a terminal: its lines pass above the board, through the same console, so neither tears the other.</summary>
internal sealed class BoardLog : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(categoryName);

    public void Dispose()
    {
    }

    private sealed class Category(string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var style = new Style(logLevel >= LogLevel.Error ? Color.Red : Color.Yellow);
            AnsiConsole.Write(new Text($"{logLevel}: {name}[{eventId.Id}] {formatter(state, exception)} {exception?.Message}{Environment.NewLine}", style));
        }
    }
}
