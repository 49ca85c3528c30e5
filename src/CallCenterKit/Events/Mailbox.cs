using System.Collections.Concurrent;
using CallCenterKit.Time;

namespace CallCenterKit.Events;

/// <summary>Hands messages to one handler, one at a time and in order, on the thread pool.</summary>
/// <remarks>Any thread may post. The handler never throws; what it does not finish in place it starts and watches.</remarks>
internal sealed class Mailbox<T>(Func<T, ValueTask> handler, IRunningWork work) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<T> _messages = new();
    private int _scheduled;

    public void Post(T message)
    {
        work.Enter();
        _messages.Enqueue(message);
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private async Task DrainAsync()
    {
        do
        {
            while (_messages.TryDequeue(out var message))
            {
                await handler(message).ConfigureAwait(false);
                work.Leave();
            }
            Volatile.Write(ref _scheduled, 0);
        }
        while (!_messages.IsEmpty && Interlocked.Exchange(ref _scheduled, 1) == 0);
    }
}
