namespace CallCenterKit.Sip.Resolving;

/// <summary>What a lookup brought.</summary>
public abstract record SipResolution
{
    private SipResolution()
    {
    }

    /// <summary>Where to send, to be tried one after another (RFC 3263 §4.3).</summary>
    /// <param name="Hops">At least one. Drawn anew by the weights of the domain each time, so keep the order of one resolution for one request.</param>
    public sealed record Found(IReadOnlyList<SipHop> Hops) : SipResolution;

    /// <summary>There is nowhere to send to.</summary>
    /// <param name="Why">For people: names the host and what was answered.</param>
    public sealed record Failed(string Why) : SipResolution;
}
