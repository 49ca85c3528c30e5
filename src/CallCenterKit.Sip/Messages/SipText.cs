using System.Buffers;
using System.Globalization;
using System.Text;

namespace CallCenterKit.Sip.Messages;

/// <summary>Characters and numbers of the SIP grammar (RFC 3261 §25.1). Nothing here throws or allocates, but <see cref="Decode"/>.</summary>
internal static class SipText
{
    internal static readonly SearchValues<byte> TokenCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~"u8);

    internal static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(TokenCharacters) < 0;

    internal static bool EqualsIgnoreCase(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => Ascii.EqualsIgnoreCase(a, b);

    internal static bool IsLws(byte value) => value is (byte)' ' or (byte)'\t';

    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsLws(text[start])) start++;
        while (end > start && IsLws(text[end - 1])) end--;
        return text[start..end];
    }

    /// <summary>A value up to its parameters: what stands before the first semicolon.</summary>
    internal static ReadOnlySpan<byte> WithoutParameters(ReadOnlySpan<byte> value)
    {
        var end = value.IndexOf((byte)';');
        return Trim(end < 0 ? value : value[..end]);
    }

    /// <summary>As part of a URI: what is neither letter, digit nor listed becomes %HH (RFC 3261 §25.1).</summary>
    internal static string Escape(string text, string unescaped)
    {
        var result = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || unescaped.Contains((char)octet, StringComparison.Ordinal))
                result.Append((char)octet);
            else
                result.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }
        return result.ToString();
    }

    /// <summary>Index of the first byte that is not white space.</summary>
    internal static int SkipLws(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length && IsLws(text[position])) position++;
        return position;
    }

    /// <summary>Index after the closing quote of the quoted string that starts at <paramref name="position"/>; -1 when it never closes.</summary>
    internal static int SkipQuoted(ReadOnlySpan<byte> text, int position)
    {
        for (var i = position + 1; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\') i++;
            else if (text[i] == (byte)'"') return i + 1;
        }

        return -1;
    }

    /// <summary>Decimal digits only; false when empty, with anything else, or above <see cref="uint.MaxValue"/>.</summary>
    internal static bool TryParseUInt32(ReadOnlySpan<byte> text, out uint value)
    {
        ulong sum = 0;
        value = 0;
        if (text.IsEmpty) return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit((char)character)) return false;
            sum = (sum * 10) + (uint)(character - '0');
            if (sum > uint.MaxValue) return false;
        }

        value = (uint)sum;
        return true;
    }

    /// <summary>UTF-8 to a string; invalid sequences become U+FFFD.</summary>
    internal static string Decode(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    /// <summary>Cuts the quotes off; the backslashes inside stay.</summary>
    internal static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> text) =>
        text.Length >= 2 && text[0] == (byte)'"' && text[^1] == (byte)'"' ? text[1..^1] : text;

    /// <summary>A display name or another quoted value as text: no quotes, quoted pairs resolved.</summary>
    internal static string DecodeQuoted(ReadOnlySpan<byte> text)
    {
        var inner = Unquote(text);
        if (inner.IndexOf((byte)'\\') < 0) return Decode(inner);
        var result = new byte[inner.Length];
        var length = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == (byte)'\\' && i + 1 < inner.Length) i++;
            result[length++] = inner[i];
        }

        return Decode(result.AsSpan(0, length));
    }

    /// <summary>Resolves %HH; a percent sign that is no escape stays as it is.</summary>
    /// <returns>Bytes written to <paramref name="destination"/>, which must be at least as long as <paramref name="text"/>.</returns>
    internal static int Unescape(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            destination[length++] = TryReadEscape(text, i, out var value) ? value : text[i];
            if (text[i] == (byte)'%' && TryReadEscape(text, i, out _)) i += 2;
        }

        return length;
    }

    /// <summary>Equal after %HH is resolved on both sides (RFC 3261 §19.1.4).</summary>
    internal static bool EqualsUnescaped(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, bool ignoreCase)
    {
        int i = 0, k = 0;
        while (i < a.Length && k < b.Length)
        {
            var left = Next(a, ref i);
            var right = Next(b, ref k);
            if (left == right) continue;
            if (!ignoreCase || char.ToLowerInvariant((char)left) != char.ToLowerInvariant((char)right)) return false;
        }

        return i == a.Length && k == b.Length;
    }

    private static byte Next(ReadOnlySpan<byte> text, ref int position)
    {
        if (TryReadEscape(text, position, out var value))
        {
            position += 3;
            return value;
        }

        return text[position++];
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> text, int position, out byte value)
    {
        value = 0;
        if (text[position] != (byte)'%' || position + 2 >= text.Length) return false;
        int high = HexDigit(text[position + 1]), low = HexDigit(text[position + 2]);
        if ((high | low) < 0) return false;
        value = (byte)((high << 4) | low);
        return true;
    }

    internal static int HexDigit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };
}
