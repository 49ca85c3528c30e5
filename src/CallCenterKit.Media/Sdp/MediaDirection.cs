namespace CallCenterKit.Media.Sdp;

/// <summary>Which way a stream flows, seen by the side that says it (RFC 3264 §5.1).</summary>
public enum MediaDirection
{
    /// <summary>Neither way.</summary>
    Inactive = 0,

    /// <summary>Out only; what a side says that puts the other on hold.</summary>
    SendOnly = 1,

    /// <summary>In only.</summary>
    ReceiveOnly = 2,

    /// <summary>Both ways; what is meant where nothing is said.</summary>
    SendReceive = 3,
}
