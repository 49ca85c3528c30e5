using CallCenterKit.Time;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Runs what may reach code of the host on the thread pool, counted.</summary>
internal static class HostWork
{
    public static void Run(IRunningWork work, Action action)
    {
        work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(
            static state =>
            {
                try
                {
                    state.action();
                }
                finally
                {
                    state.work.Leave();
                }
            },
            (work, action), preferLocal: false);
    }
}
