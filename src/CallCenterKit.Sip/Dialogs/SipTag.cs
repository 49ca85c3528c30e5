using System.Buffers.Binary;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>Our tags are numbers, so a dialog is found without hashing text that the other side chose.</summary>
internal static class SipTag
{
    /// <summary>Two thirds of the id are random, which is more than the 32 bits RFC 3261 §19.3 asks for.</summary>
    public static ulong Create(IIdSource ids)
    {
        Span<byte> bytes = stackalloc byte[16];
        ids.Next().TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    public static string Write(ulong tag) => tag.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>False for a tag that is not one of ours.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong tag)
    {
        tag = 0;
        return text.Length == SipHex.Length && SipHex.TryRead(text, out tag);
    }
}
