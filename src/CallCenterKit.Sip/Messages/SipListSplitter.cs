namespace CallCenterKit.Sip.Messages;

/// <summary>Splits at commas that stand neither in quotes nor in angle brackets (RFC 3261 §7.3.1). Empty elements are skipped.</summary>
internal ref struct SipListSplitter(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public ReadOnlySpan<byte> Current { get; private set; }

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = FindComma(_rest);
            Current = SipText.Trim(_rest[..end]);
            _rest = end < _rest.Length ? _rest[(end + 1)..] : default;
            if (!Current.IsEmpty) return true;
        }

        return false;
    }

    private static int FindComma(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (position < text.Length)
        {
            var next = text[position..].IndexOfAny((byte)',', (byte)'"', (byte)'<');
            if (next < 0) return text.Length;
            position += next;
            switch (text[position])
            {
                case (byte)',':
                    return position;
                case (byte)'"':
                    position = SipText.SkipQuoted(text, position);
                    if (position < 0) return text.Length;
                    break;
                default:
                    var close = text[position..].IndexOf((byte)'>');
                    if (close < 0) return text.Length;
                    position += close;
                    break;
            }
        }

        return text.Length;
    }
}
