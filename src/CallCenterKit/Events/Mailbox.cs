using System.Diagnostics.CodeAnalysis;
using CallCenterKit.Time;

namespace CallCenterKit.Events;

/// <summary>Hands messages to one handler, one at a time and in order, on the thread pool.</summary>
/// <remarks>Any thread may post. The handler never throws; what it does not finish in place it starts and watches.</remarks>
internal sealed class Mailbox<T>(Func<T, ValueTask> handler, IRunningWork work) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _messages = new(); // a concurrent one takes a kilobyte, and every call has some
    private bool _isDraining;

    public void Post(T message)
    {
        work.Enter();
        lock (_gate)
        {
            _messages.Enqueue(message);
            if (_isDraining)
                return;
            _isDraining = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private async Task DrainAsync()
    {
        while (TryTake(out var message))
        {
            await handler(message).ConfigureAwait(false);
            work.Leave();
        }
    }

    private bool TryTake([MaybeNullWhen(false)] out T message)
    {
        lock (_gate)
        {
            _isDraining = _messages.TryDequeue(out message);
            return _isDraining;
        }
    }
}
