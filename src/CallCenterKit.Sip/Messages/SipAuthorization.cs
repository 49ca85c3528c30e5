namespace CallCenterKit.Sip.Messages;

/// <summary>Credentials or a challenge: a scheme and comma-separated parameters (RFC 3261 §20.7, §20.44).</summary>
internal readonly ref struct SipAuthorization
{
    internal ReadOnlySpan<byte> Scheme { get; private init; }

    private ReadOnlySpan<byte> Text { get; init; }

    internal bool IsDigest => SipText.EqualsIgnoreCase(Scheme, "Digest"u8);

    internal static bool TryParse(ReadOnlySpan<byte> text, out SipAuthorization authorization)
    {
        text = SipText.Trim(text);
        var end = text.IndexOfAny(" \t"u8);
        authorization = new SipAuthorization { Scheme = end < 0 ? text : text[..end], Text = end < 0 ? default : text[end..] };
        return SipText.IsToken(authorization.Scheme);
    }

    /// <summary>Quotes are cut off, backslashes stay (they count in a digest as written).</summary>
    internal bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (var parameter in this)
        {
            if (!SipText.EqualsIgnoreCase(parameter.Name, name)) continue;
            value = SipText.Unquote(parameter.Value);
            return true;
        }

        value = default;
        return false;
    }

    public Enumerator GetEnumerator() => new(Text);

    internal ref struct Enumerator(ReadOnlySpan<byte> text)
    {
        private SipListSplitter _parts = new(text);

        public SipParameters.Parameter Current { get; private set; }

        public bool MoveNext()
        {
            while (_parts.MoveNext())
            {
                var part = _parts.Current;
                var equals = part.IndexOf((byte)'=');
                if (equals <= 0) continue;
                Current = new SipParameters.Parameter(SipText.Trim(part[..equals]), SipText.Trim(part[(equals + 1)..]));
                return true;
            }

            return false;
        }
    }
}
