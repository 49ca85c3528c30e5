using CallCenterKit.Media.Engine;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>Keeps what an engine logs.</summary>
internal sealed class KeptLog : ILogger<MediaEngine>
{
    public List<(int Id, LogLevel Level, string Text)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add((eventId.Id, logLevel, formatter(state, exception)));
}
