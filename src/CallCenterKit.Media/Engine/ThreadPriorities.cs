namespace CallCenterKit.Media.Engine;

/// <summary>Lets the audio of calls that are going on go before everything else the process does.</summary>
internal static class ThreadPriorities
{
    /// <summary>What a media thread asks for on Linux, where .NET's own priorities do nothing.</summary>
    public const int Nice = -10;

    /// <summary>For the calling thread; threads that it starts are none the better for it.</summary>
    /// <returns>False where the system does not allow it: on Linux without CAP_SYS_NICE or RLIMIT_NICE.</returns>
    public static unsafe bool TryRaise()
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.Highest;
            return true;
        }

        // A thread of the pool that happens to be started from here would keep the priority for good.
        var none = 0;
        return LinuxCalls.SetScheduler(0, LinuxCalls.ResetOnFork, &none) == 0
            && LinuxCalls.SetPriority(LinuxCalls.ProcessPriority, 0, Nice) == 0;
    }
}
