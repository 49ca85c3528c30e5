namespace CallCenterKit.Sip.Messages;

/// <summary>Enumerates the elements of a header field that is a comma-separated list, over all of its lines (RFC 3261 §7.3.1).</summary>
internal readonly ref struct SipHeaderList(SipMessage message, SipHeader header)
{
    public Enumerator GetEnumerator() => new(message, header);

    internal ref struct Enumerator(SipMessage message, SipHeader header)
    {
        private SipHeaderValues.Enumerator _lines = new(message, header);
        private SipListSplitter _elements;

        public readonly ReadOnlySpan<byte> Current => _elements.Current;

        public bool MoveNext()
        {
            while (!_elements.MoveNext())
            {
                if (!_lines.MoveNext()) return false;
                _elements = new SipListSplitter(_lines.Current);
            }

            return true;
        }
    }
}
