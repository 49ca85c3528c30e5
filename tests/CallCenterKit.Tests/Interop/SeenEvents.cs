using System.Collections.Concurrent;
using CallCenterKit.Journal;

namespace CallCenterKit.Tests.Interop;

/// <summary>What has happened in a center, for those who wait for it.</summary>
internal sealed class SeenEvents : IEventFold
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Type, TaskCompletionSource> _kinds = new();

    public void Apply(JournalEntry entry) => Of(entry.Event.GetType()).TrySetResult();

    /// <summary>Returns once one of that kind has happened; one that happened before counts.</summary>
    public Task WaitAsync<T>()
        where T : CenterEvent => Of(typeof(T)).Task.WaitAsync(Limit);

    private TaskCompletionSource Of(Type kind) => _kinds.GetOrAdd(kind, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
