namespace CallCenterKit.Sip.Transport;

/// <summary>Why a stream can't be divided into messages any more.</summary>
internal enum StreamFault
{
    None,

    /// <summary>It does not begin as a start line does.</summary>
    NotSip,

    /// <summary>The header does not end within the limit.</summary>
    HeaderTooLong,

    /// <summary>Over a stream Content-Length is mandatory (RFC 3261 §20.14).</summary>
    NoContentLength,

    /// <summary>Content-Length is no number, or there are two of them.</summary>
    BadContentLength,

    /// <summary>Header and body are longer than the limit.</summary>
    TooLong,

    /// <summary>It did not come to its end in time.</summary>
    TooSlow,
}
