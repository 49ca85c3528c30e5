namespace CallCenterKit.Sip.Messages;

/// <summary>One header line: name as written, value without surrounding white space and unfolded.</summary>
internal readonly ref struct SipHeaderLine(SipHeader header, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    internal SipHeader Header { get; } = header;

    internal ReadOnlySpan<byte> Name { get; } = name;

    internal ReadOnlySpan<byte> Value { get; } = value;
}
