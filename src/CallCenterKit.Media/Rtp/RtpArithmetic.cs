namespace CallCenterKit.Media.Rtp;

/// <summary>Distances between sequence numbers and timestamps that wrap.</summary>
public static class RtpArithmetic
{
    /// <summary>Steps from one sequence number to another the short way round, -32,768 to 32,767; positive if <paramref name="to"/> is later.</summary>
    /// <param name="from">Where to count from.</param>
    /// <param name="to">Where to count to.</param>
    public static int SequenceDistance(ushort from, ushort to) => (short)(to - from);

    /// <summary>Ticks from one timestamp to another the short way round; positive if <paramref name="to"/> is later.</summary>
    /// <param name="from">Where to count from.</param>
    /// <param name="to">Where to count to.</param>
    public static int TimestampDistance(uint from, uint to) => (int)(to - from);
}
