using System.Globalization;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>Our tags are numbers, so a dialog is found without hashing text that the other side chose.</summary>
internal static class SipTag
{
    public static string Write(ulong tag) => tag.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>False for a tag that is not one of ours.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong tag)
    {
        tag = 0;
        return text.Length == SipHex.Length && SipHex.TryRead(text, out tag);
    }
}
