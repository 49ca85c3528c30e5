namespace CallCenterKit.Sip.Dialogs;

/// <summary>A name and a password of ours at somebody else's place.</summary>
/// <param name="user">The user name of digest authentication.</param>
/// <param name="password">Never logged.</param>
internal sealed class SipCredentials(string user, string password)
{
    public string User { get; } = user;

    public string Password { get; } = password;

    /// <summary>Never the secret.</summary>
    public override string ToString() => User;
}
