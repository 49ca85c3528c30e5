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
    /// <param name="now">The present.</param>
    /// <param name="all">Those too whose packets nobody waits for; else a poller may leave them for later.</param>
    void Dispatch(long now, bool all);

    /// <summary>Says anew whether somebody waits for each packet of the leg, as it is while it is relayed.</summary>
    void SetUrgent(LegStream leg);

    /// <summary>Ends the present or the next <see cref="Wait"/>. Any thread.</summary>
    void Wake();
}
