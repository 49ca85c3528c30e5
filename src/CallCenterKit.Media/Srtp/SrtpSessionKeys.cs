namespace CallCenterKit.Media.Srtp;

/// <summary>What comes out of a master key for RTP or for RTCP (RFC 3711 §4.3).</summary>
internal sealed class SrtpSessionKeys(byte[] encryption, byte[] authentication, byte[] salt)
{
    public byte[] Encryption => encryption;

    /// <summary>Empty where the cipher authenticates by itself (RFC 7714 §11).</summary>
    public byte[] Authentication => authentication;

    public byte[] Salt => salt;
}
