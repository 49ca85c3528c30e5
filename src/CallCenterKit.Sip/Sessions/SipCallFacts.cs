using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>What is known of a leg when it begins.</summary>
internal sealed record SipCallFacts(CallId Id, CallDirection Direction, CallOrigin Origin)
{
    public required CallParty From { get; init; }

    public required CallParty To { get; init; }

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
