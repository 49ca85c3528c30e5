namespace JitterTraces;

/// <summary>One packet of 20 ms on its way.</summary>
/// <param name="Sent">On the receiver's clock.</param>
/// <param name="Arrived">The same; null when it was lost.</param>
internal readonly record struct TracePacket(TimeSpan Sent, TimeSpan? Arrived);
