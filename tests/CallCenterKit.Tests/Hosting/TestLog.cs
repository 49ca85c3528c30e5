using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Tests.Hosting;

/// <summary>Keeps warnings and errors; a test says which it expects.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();
    private readonly HashSet<int> _expected = [];

    /// <summary>What was logged and not expected.</summary>
    public IReadOnlyList<string> Unexpected => [.. _lines.Where(line => !_expected.Contains(line.Id)).Select(line => $"{line.Id} {line.Text}")];

    public void Expect(params ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
            _expected.Add(id);
    }

    public int CountOf(int id) => _lines.Count(line => line.Id == id);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _lines.Enqueue((eventId.Id, $"{formatter(state, exception)} {exception}"));
    }

    public void Dispose()
    {
    }
}
