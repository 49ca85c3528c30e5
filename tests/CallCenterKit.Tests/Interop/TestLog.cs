using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Tests.Interop;

/// <summary>Keeps warnings and errors for the message of a failed assertion, and what else was said for those who wait for it.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    /// <summary>Warnings and errors.</summary>
    public string Text => string.Join('\n', _lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text));

    /// <summary>Returns once so many lines hold a text; those written before count.</summary>
    public async Task WaitForAsync(string text, int times)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (_lines.Count(line => line.Text.Contains(text, StringComparison.Ordinal)) < times)
        {
            if (TimeProvider.System.GetElapsedTime(since) > Limit)
                Assert.Fail($"'{text}' was not logged {times} times within {Limit}:\n{string.Join('\n', _lines.Select(line => line.Text))}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _lines.Enqueue((logLevel, string.Create(CultureInfo.InvariantCulture, $"{logLevel} {eventId.Id}: {formatter(state, exception)} {exception}")));
    }

    public void Dispose()
    {
        // Holds nothing to release.
    }
}
