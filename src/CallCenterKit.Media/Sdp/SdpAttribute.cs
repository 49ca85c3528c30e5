namespace CallCenterKit.Media.Sdp;

/// <summary>An attribute that has no property of its own (RFC 8866 §5.13).</summary>
/// <param name="Name">What stands before the colon.</param>
/// <param name="Value">What stands behind it; null for a flag.</param>
public sealed record SdpAttribute(string Name, string? Value);
