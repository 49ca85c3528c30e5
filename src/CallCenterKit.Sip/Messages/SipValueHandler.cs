using System.Net;
using System.Runtime.CompilerServices;

namespace CallCenterKit.Sip.Messages;

/// <summary>Writes an interpolated string as the value of one header field, in place.</summary>
[InterpolatedStringHandler]
internal readonly ref struct SipValueHandler
{
    private readonly SipMessageWriter _writer;

    public SipValueHandler(int literalLength, int formattedCount, SipMessageWriter writer, SipHeader header)
    {
        _ = literalLength;
        _ = formattedCount;
        _writer = writer;
        writer.Begin(header);
    }

    public void AppendLiteral(string value) => _writer.Value(value);

    public void AppendFormatted(ReadOnlySpan<byte> value) => _writer.Value(value);

    public void AppendFormatted(string? value) => _writer.Value(value);

    public void AppendFormatted(IPAddress value) => _writer.Address(value);

    public void AppendFormatted(IPEndPoint value) => _writer.EndPoint(value);

    public void AppendFormatted<T>(T value)
        where T : IUtf8SpanFormattable => _writer.Format(value, default);

    public void AppendFormatted<T>(T value, string format)
        where T : IUtf8SpanFormattable => _writer.Format(value, format);

    internal void Complete() => _writer.End();
}
