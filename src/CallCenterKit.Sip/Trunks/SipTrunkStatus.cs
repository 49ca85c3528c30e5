namespace CallCenterKit.Sip.Trunks;

/// <summary>Whether a trunk carries calls, as far as is known.</summary>
public enum SipTrunkState
{
    /// <summary>It answers, or nobody has asked.</summary>
    Up,

    /// <summary>Its first registration has not been answered yet.</summary>
    Registering,

    /// <summary>It is silent, cannot be found, or is out of service.</summary>
    Down,

    /// <summary>It answers, and does not let us register.</summary>
    Refused,
}

/// <summary>State of a trunk at one moment.</summary>
/// <param name="State">What it is.</param>
/// <param name="Reason">For people; no numbers of callers, no secrets.</param>
/// <param name="Since">When the state began.</param>
internal sealed record SipTrunkStatus(SipTrunkState State, string Reason, DateTimeOffset Since);
