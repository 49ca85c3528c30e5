namespace CallCenterKit.Media.Srtp;

/// <summary>Encrypts and authenticates packets of one direction under one master key. One thread at a time; allocates nothing per packet.</summary>
/// <remarks>Knows packets and their index, not which index a packet has or whether it came before.</remarks>
internal abstract class SrtpCipher : IDisposable
{
    /// <summary>The most bytes a packet grows by: the longest tag and the index of RTCP.</summary>
    public const int MaxGrowth = AesGcmCipher.TagSize + RtcpIndexSize;

    /// <summary>The flag E and 31 bits of index that each RTCP packet carries (RFC 3711 §3.4).</summary>
    protected const int RtcpIndexSize = 4;

    /// <summary>Marks an RTCP packet as encrypted; ours all are.</summary>
    public const uint EncryptedFlag = 0x8000_0000;

    /// <summary>The part of an RTCP packet that stays readable: header and SSRC of the sender (RFC 3711 §3.4).</summary>
    protected const int RtcpHeaderSize = 8;

    /// <summary>Bytes of tag that stand at the very end of an RTP packet, behind an MKI.</summary>
    public abstract int RtpTagAtEnd { get; }

    /// <summary>Bytes of tag that stand at the very end of an RTCP packet, behind index and MKI.</summary>
    public abstract int RtcpTagAtEnd { get; }

    public static SrtpCipher Create(SrtpKey key)
    {
        var (rtp, rtcp) = (SrtpKeyDerivation.Rtp(key), SrtpKeyDerivation.Rtcp(key));
        return key.Suite.IsAead() ? new AesGcmCipher(rtp, rtcp) : new AesCmCipher(rtp, rtcp, key.Suite.TagSize());
    }

    /// <summary>Protects a whole RTP packet.</summary>
    /// <param name="packet">Stays as it is.</param>
    /// <param name="headerSize">Bytes in front of the payload.</param>
    /// <param name="index">2^16 times the rollover counter plus the sequence number.</param>
    /// <param name="output">Apart from the packet; <see cref="MaxGrowth"/> longer than it.</param>
    /// <returns>Bytes of output.</returns>
    public abstract int ProtectRtp(ReadOnlySpan<byte> packet, int headerSize, long index, Span<byte> output);

    /// <summary>Checks an RTP packet and makes it readable where it lies.</summary>
    /// <param name="packet">Without MKI.</param>
    /// <param name="headerSize">Bytes in front of the payload; no more than the packet has.</param>
    /// <param name="index">As estimated.</param>
    /// <param name="length">Bytes of the readable packet.</param>
    /// <returns>False if it is not authentic; its payload may be destroyed then.</returns>
    public abstract bool TryUnprotectRtp(Span<byte> packet, int headerSize, long index, out int length);

    /// <summary>Protects a compound RTCP packet where it lies.</summary>
    /// <param name="buffer">Holds the packet and has room for <see cref="MaxGrowth"/> bytes more.</param>
    /// <param name="length">Bytes of the packet.</param>
    /// <param name="index">31 bits.</param>
    /// <returns>Bytes of the protected packet.</returns>
    public abstract int ProtectRtcp(Span<byte> buffer, int length, uint index);

    /// <summary>The index word an RTCP packet carries, its flag included.</summary>
    /// <returns>False if the packet is too short.</returns>
    public abstract bool TryReadRtcpIndex(ReadOnlySpan<byte> packet, out uint word);

    /// <summary>Checks an encrypted RTCP packet and makes it readable where it lies.</summary>
    /// <param name="packet">Without MKI; <see cref="TryReadRtcpIndex"/> was true for it.</param>
    /// <param name="length">Bytes of the readable packet.</param>
    /// <returns>False if it is not authentic.</returns>
    public abstract bool TryUnprotectRtcp(Span<byte> packet, out int length);

    public abstract void Dispose();
}
