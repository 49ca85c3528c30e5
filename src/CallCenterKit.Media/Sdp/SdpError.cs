namespace CallCenterKit.Media.Sdp;

/// <summary>Why bytes are no session description.</summary>
public enum SdpError
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>More than <see cref="SessionDescription.MaxBytes"/>, or more streams, formats or attributes than the reader takes.</summary>
    TooLarge,

    /// <summary>A line is not a letter, an equals sign and a value.</summary>
    BadLine,

    /// <summary>It does not begin with <c>v=0</c> (RFC 8866 §5.1).</summary>
    BadVersion,

    /// <summary>The <c>o=</c> line is missing or malformed (RFC 8866 §5.2).</summary>
    BadOrigin,

    /// <summary>A <c>c=</c> line is malformed (RFC 8866 §5.7).</summary>
    BadConnection,

    /// <summary>An <c>m=</c> line is malformed (RFC 8866 §5.14).</summary>
    BadMedia,
}
