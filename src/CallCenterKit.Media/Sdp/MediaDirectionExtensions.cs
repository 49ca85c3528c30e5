namespace CallCenterKit.Media.Sdp;

/// <summary>Questions about a direction.</summary>
public static class MediaDirectionExtensions
{
    /// <summary>Whether the side that says it sends.</summary>
    /// <param name="direction">As said.</param>
    public static bool CanSend(this MediaDirection direction) => (direction & MediaDirection.SendOnly) != 0;

    /// <summary>Whether the side that says it receives.</summary>
    /// <param name="direction">As said.</param>
    public static bool CanReceive(this MediaDirection direction) => (direction & MediaDirection.ReceiveOnly) != 0;

    /// <summary>The same flow seen by the other side.</summary>
    /// <param name="direction">As said.</param>
    public static MediaDirection Reversed(this MediaDirection direction) => direction switch
    {
        MediaDirection.SendOnly => MediaDirection.ReceiveOnly,
        MediaDirection.ReceiveOnly => MediaDirection.SendOnly,
        _ => direction,
    };

    /// <summary>What flows if one side can do this and allows no more than <paramref name="limit"/>.</summary>
    /// <param name="direction">As said.</param>
    /// <param name="limit">Seen by the same side.</param>
    public static MediaDirection LimitedTo(this MediaDirection direction, MediaDirection limit) => direction & limit;
}
