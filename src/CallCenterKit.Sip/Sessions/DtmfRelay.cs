using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Digits in the body of INFO, as some phones send them: application/dtmf-relay and application/dtmf.</summary>
internal static class DtmfRelay
{
    private const string Keys = "0123456789*#ABCD";

    /// <summary>Refuses what cannot be sent, as telephone events do.</summary>
    /// <exception cref="ArgumentException">A character is no key, or the tone is not 40 ms to 5 s.</exception>
    public static void Require(string digits, TimeSpan tone)
    {
        foreach (var digit in digits)
        {
            if (!Keys.Contains(digit, StringComparison.Ordinal))
                throw new ArgumentException($"'{digit}' is no key; digits are 0-9, *, # and A-D.", nameof(digits));
        }
        if (tone < TimeSpan.FromMilliseconds(40) || tone > TimeSpan.FromSeconds(5))
            throw new ArgumentException($"A tone of {tone} is not between 40 ms and 5 s.", nameof(tone));
    }

    /// <summary>Whether the body holds one digit.</summary>
    /// <param name="info">The INFO request.</param>
    /// <param name="digit">0-9, *, #, A-D.</param>
    /// <returns>False when the body is another kind, or names no digit.</returns>
    public static bool TryRead(SipMessage info, out char digit)
    {
        digit = '\0';
        if (Ascii.EqualsIgnoreCase(info.MediaType, "application/dtmf"u8))
            return TryDigit(Trim(info.Body), out digit);
        if (!IsRelay(info))
            return false;
        var rest = info.Body;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var equals = line.IndexOf((byte)'=');
            if (equals > 0 && Ascii.EqualsIgnoreCase(Trim(line[..equals]), "Signal"u8))
                return TryDigit(Trim(line[(equals + 1)..]), out digit);
        }
        return false;
    }

    /// <summary>Whether the request is meant to carry digits.</summary>
    public static bool IsRelay(SipMessage info) =>
        Ascii.EqualsIgnoreCase(info.MediaType, "application/dtmf-relay"u8) || Ascii.EqualsIgnoreCase(info.MediaType, "application/dtmf"u8);

    private static bool TryDigit(ReadOnlySpan<byte> text, out char digit)
    {
        digit = text.Length == 1 ? char.ToUpperInvariant((char)text[0]) : '\0';
        // Some phones write the event number of RFC 4733 for * and #.
        if (text.SequenceEqual("10"u8))
            digit = '*';
        else if (text.SequenceEqual("11"u8))
            digit = '#';
        return Keys.Contains(digit, StringComparison.Ordinal);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);
}
