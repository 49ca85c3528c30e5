namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>Stands still: a stepped engine is told the time.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => 0;
}
