namespace JitterTraces;

/// <summary>What the adaptive buffer is compared with: plays each packet a fixed time after the fastest could have come, whatever happens.</summary>
internal static class FixedBuffer
{
    public static TraceFigures Run(JitterTrace trace, TimeSpan delay)
    {
        var late = 0;
        var behind = TimeSpan.Zero;
        for (var i = 0; i < trace.Packets.Count; i++)
        {
            var packet = trace.Packets[i];
            var plays = JitterTrace.Fastest + delay + (i * JitterTrace.Packet);
            behind += plays - packet.Sent - JitterTrace.Fastest;
            if (packet.Arrived > plays)
                late++;
        }

        return new TraceFigures(behind / trace.Packets.Count, (double)late / trace.Packets.Count);
    }
}
