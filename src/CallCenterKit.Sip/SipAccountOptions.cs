using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Sip;

/// <summary>One phone that may register and call.</summary>
public sealed class SipAccountOptions
{
    /// <summary>The endpoint this phone is; 1 to 128 characters. Several accounts cannot share one.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The user name it registers and calls under; null takes <see cref="Endpoint"/>.</summary>
    public string? User { get; set; }

    /// <summary>
    /// Its password. A secret: give it by file or environment. Without one, and without <see cref="Ha1"/> and
    /// <see cref="Ha1Sha256"/>, it can neither register nor call.
    /// </summary>
    public string? Password { get; set; }

    /// <summary>In place of the password, MD5(user:realm:password) as 32 hexadecimal digits. As secret as the password.</summary>
    public string? Ha1 { get; set; }

    /// <summary>
    /// In place of the password, SHA-256(user:realm:password) as 64 hexadecimal digits. As secret as the password. With this one
    /// only, the phone has to speak SHA-256; with <see cref="Ha1"/> only, it is not offered SHA-256, which lets everybody see that
    /// the account exists. Give both where you can.
    /// </summary>
    public string? Ha1Sha256 { get; set; }

    /// <summary>Where it is reachable without registering, with a numeric host: "sip:agent1@192.0.2.7:5060". Null: it has to register.</summary>
    public string? Contact { get; set; }

    /// <summary>Whether its audio is encrypted with keys in SDP; null: as <see cref="SipOptions.Srtp"/> says.</summary>
    public SrtpPolicy? Srtp { get; set; }

    /// <summary>The endpoint; never a secret.</summary>
    public override string ToString() => Endpoint;
}
