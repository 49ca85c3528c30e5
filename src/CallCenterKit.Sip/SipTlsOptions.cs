namespace CallCenterKit.Sip;

/// <summary>Certificates of SIP over TLS, which is version 1.2 or later. Files that change are read again at the next handshake.</summary>
public sealed class SipTlsOptions
{
    /// <summary>
    /// Our certificate: PEM, the certificates between it and its root behind it, or PKCS #12 (".pfx", ".p12"). Needed to listen on "tls:";
    /// also shown to peers that ask for one. A changed file that can't be read is logged, and the certificate before stays.
    /// </summary>
    public string? CertificateFile { get; set; }

    /// <summary>The private key as PEM; null: it stands in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Opens the private key. A secret: give it by file or environment. Null: the key is not encrypted.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>PEM with the only authorities whose certificates are believed; null: those of the operating system.</summary>
    public string? TrustedCertificatesFile { get; set; }

    /// <summary>
    /// Connections we open are closed unless the peer's certificate is valid and names the host that was dialled. Without it
    /// nobody can tell to whom calls go: not for use outside of a laboratory.
    /// </summary>
    public bool VerifyPeers { get; set; } = true;

    /// <summary>Peers that connect must show a certificate that an authority of <see cref="TrustedCertificatesFile"/> has signed.</summary>
    public bool RequireClientCertificates { get; set; }

    /// <summary>The certificate's file; never a secret.</summary>
    public override string ToString() => CertificateFile ?? "";
}
