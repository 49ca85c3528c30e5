using CallCenterKit.Sip.Trunks;

namespace CallCenterKit.Sip;

/// <summary>How a trunk stands.</summary>
/// <param name="Name">Which.</param>
/// <param name="State">Whether it carries calls, as far as is known.</param>
/// <param name="Reason">Why, for people; no numbers, no secrets.</param>
/// <param name="Since">When that state began.</param>
/// <param name="Calls">Calls it carries now, both directions together.</param>
public sealed record SipTrunkHealth(string Name, SipTrunkState State, string Reason, DateTimeOffset Since, int Calls)
{
    /// <summary>Calls begun over it since the start.</summary>
    public long Outgoing { get; init; }

    /// <summary>Calls it has brought since the start.</summary>
    public long Incoming { get; init; }

    /// <summary>Calls that found it at one of its limits.</summary>
    public long Limited { get; init; }

    /// <summary>Times a call went on from one of its servers to the next, or to another trunk.</summary>
    public long Failovers { get; init; }
}
