using System.Buffers;
using System.Net;

namespace CallCenterKit.Sip.Messages;

/// <summary>host [ COLON port ] of URIs and Via (RFC 3261 §25.1, RFC 5118 for IPv6 references).</summary>
internal static class SipHostPort
{
    private static readonly SearchValues<byte> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"u8);

    private static readonly SearchValues<byte> Ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <param name="text">As written, with no white space at its ends.</param>
    /// <param name="host">With brackets if IPv6.</param>
    /// <param name="port">0 when none is written.</param>
    internal static bool TryParse(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> host, out int port)
    {
        port = 0;
        host = default;
        if (text.IsEmpty) return false;
        var end = text[0] == (byte)'[' ? text.IndexOf((byte)']') + 1 : text.IndexOf((byte)':');
        if (end == 0) return false;
        if (end < 0) end = text.Length;
        host = SipText.Trim(text[..end]);
        if (!IsHost(host)) return false;

        var rest = SipText.Trim(text[end..]);
        if (rest.IsEmpty) return true;
        if (rest[0] != (byte)':' || !SipText.TryParseUInt32(SipText.Trim(rest[1..]), out var number) || number is 0 or > 65535) return false;
        port = (int)number;
        return true;
    }

    /// <summary>An address without a name lookup; brackets are allowed.</summary>
    internal static bool TryParseAddress(ReadOnlySpan<byte> host, out IPAddress address)
    {
        address = IPAddress.None;
        if (host.Length > 2 && host[0] == (byte)'[') host = host[1..^1];
        if (host.IsEmpty || (!char.IsAsciiHexDigit((char)host[0]) && host[0] != (byte)':')) return false;
        if (!IPAddress.TryParse(host, out var parsed)) return false;
        address = parsed;
        return true;
    }

    private static bool IsHost(ReadOnlySpan<byte> host)
    {
        if (host.IsEmpty) return false;
        return host[0] == (byte)'['
            ? host.Length > 3 && host[1..^1].IndexOfAnyExcept(Ipv6Characters) < 0
            : host.IndexOfAnyExcept(HostCharacters) < 0;
    }
}
