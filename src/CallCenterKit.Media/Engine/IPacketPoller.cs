namespace CallCenterKit.Media.Engine;

/// <summary>Knows which legs of one media thread have packets. All but <see cref="Wake"/> on that thread only.</summary>
internal interface IPacketPoller : IDisposable
{
    void Add(LegStream leg);

    void Remove(LegStream leg);

    /// <summary>Returns when packets have arrived, somebody woke the thread, or the time is over.</summary>
    /// <param name="timeoutMilliseconds">-1 waits without end.</param>
    void Wait(int timeoutMilliseconds);

    /// <summary>Lets legs take what has arrived.</summary>
    void Dispatch(long now);

    /// <summary>Ends the present or the next <see cref="Wait"/>. Any thread.</summary>
    void Wake();
}
