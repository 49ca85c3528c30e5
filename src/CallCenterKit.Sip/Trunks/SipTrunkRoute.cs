namespace CallCenterKit.Sip.Trunks;

/// <summary>How one outgoing call is to be put to one trunk. Immutable.</summary>
internal sealed record SipTrunkRoute
{
    public required SipTrunk Trunk { get; init; }

    /// <summary>The servers to try, one after another; at least one.</summary>
    public required IReadOnlyList<TrunkHop> Hops { get; init; }

    /// <summary>The called number as the trunk wants it, escaped as the user of a URI.</summary>
    public required string User { get; init; }

    /// <summary>The value of To.</summary>
    public required string To { get; init; }

    /// <summary>From, P-Asserted-Identity and Privacy.</summary>
    public required ShownCaller Caller { get; init; }

    /// <summary>The value of Route; null: the header is left out.</summary>
    public string? Route { get; init; }

    /// <summary>The Request-URI for one of <see cref="Hops"/>.</summary>
    public string RequestUri(TrunkHop hop) => $"sip:{User}@{hop.Authority}";

    /// <summary>The value of Contact towards one of <see cref="Hops"/>.</summary>
    public string Contact(TrunkHop hop) => $"<{hop.Contact(Trunk.ContactUser)}>";
}
