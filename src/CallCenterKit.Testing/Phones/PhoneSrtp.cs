using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenterKit.Testing;

/// <summary>One direction of AES_CM_128_HMAC_SHA1_80 (RFC 3711), by a few lines of its own on purpose: slow and plain.</summary>
internal sealed class PhoneSrtp
{
    private const int TagBytes = 10;

    private readonly byte[] _encryptionKey;
    private readonly byte[] _authenticationKey;
    private readonly byte[] _salt;
    private long _highest = -1;

    public PhoneSrtp(byte[] material)
    {
        Material = material;
        _encryptionKey = Derive(0, 16);
        _authenticationKey = Derive(1, 20);
        _salt = Derive(2, 14);
    }

    public byte[] Material { get; }

    public byte[] Protect(ReadOnlySpan<byte> packet)
    {
        var index = Index(packet);
        var body = Crypt(packet, index);
        return [.. body, .. Tag(body, index)];
    }

    /// <summary>Null for a packet that is not authentic.</summary>
    public byte[]? Unprotect(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < RtpPacket.HeaderBytes + TagBytes)
            return null;
        var body = datagram[..^TagBytes];
        var before = _highest;
        var index = Index(body);
        if (Tag(body, index).AsSpan().SequenceEqual(datagram[^TagBytes..]))
            return Crypt(body, index);
        _highest = before;
        return null;
    }

    // Rollover counter and sequence number, the nearest to the highest so far (RFC 3711 §3.3.1).
    private long Index(ReadOnlySpan<byte> packet)
    {
        const int Numbers = 65536;
        long index = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (_highest >= 0)
        {
            index += _highest / Numbers * Numbers;
            index += index - _highest < -Numbers / 2 ? Numbers : index - _highest > Numbers / 2 ? -Numbers : 0;
        }

        _highest = Math.Max(_highest, index);
        return index;
    }

    private byte[] Crypt(ReadOnlySpan<byte> packet, long index)
    {
        var counter = new byte[16];
        _salt.CopyTo(counter, 0);
        for (var i = 0; i < 4; i++)
            counter[4 + i] ^= packet[8 + i];
        for (var i = 0; i < 6; i++)
            counter[8 + i] ^= (byte)(index >> (8 * (5 - i)));
        var output = packet.ToArray();
        var stream = Counters(_encryptionKey, counter, output.Length - RtpPacket.HeaderBytes);
        for (var i = 0; i < stream.Length; i++)
            output[RtpPacket.HeaderBytes + i] ^= stream[i];
        return output;
    }

    private byte[] Tag(ReadOnlySpan<byte> body, long index)
    {
        var rollover = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
#pragma warning disable CA5350 // the tag that RFC 3711 §4.2.1 prescribes
        return HMACSHA1.HashData(_authenticationKey, (byte[])[.. body, .. rollover])[..TagBytes];
#pragma warning restore CA5350
    }

    private byte[] Derive(byte label, int size)
    {
        var counter = new byte[16];
        Material.AsSpan(16).CopyTo(counter);
        counter[7] ^= label;
        return Counters(Material[..16], counter, size);
    }

    private static byte[] Counters(byte[] key, byte[] counter, int size)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var output = new byte[size];
        for (var at = 0; at < size; at += 16)
        {
            BinaryPrimitives.WriteUInt16BigEndian(counter.AsSpan(14), (ushort)(at / 16));
            aes.EncryptEcb(counter, PaddingMode.None).AsSpan(0, Math.Min(16, size - at)).CopyTo(output.AsSpan(at));
        }

        return output;
    }
}
