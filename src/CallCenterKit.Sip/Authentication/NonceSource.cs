using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallCenterKit.Sip.Authentication;

/// <summary>Makes and checks nonces without remembering them: time of birth, a serial number, and a seal over both.</summary>
/// <remarks>Any thread. The key lives as long as the process, so a nonce from before a restart counts as stale.</remarks>
internal sealed class NonceSource(TimeSpan life)
{
    private const int PlainBytes = 16, SealBytes = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private long _serial;

    /// <summary>A nonce nobody has seen before.</summary>
    public string Create(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[PlainBytes + SealBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Interlocked.Increment(ref _serial));
        Seal(bytes[..PlainBytes], bytes[PlainBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whether the nonce is one of ours and still alive.</summary>
    /// <param name="nonce">As the client sent it.</param>
    /// <param name="now">The time to check against.</param>
    /// <param name="serial">Which one it is: serials grow in the order nonces are made.</param>
    public bool IsAlive(string nonce, DateTimeOffset now, out long serial)
    {
        serial = 0;
        Span<byte> bytes = stackalloc byte[PlainBytes + SealBytes];
        Span<byte> seal = stackalloc byte[SealBytes];
        Span<byte> text = stackalloc byte[64];
        if (nonce.Length > text.Length
            || Ascii.FromUtf16(nonce, text, out var length) != System.Buffers.OperationStatus.Done
            || Base64Url.DecodeFromUtf8(text[..length], bytes, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != bytes.Length)
        {
            return false;
        }
        Seal(bytes[..PlainBytes], seal);
        if (!CryptographicOperations.FixedTimeEquals(seal, bytes[PlainBytes..]))
            return false;
        serial = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        var age = now.UtcTicks - BinaryPrimitives.ReadInt64BigEndian(bytes);
        return age <= life.Ticks;
    }

    private void Seal(ReadOnlySpan<byte> plain, Span<byte> seal)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, plain, full);
        full[..SealBytes].CopyTo(seal);
    }
}
