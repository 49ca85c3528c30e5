namespace CallCenterKit.Media.Engine;

/// <summary>Where a leg's audio stands.</summary>
public enum MediaLegState
{
    /// <summary>Made; holds no port yet.</summary>
    Created,

    /// <summary>Holds a port; nothing was negotiated.</summary>
    Open,

    /// <summary>Offer and answer are through: audio can flow.</summary>
    Established,

    /// <summary>Over; the ports are given back.</summary>
    Closed,
}
