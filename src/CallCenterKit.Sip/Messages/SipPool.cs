using System.Collections.Concurrent;

namespace CallCenterKit.Sip.Messages;

/// <summary>Keeps objects for use again, since messages are rented on a receiving thread and returned on a worker. Any thread.</summary>
/// <param name="capacity">How many are kept at most; more than these are left to the garbage collector.</param>
internal sealed class SipPool<T>(int capacity)
    where T : class
{
    private readonly ConcurrentQueue<T> _items = new();
    private T? _fast;
    private int _count;

    internal T? TryRent()
    {
        var item = Interlocked.Exchange(ref _fast, null);
        if (item is not null) return item;
        if (!_items.TryDequeue(out item)) return null;
        Interlocked.Decrement(ref _count);
        return item;
    }

    internal void Return(T item)
    {
        if (Interlocked.CompareExchange(ref _fast, item, null) is null) return;
        if (Interlocked.Increment(ref _count) <= capacity) _items.Enqueue(item);
        else Interlocked.Decrement(ref _count);
    }
}
