using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Sip.Authentication;

/// <summary>Knows who may register and call. Any thread; must answer at once.</summary>
internal interface ISipAccounts
{
    /// <summary>The account with this user name, compared by ordinal; null when there is none.</summary>
    SipAccount? Find(string user);

    /// <summary>The account of this endpoint; null when there is none.</summary>
    SipAccount? FindByEndpoint(EndpointId endpoint);
}

/// <summary>One phone's account.</summary>
/// <param name="endpoint">Whose phone it is.</param>
/// <param name="user">The name it registers and calls under.</param>
/// <param name="ha1">MD5(user:realm:password), lower-case hexadecimal; null when it cannot authenticate with MD5.</param>
/// <param name="contact">Where it is reachable without registering, if anywhere.</param>
internal sealed class SipAccount(EndpointId endpoint, string user, string? ha1, string? contact)
{
    public EndpointId Endpoint { get; } = endpoint;

    public string User { get; } = user;

    public string? Ha1 { get; } = ha1;

    /// <summary>SHA-256(user:realm:password), lower-case hexadecimal; null when it cannot authenticate with SHA-256.</summary>
    public string? Ha1Sha256 { get; init; }

    public string? Contact { get; } = contact;

    /// <summary>Whether its audio is encrypted; null: as everywhere.</summary>
    public SrtpPolicy? Srtp { get; init; }

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{User} ({Endpoint})";
}
