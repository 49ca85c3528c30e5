using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenterKit.Media.Sdp;

/// <summary>Small readings of SDP text where it lies.</summary>
internal static class SdpText
{
    /// <summary>Cuts the next line off; a line ends with CRLF, LF or the text.</summary>
    public static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    /// <summary>Cuts the next word off; empty at the end. Several spaces count as one.</summary>
    public static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)' ');
        var end = text.IndexOf((byte)' ');
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return word;
    }

    /// <summary>Splits at the first separator; <paramref name="rest"/> is empty and false returned without one.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, byte separator, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> rest)
    {
        var at = text.IndexOf(separator);
        head = at < 0 ? text : text[..at];
        rest = at < 0 ? default : text[(at + 1)..];
        return at >= 0;
    }

    public static bool TryNumber(ReadOnlySpan<byte> text, int max, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;

    public static bool IsDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    public static string String(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    /// <summary>Reads nettype, addrtype and address (RFC 8866 §5.7). A name or an unknown network yields true and no address.</summary>
    public static bool TryAddress(ReadOnlySpan<byte> text, out IPAddress? address)
    {
        address = null;
        var network = NextWord(ref text);
        var family = NextWord(ref text);
        var value = NextWord(ref text);
        if (value.IsEmpty)
            return false;
        if (!network.SequenceEqual("IN"u8))
            return true;

        TrySplit(value, (byte)'/', out value, out _);         // a multicast TTL may follow
        if (family.SequenceEqual("IP4"u8))
            address = ParseAddress(value, AddressFamily.InterNetwork);
        else if (family.SequenceEqual("IP6"u8))
            address = ParseAddress(value, AddressFamily.InterNetworkV6);
        return true;
    }

    // IPAddress also reads "127.1" and "[::1]:80", which are no addresses in SDP.
    private static IPAddress? ParseAddress(ReadOnlySpan<byte> text, AddressFamily family)
    {
        var plausible = family == AddressFamily.InterNetwork ? text.Count((byte)'.') == 3 : !text.Contains((byte)'[');
        return plausible && IPAddress.TryParse(text, out var address) && address.AddressFamily == family ? address : null;
    }
}
