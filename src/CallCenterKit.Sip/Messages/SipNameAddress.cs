namespace CallCenterKit.Sip.Messages;

/// <summary>name-addr or addr-spec with parameters, as in From, To, Contact, Route, Refer-To (RFC 3261 §20.10).</summary>
internal readonly ref struct SipNameAddress
{
    /// <summary>As written, quotes included; empty when there is none. <see cref="SipText.DecodeQuoted"/> makes it readable.</summary>
    internal ReadOnlySpan<byte> DisplayName { get; private init; }

    /// <summary>Without angle brackets.</summary>
    internal ReadOnlySpan<byte> Uri { get; private init; }

    /// <summary>Parameters of the header field, not those of the URI.</summary>
    internal SipParameters Parameters { get; private init; }

    /// <summary>Empty when there is none.</summary>
    internal ReadOnlySpan<byte> Tag => Parameters.TryGet("tag"u8, out var tag) ? tag : default;

    internal static bool TryParse(ReadOnlySpan<byte> text, out SipNameAddress address)
    {
        address = default;
        text = SipText.Trim(text);
        if (text.IsEmpty) return false;
        var searchFrom = 0;
        if (text[0] == (byte)'"')
        {
            searchFrom = SipText.SkipQuoted(text, 0);
            if (searchFrom < 0) return false;
        }

        var open = text[searchFrom..].IndexOf((byte)'<');
        if (open < 0) return searchFrom == 0 && TryParseBare(text, out address);

        open += searchFrom;
        var close = text[open..].IndexOf((byte)'>');
        if (close < 0) return false;
        close += open;
        address = new SipNameAddress
        {
            DisplayName = SipText.Trim(text[..open]),
            Uri = SipText.Trim(text[(open + 1)..close]),
            Parameters = new SipParameters(text[(close + 1)..]),
        };
        return !address.Uri.IsEmpty;
    }

    // Without brackets all parameters belong to the header field, not to the URI (RFC 3261 §20.10).
    private static bool TryParseBare(ReadOnlySpan<byte> text, out SipNameAddress address)
    {
        var semicolon = text.IndexOf((byte)';');
        address = new SipNameAddress
        {
            Uri = SipText.Trim(semicolon < 0 ? text : text[..semicolon]),
            Parameters = new SipParameters(semicolon < 0 ? default : text[semicolon..]),
        };
        // A question mark would be ambiguous and needs the brackets (RFC 3261 §20).
        return address.Uri.IndexOf((byte)':') > 0 && address.Uri.IndexOf((byte)'?') < 0;
    }
}
