using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Storage.Sqlite;

/// <summary>Lets a test wait for a log message by its event id.</summary>
internal sealed class SeenLogger : ILogger
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _seen = new();

    /// <summary>The first message with that id.</summary>
    public Task<string> Seen(int eventId) => Source(eventId).Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Source(eventId.Id).TrySetResult(formatter(state, exception));

    private TaskCompletionSource<string> Source(int eventId) =>
        _seen.GetOrAdd(eventId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
