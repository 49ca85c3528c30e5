namespace CallCenterKit;

/// <summary>Makes the ids that are born at the edge of the center. Any thread.</summary>
public interface IIdSource
{
    /// <summary>A new version-7 Guid (RFC 9562 §5.7).</summary>
    Guid Next();
}

/// <summary>Version-7 Guids from the clock and the system's generator.</summary>
/// <param name="time">Where the timestamp in each id comes from.</param>
public sealed class IdSource(TimeProvider time) : IIdSource
{
    /// <inheritdoc />
    public Guid Next() => Guid.CreateVersion7(time.GetUtcNow());
}
