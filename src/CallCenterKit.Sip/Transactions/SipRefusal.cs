using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transactions;

/// <summary>What a malformed request is answered with.</summary>
internal static class SipRefusal
{
    internal static int StatusFor(SipMessage request) => request.Error switch
    {
        SipParseError.UnsupportedVersion => 505,
        SipParseError.TooLarge => 513,
        SipParseError.CSeqMismatch when request.Method == SipMethod.Unknown => 501, // RFC 4475 §3.1.2.18
        _ => 400,
    };

    /// <summary>The phrase should say what is missing (RFC 3261 §21.4.1).</summary>
    internal static ReadOnlySpan<byte> ReasonFor(SipMessage request) => request.Error switch
    {
        SipParseError.CSeqMismatch when request.Method == SipMethod.Unknown => default,
        SipParseError.BadRequestUri => "Bad Request-URI"u8,
        SipParseError.BadHeader => "Bad Header Line"u8,
        SipParseError.MissingHeader => "Missing Header Field"u8,
        SipParseError.RepeatedHeader => "Repeated Header Field"u8,
        SipParseError.BadVia => "Bad Via"u8,
        SipParseError.BadFrom => "Bad From"u8,
        SipParseError.BadTo => "Bad To"u8,
        SipParseError.BadCallId => "Bad Call-ID"u8,
        SipParseError.BadCSeq => "Bad CSeq"u8,
        SipParseError.CSeqMismatch => "CSeq Method Does Not Match"u8,
        SipParseError.BadMaxForwards => "Bad Max-Forwards"u8,
        SipParseError.BadContentLength => "Bad Content-Length"u8,
        SipParseError.BodyTooShort => "Body Shorter Than Content-Length"u8,
        _ => default,
    };
}
