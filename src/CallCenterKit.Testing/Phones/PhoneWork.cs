using CallCenterKit.Time;

namespace CallCenterKit.Testing;

/// <summary>Runs continuations of scripts on the thread pool, each counted until it waits again.</summary>
internal sealed class PhoneWork(IRunningWork work)
{
    public void Run(Action action)
    {
        work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(static state =>
        {
            try
            {
                state.action();
            }
            finally
            {
                state.work.Leave();
            }
        }, (action, work), preferLocal: false);
    }
}
