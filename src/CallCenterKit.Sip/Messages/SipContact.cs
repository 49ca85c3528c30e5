namespace CallCenterKit.Sip.Messages;

/// <summary>One element of a Contact list (RFC 3261 §20.10).</summary>
internal readonly ref struct SipContact
{
    /// <summary><c>Contact: *</c>, which removes all bindings together with Expires 0 (RFC 3261 §10.2.2).</summary>
    internal bool IsWildcard { get; private init; }

    /// <summary>Empty for the wildcard.</summary>
    internal SipNameAddress Address { get; private init; }

    /// <summary>q in thousandths, 0 to 1000; null when missing or badly formed.</summary>
    internal int? QThousandths => Address.Parameters.TryGet("q"u8, out var text) ? ParseQ(text) : null;

    /// <summary>Seconds; null when missing or badly formed, which counts as missing (RFC 3261 §20.10).</summary>
    internal uint? Expires => Address.Parameters.TryGet("expires"u8, out var text) && SipText.TryParseUInt32(text, out var seconds) ? seconds : null;

    internal static bool TryParse(ReadOnlySpan<byte> text, out SipContact contact)
    {
        contact = default;
        text = SipText.Trim(text);
        if (text.SequenceEqual("*"u8))
        {
            contact = new SipContact { IsWildcard = true };
            return true;
        }

        if (!SipNameAddress.TryParse(text, out var address)) return false;
        contact = new SipContact { Address = address };
        return true;
    }

    // qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ) (RFC 3261 §25.1)
    private static int? ParseQ(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > 5 || text[0] is not ((byte)'0' or (byte)'1')) return null;
        var value = (text[0] - '0') * 1000;
        if (text.Length > 1 && text[1] != (byte)'.') return null;
        var weight = 100;
        for (var i = 2; i < text.Length; i++, weight /= 10)
        {
            if (!char.IsAsciiDigit((char)text[i])) return null;
            value += (text[i] - '0') * weight;
        }

        return value <= 1000 ? value : null;
    }
}
