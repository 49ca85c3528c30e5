namespace CallCenterKit.Sip.Messages;

/// <summary>What kind of address a URI is; others than these are answered with 416 where they must be understood.</summary>
internal enum SipUriScheme : byte
{
    Other,
    Sip,
    Sips,
    Tel,
}
