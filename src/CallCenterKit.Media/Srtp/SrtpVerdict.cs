namespace CallCenterKit.Media.Srtp;

/// <summary>What became of a received packet.</summary>
internal enum SrtpVerdict
{
    /// <summary>The party sent it; it is readable now.</summary>
    Authentic,

    /// <summary>It was there before, or is too old to tell.</summary>
    Replayed,

    /// <summary>Somebody else made or changed it, it is not encrypted, or under another key.</summary>
    NotAuthentic,
}
