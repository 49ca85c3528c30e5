using System.Buffers;
using System.Buffers.Text;
using System.Text;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Sdp;

/// <summary>A line that offers or takes a key: <c>a=crypto</c> (RFC 4568 §9.1). Not a record, so that nothing prints the key.</summary>
internal sealed class SdpCrypto(int tag, SrtpKey key)
{
    public const string Attribute = "crypto";

    private const int MaxTag = 999_999_999;
    private const int MaxIdentifierSize = 128;

    /// <summary>Names the line within offer and answer; from 0, as some phones count.</summary>
    public int Tag => tag;

    public SrtpKey Key => key;

    public SrtpSuite Suite => key.Suite;

    /// <summary>Reads what stands behind <c>a=crypto:</c>.</summary>
    /// <returns>Null for a line that is malformed or asks for something we don't do; such a line counts as not there (RFC 4568 §5.1.2).</returns>
    public static SdpCrypto? Read(ReadOnlySpan<byte> value)
    {
        var tag = SdpText.NextWord(ref value);
        var suiteName = SdpText.NextWord(ref value);
        var keyParameters = SdpText.NextWord(ref value);
        if (!SdpText.TryNumber(tag, MaxTag, out var number) || !SrtpSuiteExtensions.TryParse(suiteName, out var suite))
            return null;
        for (var parameter = SdpText.NextWord(ref value); !parameter.IsEmpty; parameter = SdpText.NextWord(ref value))
        {
            if (!CanMeet(parameter))
                return null;
        }

        return ReadKey(suite, keyParameters) is { } key ? new SdpCrypto(number, key) : null;
    }

    /// <summary>What stands behind <c>a=crypto:</c>.</summary>
    /// <param name="withKey">False for logs.</param>
    public string Write(bool withKey) => $"{tag} {Suite.Name()} inline:{(withKey ? key.ToBase64() : "hidden")}";

    // Session parameters change what is on the wire. One we can't meet takes the line out, unless a minus says it may be
    // ignored (RFC 4568 §6.3.7). Those that leave something open (UNENCRYPTED_SRTP and the like) are never met.
    private static bool CanMeet(ReadOnlySpan<byte> parameter)
    {
        if (parameter[0] == '-')
            return true;
        SdpText.TrySplit(parameter, (byte)'=', out var name, out var value);
        if (name.SequenceEqual("WSH"u8))
            return true;                                      // a hint for the size of a window
        return name.SequenceEqual("KDR"u8) && value.SequenceEqual("0"u8);
    }

    // inline:<key||salt>["|"lifetime]["|"MKI:length] (RFC 4568 §6.1). Several keys, separated by ";", are rekeying, which we don't do.
    private static SrtpKey? ReadKey(SrtpSuite suite, ReadOnlySpan<byte> parameters)
    {
        SdpText.TrySplit(parameters, (byte)':', out var method, out var info);
        if (!Ascii.EqualsIgnoreCase(method, "inline"u8) || info.Contains((byte)';'))
            return null;
        SdpText.TrySplit(info, (byte)'|', out var encoded, out info);
        Span<byte> material = stackalloc byte[64];
        if (!TryDecode(encoded, material, out var size) || size != suite.KeySize() + suite.SaltSize())
            return null;

        // A lifetime binds whoever sends under the key, and 2^31 packets are more than a year of talk.
        SdpText.TrySplit(info, (byte)'|', out var first, out var second);
        var identifierText = second.IsEmpty ? first : second;
        if (!identifierText.Contains((byte)':'))
            return second.IsEmpty ? new SrtpKey(suite, material[..size]) : null;
        Span<byte> identifier = stackalloc byte[MaxIdentifierSize];
        return TryReadIdentifier(identifierText, identifier, out var length) ? new SrtpKey(suite, material[..size], identifier[..length]) : null;
    }

    // Some leave the "=" at the end of base64 out.
    private static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> material, out int size)
    {
        const int Longest = 64;
        Span<byte> padded = stackalloc byte[Longest + 4];
        size = 0;
        if (encoded.IsEmpty || encoded.Length > Longest)
            return false;
        padded.Fill((byte)'=');
        encoded.CopyTo(padded);
        var length = (encoded.Length + 3) / 4 * 4;
        return Base64.DecodeFromUtf8(padded[..length], material, out _, out size) == OperationStatus.Done;
    }

    // A number and the bytes it fills in each packet, the highest first.
    private static bool TryReadIdentifier(ReadOnlySpan<byte> text, Span<byte> identifier, out int length)
    {
        SdpText.TrySplit(text, (byte)':', out var value, out var size);
        if (!SdpText.TryNumber(size, MaxIdentifierSize, out length) || length == 0 || !SdpText.TryNumber(value, int.MaxValue, out var number))
            return false;
        for (var i = length - 1; i >= 0; i--, number >>= 8)
            identifier[i] = (byte)number;
        return number == 0;
    }
}
