using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>What is known of a leg when it begins.</summary>
internal sealed record SipCallFacts(CallId Id, CallDirection Direction, CallOrigin Origin)
{
    public required CallParty From { get; init; }

    public required CallParty To { get; init; }

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Whether its audio is encrypted.</summary>
    public SrtpPolicy Srtp { get; init; }

    /// <summary>What an inbound leg will be answered with; null where nothing was offered, and for legs we dial.</summary>
    public AudioCodec? Format { get; init; }

    /// <summary>How many more hops a call that follows from this one may take (RFC 7332).</summary>
    public int MaxForwards { get; init; } = 70;

    /// <summary>The leg it came to take the place of; null for any other.</summary>
    public CallId? Replaces { get; init; }
}
