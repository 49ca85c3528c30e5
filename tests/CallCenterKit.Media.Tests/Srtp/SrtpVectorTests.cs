using System.Security.Cryptography;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Tests.Srtp;

/// <summary>Values that others have published: the RFCs, and packets the field's usual library makes.</summary>
public sealed class SrtpVectorTests
{
    private const string Rtp =
        "8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070 61727465 73207472 6573";

    private const string Rtcp =
        "81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef";

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    // RFC 3711 appendix B.2
    [Theory]
    [InlineData(0x0000, "E03EAD0935C95E80E166B16DD92B4EB4")]
    [InlineData(0x0001, "D23513162B02D0F72A43A2FE4A5F97AB")]
    [InlineData(0x0002, "41E95B3BB0A2E8DD477901E4FCA894C0")]
    [InlineData(0xFEFF, "EC8CDF7398607CB0F2D21675EA9EA1E4")]
    [InlineData(0xFF00, "362B7C3C6773516318A077D7FC5073AE")]
    [InlineData(0xFF01, "6A2CC3787889374FBEB4C81B17BA6C44")]
    public void The_keystream_of_counter_mode_is_that_of_the_rfc(int block, string keystream)
    {
        using var stream = new AesCmKeystream(Hex("2B7E151628AED2A6ABF7158809CF4F3C"), Hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        var output = new byte[(block + 1) * 16];

        stream.Apply(0, 0, new byte[output.Length], output);

        Assert.Equal(keystream, Convert.ToHexString(output.AsSpan(block * 16)));
    }

    // RFC 3711 appendix B.3
    [Theory]
    [InlineData(0, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(2, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(1, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF7227098"
        + "6371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2")]
    public void Derived_keys_are_those_of_the_rfc(byte label, string key) => Assert.Equal(
        key,
        Convert.ToHexString(SrtpKeyDerivation.Derive(Hex("E1F97A0D3E018BE0D64FA32C06DE4139"), Hex("0EC675AD498AFEEBB6960B3AABE6"), label, key.Length / 2)));

    // RFC 7714 §16.1, §16.2
    [Theory]
    [InlineData(16, "f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833 899d7f27 beb16a91 52cf765e e4390cce")]
    [InlineData(32, "32b1de78 a822fe12 ef9f78fa 332e33aa b1801238 9a58e2f3 b50b2a02 76ffae0f 1ba63799 b87b 7aa3db36 dfffd6b0 f9bb7878 d7a76c13")]
    public void Rtp_under_gcm_is_that_of_the_rfc(int keySize, string expected)
    {
        using var cipher = Gcm(keySize);
        var (packet, output) = (Hex(Rtp), new byte[100]);

        var length = cipher.ProtectRtp(packet, 12, 0xF17B, output);

        Assert.Equal([.. packet.AsSpan(0, 12), .. Hex(expected)], output.AsSpan(0, length).ToArray());
        Assert.True(cipher.TryUnprotectRtp(output.AsSpan(0, length), 12, 0xF17B, out length));
        Assert.Equal(packet, output.AsSpan(0, length).ToArray());
    }

    // RFC 7714 §17.1, §17.3
    [Theory]
    [InlineData(16, "63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4")]
    [InlineData(32, "d50ae4d1 f5ce5d30 4ba297e4 7d470c28 2c3ece5d bffe0a50 a2eaa5c1 110555be 8415f658 c61de047 6f1b6fad 1d1eb30c 4446839f 57ff6f6c b26ac3be 800005d4")]
    public void Rtcp_under_gcm_is_that_of_the_rfc(int keySize, string expected)
    {
        using var cipher = Gcm(keySize);
        var packet = Hex(Rtcp);
        var buffer = new byte[100];
        packet.CopyTo(buffer, 0);

        var length = cipher.ProtectRtcp(buffer, packet.Length, 0x5D4);

        Assert.Equal([.. packet.AsSpan(0, 8), .. Hex(expected)], buffer.AsSpan(0, length).ToArray());
        Assert.True(cipher.TryReadRtcpIndex(buffer.AsSpan(0, length), out var word));
        Assert.Equal(0x800005D4, word);
        Assert.True(cipher.TryUnprotectRtcp(buffer.AsSpan(0, length), out length));
        Assert.Equal(packet, buffer.AsSpan(0, length).ToArray());
    }

    // Packets of libsrtp's own self test: master keys in, whole packets out.
    [Theory]
    [InlineData(SrtpSuite.AesCm128HmacSha1Tag80, "e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6", "4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc 99ea179b 8dbb")]
    [InlineData(SrtpSuite.AesCm128HmacSha1Tag32, "e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6", "4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc")]
    [InlineData(SrtpSuite.AeadAes128Gcm, "000102030405060708090a0b0c0d0e0f a0a1a2a3a4a5a6a7a8a9aaab", "c5002ede 04cfdd2e b91159e0 880aa06e d2976826 f796b201 df3131a1 27e8a392")]
    public void Rtp_under_a_master_key_is_as_others_make_it(SrtpSuite suite, string key, string expected)
    {
        using var sender = new SrtpSender(new SrtpKey(suite, Hex(key)));
        var packet = Hex("800f1234 decafbad cafebabe abababab abababab abababab abababab");
        var output = new byte[100];

        Assert.True(sender.TryProtectRtp(packet, output, out var length));

        Assert.Equal([.. packet.AsSpan(0, 12), .. Hex(expected)], output.AsSpan(0, length).ToArray());
    }

    [Theory]
    [InlineData(SrtpSuite.AesCm128HmacSha1Tag80, "e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6", "7128035b e487b9bd bef89041 f977a5a8 80000001 993e08cd 54d6c123 0798")]
    [InlineData(SrtpSuite.AesCm128HmacSha1Tag32, "e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6", "7128035b e487b9bd bef89041 f977a5a8 80000001 993e08cd 54d6c123 0798")]
    [InlineData(SrtpSuite.AeadAes128Gcm, "000102030405060708090a0b0c0d0e0f a0a1a2a3a4a5a6a7a8a9aaab", "c98b8b5d f0392a55 852b6c21 ac8e7025 c52c6fbe a2b3b446 ea31123b a88ce61e 80000001")]
    public void Rtcp_under_a_master_key_is_as_others_make_it(SrtpSuite suite, string key, string body)
    {
        using var receiver = new SrtpReceiver(new SrtpKey(suite, Hex(key)));
        var packet = Hex("81c8000b cafebabe" + body);

        Assert.Equal(SrtpVerdict.Authentic, receiver.UnprotectRtcp(packet, out var length));

        Assert.Equal(Hex("81c8000b cafebabe abababab abababab abababab abababab"), packet.AsSpan(0, length).ToArray());
    }

    [Fact]
    public void Rtcp_that_is_authentic_but_not_encrypted_is_not_taken()
    {
        // The flag E is not set (RFC 3711 §3.4).
        var master = new SrtpKey(SrtpSuite.AesCm128HmacSha1Tag80, Hex("e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6"));
        var readable = Hex("81c8000b cafebabe abababab abababab abababab abababab 00000001");
#pragma warning disable CA5350 // the tag that RFC 3711 §4.2.1 prescribes
        var hash = HMACSHA1.HashData(SrtpKeyDerivation.Rtcp(master).Authentication, readable);
#pragma warning restore CA5350
        using var receiver = new SrtpReceiver(master);

        Assert.Equal(SrtpVerdict.NotAuthentic, receiver.UnprotectRtcp([.. readable, .. hash.AsSpan(0, 10)], out _));
    }

    private static AesGcmCipher Gcm(int keySize)
    {
        var keys = new SrtpSessionKeys([.. Enumerable.Range(0, keySize).Select(i => (byte)i)], [], Hex("517569642070726f2071756f"));
        return new AesGcmCipher(keys, keys);
    }
}
