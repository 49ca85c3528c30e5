namespace CallCenterKit.Media.Engine;

/// <summary>Takes everything that has arrived at every step; never waits.</summary>
internal sealed class SteppedPoller : IPacketPoller
{
    private readonly List<LegStream> _legs = [];

    public void Add(LegStream leg) => _legs.Add(leg);

    public void Remove(LegStream leg) => _legs.Remove(leg);

    public void Wait(int timeoutMilliseconds)
    {
    }

    public void Dispatch(long now, bool all)
    {
        for (var i = 0; i < _legs.Count; i++)
        {
            var leg = _legs[i];
            while (leg.ReceiveRtp(now))
            {
            }

            while (leg.ReceiveRtcp(now))
            {
            }
        }
    }

    public void SetUrgent(LegStream leg)
    {
    }

    public void Wake()
    {
    }

    public void Dispose()
    {
    }
}
