using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenterKit.Media.Srtp;

/// <summary>Makes session keys out of a master key, once per key: the derivation rate is zero (RFC 3711 §4.3.1).</summary>
internal static class SrtpKeyDerivation
{
    // The labels of RTP (RFC 3711 §4.3.1); those of RTCP follow them (§4.3.2).
    private const byte Encryption = 0;
    private const byte Authentication = 1;
    private const byte Salt = 2;
    private const byte FirstOfRtcp = 3;

    private const int BlockSize = 16;
    private const int AuthenticationKeySize = 20;             // n_a of HMAC-SHA1 (RFC 3711 §5.2)

    public static SrtpSessionKeys Rtp(SrtpKey master) => Derive(master, 0);

    public static SrtpSessionKeys Rtcp(SrtpKey master) => Derive(master, FirstOfRtcp);

    /// <summary>One key (RFC 3711 §4.3.3): the cipher in counter mode, started at salt and label.</summary>
    public static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, int size)
    {
        // A salt of 96 bits is filled up behind with zeros (RFC 7714 §11), so the label falls on the same byte.
        const int LabelAt = 7;
        var counters = new byte[(size + BlockSize - 1) / BlockSize * BlockSize];
        for (var i = 0; i * BlockSize < counters.Length; i++)
        {
            var block = counters.AsSpan(i * BlockSize, BlockSize);
            masterSalt.CopyTo(block);
            block[LabelAt] ^= label;
            BinaryPrimitives.WriteUInt16BigEndian(block[14..], (ushort)i);
        }

        using var aes = Aes.Create();
        aes.Key = masterKey.ToArray();
        return aes.EncryptEcb(counters, PaddingMode.None)[..size];
    }

    private static SrtpSessionKeys Derive(SrtpKey master, byte firstLabel)
    {
        byte[] One(byte label, int size) => size == 0 ? [] : Derive(master.Master, master.Salt, (byte)(firstLabel + label), size);
        return new SrtpSessionKeys(
            One(Encryption, master.Suite.KeySize()),
            One(Authentication, master.Suite.IsAead() ? 0 : AuthenticationKeySize),
            One(Salt, master.Suite.SaltSize()));
    }
}
