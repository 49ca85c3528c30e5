namespace CallCenterKit.Sip.Messages;

/// <summary>What is wrong with a message from the wire. The first fault found is kept.</summary>
internal enum SipParseError : byte
{
    None,

    /// <summary>No empty line ends the header.</summary>
    Incomplete,

    /// <summary>More than 65,535 bytes.</summary>
    TooLarge,

    /// <summary>More than 255 header lines.</summary>
    TooManyHeaders,
    BadStartLine,

    /// <summary>Empty, or with white space, angle brackets or control characters (RFC 3261 §25.1).</summary>
    BadRequestUri,

    /// <summary>A SIP-Version other than 2.0: answered with 505.</summary>
    UnsupportedVersion,

    /// <summary>Not three digits from 100 to 699.</summary>
    BadStatusCode,

    /// <summary>A line without a colon, a name that is no token, or a lone CR.</summary>
    BadHeader,

    /// <summary>One of Via, From, To, Call-ID, CSeq is missing (RFC 3261 §8.1.1).</summary>
    MissingHeader,

    /// <summary>A field that may stand once only is repeated.</summary>
    RepeatedHeader,
    BadVia,
    BadFrom,
    BadTo,
    BadCallId,
    BadCSeq,

    /// <summary>The method of CSeq is not the method of the request line (RFC 3261 §8.1.1.5).</summary>
    CSeqMismatch,
    BadMaxForwards,
    BadContentLength,

    /// <summary>Content-Length is greater than what the datagram holds (RFC 3261 §18.3).</summary>
    BodyTooShort,
}
