namespace CallCenterKit.Sip.Authentication;

/// <summary>What to do with a request that had to say who sent it.</summary>
internal enum DigestVerdict
{
    /// <summary>No usable credentials: 401 with a challenge.</summary>
    Challenge,

    /// <summary>The password is right, the nonce is not or no longer: 401 with stale=true.</summary>
    Stale,

    /// <summary>Unknown user or wrong password: 403.</summary>
    Wrong,

    /// <summary>It is who it says.</summary>
    Accepted,
}
