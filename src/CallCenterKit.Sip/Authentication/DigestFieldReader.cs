namespace CallCenterKit.Sip.Authentication;

/// <summary>Walks the name=value list behind "Digest" (RFC 7616 §3.3, §3.4) without allocating.</summary>
internal ref struct DigestFieldReader
{
    private ReadOnlySpan<byte> _rest;

    private DigestFieldReader(ReadOnlySpan<byte> rest)
    {
        _rest = rest;
        Name = Value = default;
        IsMalformed = false;
    }

    /// <summary>The name of the field last read.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value without the quotes; escapes are still in it.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether reading stopped at something that is not a field.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>False when the header belongs to another scheme.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> header, out DigestFieldReader reader)
    {
        header = header.Trim(" \t\r\n"u8);
        var digest = header.Length > 7 && System.Text.Ascii.EqualsIgnoreCase(header[..6], "Digest"u8) && header[6] is (byte)' ' or (byte)'\t';
        reader = new(digest ? header[7..] : default);
        return digest;
    }

    /// <summary>Moves to the next field; false at the end or at a malformed one.</summary>
    public bool Read()
    {
        _rest = _rest.TrimStart(" \t\r\n,"u8);
        if (_rest.IsEmpty)
            return false;
        var equals = _rest.IndexOf((byte)'=');
        if (equals <= 0)
            return Malformed();
        Name = _rest[..equals].Trim(" \t\r\n"u8);
        _rest = _rest[(equals + 1)..].TrimStart(" \t\r\n"u8);
        return !_rest.IsEmpty && _rest[0] == (byte)'"' ? ReadQuoted() : ReadToken();
    }

    private bool ReadToken()
    {
        var comma = _rest.IndexOf((byte)',');
        var value = comma < 0 ? _rest : _rest[..comma];
        _rest = comma < 0 ? default : _rest[(comma + 1)..];
        Value = value.Trim(" \t\r\n"u8);
        return true;
    }

    private bool ReadQuoted()
    {
        for (var i = 1; i < _rest.Length; i++)
        {
            if (_rest[i] == (byte)'\\')
            {
                i++;
            }
            else if (_rest[i] == (byte)'"')
            {
                Value = _rest[1..i];
                _rest = _rest[(i + 1)..];
                return true;
            }
        }
        return Malformed();
    }

    private bool Malformed()
    {
        IsMalformed = true;
        return false;
    }

    /// <summary>The value with its escapes resolved (RFC 3261 §25.1, quoted-pair).</summary>
    public readonly string ValueText()
    {
        var text = System.Text.Encoding.UTF8.GetString(Value);
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            plain.Append(text[i]);
        }
        return plain.ToString();
    }

    public readonly bool NameIs(ReadOnlySpan<byte> name) => System.Text.Ascii.EqualsIgnoreCase(Name, name);
}
