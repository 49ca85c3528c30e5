namespace CallCenterKit.Media.Engine;

/// <summary>Drains all sockets every 5 ms; works everywhere.</summary>
internal sealed class PortablePoller : IPacketPoller
{
    private const int PassMilliseconds = 5;
    private const int RtcpEveryPasses = 20;
    private const int MostPacketsAtOnce = 16;

    private readonly List<LegStream> _legs = [];
    private readonly AutoResetEvent _wake = new(initialState: false);
    private int _pass;

    public void Add(LegStream leg) => _legs.Add(leg);

    public void Remove(LegStream leg) => _legs.Remove(leg);

    public void Wait(int timeoutMilliseconds)
    {
        var nothingToDrain = _legs.Count == 0;
        _wake.WaitOne(nothingToDrain ? timeoutMilliseconds : Math.Clamp(timeoutMilliseconds, 0, PassMilliseconds));
    }

    public void Dispatch(long now, bool all)
    {
        var rtcpToo = _pass++ % RtcpEveryPasses == 0;
        for (var i = 0; i < _legs.Count; i++)
            Drain(_legs[i], rtcpToo, now);
    }

    public void SetUrgent(LegStream leg)
    {
    }

    public void Wake() => _wake.Set();

    public void Dispose() => _wake.Dispose();

    internal static void Drain(LegStream leg, bool rtcpToo, long now)
    {
        var left = MostPacketsAtOnce;
        while (left-- > 0 && leg.ReceiveRtp(now))
        {
        }

        left = MostPacketsAtOnce;
        while (rtcpToo && left-- > 0 && leg.ReceiveRtcp(now))
        {
        }
    }
}
