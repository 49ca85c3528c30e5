namespace CallCenterKit.Media.Sdp;

/// <summary>Who made a description and which edition it is (RFC 8866 §5.2).</summary>
/// <param name="Username">Often <c>-</c>.</param>
/// <param name="SessionId">Digits; the same through the session.</param>
/// <param name="SessionVersion">Digits; grows by one with each change, and only then (RFC 3264 §8).</param>
/// <param name="Address">Of the maker; not where media goes.</param>
public sealed record SdpOrigin(string Username, string SessionId, string SessionVersion, string Address);
