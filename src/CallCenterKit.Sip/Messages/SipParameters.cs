namespace CallCenterKit.Sip.Messages;

/// <summary>Parameters in the form <c>;name=value;name</c>, enumerated where they lie; values keep their quotes.</summary>
/// <remarks>Enumeration ends at the first fault; <see cref="IsWellFormed"/> tells whether there is one.</remarks>
internal readonly ref struct SipParameters(ReadOnlySpan<byte> text)
{
    /// <summary>From the first semicolon on; may be empty.</summary>
    internal ReadOnlySpan<byte> Text { get; } = text;

    internal bool IsWellFormed
    {
        get
        {
            var enumerator = GetEnumerator();
            while (enumerator.MoveNext())
            {
            }

            return !enumerator.Failed;
        }
    }

    /// <summary>True also for a parameter without a value; its value is then empty. Quotes are cut off.</summary>
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

    internal bool Contains(ReadOnlySpan<byte> name) => TryGet(name, out _);

    public Enumerator GetEnumerator() => new(Text);

    internal readonly ref struct Parameter(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        internal ReadOnlySpan<byte> Name { get; } = name;

        /// <summary>Empty when there is no equals sign.</summary>
        internal ReadOnlySpan<byte> Value { get; } = value;
    }

    internal ref struct Enumerator(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _position;

        public Parameter Current { get; private set; }

        internal bool Failed { get; private set; }

        // *( SEMI generic-param ), generic-param = token [ EQUAL ( token / host / quoted-string ) ] (RFC 3261 §25.1)
        public bool MoveNext()
        {
            var start = SipText.SkipLws(_text, _position);
            if (start >= _text.Length) return false;
            if (_text[start] != (byte)';') return Fail();

            start = SipText.SkipLws(_text, start + 1);
            var rest = _text[start..];
            var length = rest.IndexOfAny(" \t;="u8);
            var name = length < 0 ? rest : rest[..length];
            if (name.IsEmpty) return Fail();

            var next = SipText.SkipLws(_text, start + name.Length);
            if (next >= _text.Length || _text[next] != (byte)'=') return Take(name, default, next);

            start = SipText.SkipLws(_text, next + 1);
            return ReadValue(name, start);
        }

        private bool ReadValue(ReadOnlySpan<byte> name, int start)
        {
            if (start < _text.Length && _text[start] == (byte)'"')
            {
                var end = SipText.SkipQuoted(_text, start);
                return end < 0 ? Fail() : Take(name, _text[start..end], end);
            }

            var rest = _text[start..];
            var length = rest.IndexOfAny(" \t;"u8);
            var value = length < 0 ? rest : rest[..length];
            return value.IsEmpty ? Fail() : Take(name, value, start + value.Length);
        }

        private bool Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int position)
        {
            Current = new Parameter(name, value);
            _position = position;
            return true;
        }

        private bool Fail()
        {
            Failed = true;
            _position = _text.Length;
            return false;
        }
    }
}
