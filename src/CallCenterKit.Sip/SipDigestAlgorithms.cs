namespace CallCenterKit.Sip;

/// <summary>Hashes that digest authentication may run on (RFC 7616, RFC 8760).</summary>
[Flags]
public enum SipDigestAlgorithms
{
    /// <summary>None; not allowed.</summary>
    None = 0,

    /// <summary>MD5, which every phone speaks.</summary>
    Md5 = 1,

    /// <summary>SHA-256, which stands first where both are offered.</summary>
    Sha256 = 2,
}
