using Microsoft.Extensions.Logging;

namespace CallCenterKit.Ivr.Fakes;

/// <summary>Keeps what was logged.</summary>
internal sealed class FakeLog : ILogger
{
    public List<(LogLevel Level, int Id, string Text, Exception? Fault)> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Add((logLevel, eventId.Id, formatter(state, exception), exception));
}
