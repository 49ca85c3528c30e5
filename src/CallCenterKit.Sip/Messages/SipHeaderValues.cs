namespace CallCenterKit.Sip.Messages;

/// <summary>Enumerates the lines of one header field as they were written, top first; lists are not split.</summary>
internal readonly ref struct SipHeaderValues(SipMessage message, SipHeader header)
{
    public Enumerator GetEnumerator() => new(message, header);

    internal ref struct Enumerator(SipMessage message, SipHeader header)
    {
        private int _next = message.FirstIndex(header);

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            if (_next == 0) return false;
            Current = message.ValueAt(_next);
            _next = message.NextIndex(_next);
            return true;
        }
    }
}
