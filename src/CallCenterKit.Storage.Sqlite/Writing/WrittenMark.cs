namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>The position up to which entries are written, and whoever waits for it. Any thread.</summary>
internal sealed class WrittenMark
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiters = new();
    private Exception? _fault;
    private long _upTo;

    public long UpTo => Volatile.Read(ref _upTo);

    /// <summary>Costs nothing when the position is written already.</summary>
    public ValueTask WaitAsync(long position, CancellationToken cancellationToken)
    {
        if (UpTo >= position)
            return default;
        lock (_lock)
        {
            if (_upTo >= position)
                return default;
            if (_fault is not null)
                return ValueTask.FromException(_fault);
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Enqueue(waiter, position);
            return new(waiter.Task.WaitAsync(cancellationToken));
        }
    }

    public void MoveTo(long position)
    {
        lock (_lock)
        {
            Volatile.Write(ref _upTo, position);
            while (_waiters.TryPeek(out var waiter, out var wanted) && wanted <= position)
            {
                _waiters.Dequeue();
                waiter.TrySetResult();
            }
        }
    }

    /// <summary>Nothing more will be written: waiters, now and later, get the fault.</summary>
    public void Fail(Exception fault)
    {
        lock (_lock)
        {
            _fault ??= fault;
            while (_waiters.TryDequeue(out var waiter, out _))
                waiter.TrySetException(fault);
        }
    }
}
