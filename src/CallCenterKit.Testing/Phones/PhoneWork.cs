using System.Runtime.CompilerServices;
using CallCenterKit.Time;

namespace CallCenterKit.Testing;

/// <summary>Runs what scripts do between two waits on the thread pool, as counted work.</summary>
/// <remarks>
/// In virtual time one piece runs after another: the order is the same in every run, and what a script completes by its own
/// doing is completed after it has begun to wait, so that it never goes on uncounted.
/// </remarks>
/// <param name="work">Counts what runs and what waits for its turn.</param>
/// <param name="isSerial">One after another rather than in parallel.</param>
internal sealed class PhoneWork(IRunningWork work, bool isSerial)
{
    private readonly Queue<Action> _queue = [];
    private bool _isDraining;

    public void Run(Action action)
    {
        work.Enter();
        if (!isSerial)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.Owner.RunOne(state.Action), (Owner: this, Action: action), preferLocal: false);
            return;
        }

        lock (_queue)
        {
            _queue.Enqueue(action);
            if (_isDraining)
                return;
            _isDraining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static owner => owner.Drain(), this, preferLocal: false);
    }

    /// <summary>What comes after <c>await</c> of it is counted work.</summary>
    public Switch SwitchTo() => new(this);

    private void Drain()
    {
        while (true)
        {
            Action action;
            lock (_queue)
            {
                if (!_queue.TryDequeue(out action!))
                {
                    _isDraining = false;
                    return;
                }
            }

            RunOne(action);
        }
    }

    private void RunOne(Action action)
    {
        try
        {
            action();
        }
        finally
        {
            work.Leave();
        }
    }

    /// <summary>An awaitable and its awaiter in one.</summary>
    public readonly struct Switch(PhoneWork owner) : INotifyCompletion
    {
        public bool IsCompleted => false;

        public Switch GetAwaiter() => this;

        public void OnCompleted(Action continuation) => owner.Run(continuation);

        public void GetResult()
        {
        }
    }
}
