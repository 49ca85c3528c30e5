using System.Net;

namespace CallCenterKit.Sip.Messages;

/// <summary>The Via lines of a response.</summary>
internal static class SipResponseHeaders
{
    /// <summary>
    /// Copies all Via lines; the topmost element tells where its request really came from: <c>received</c> when that differs
    /// from sent-by or rport was asked for, and <c>rport</c> (RFC 3261 §18.2.1, RFC 3581 §4).
    /// </summary>
    internal static void CopyVia(SipMessageWriter writer, SipMessage request)
    {
        var isTop = true;
        foreach (var line in request.Lines(SipHeader.Via))
        {
            writer.Begin(SipHeader.Via);
            if (isTop && request.Source is { } source) WriteTopLine(writer, line, source);
            else writer.Value(line);
            writer.End();
            isTop = false;
        }
    }

    private static void WriteTopLine(SipMessageWriter writer, ReadOnlySpan<byte> line, IPEndPoint source)
    {
        var elements = new SipListSplitter(line);
        if (!elements.MoveNext() || !SipVia.TryParse(elements.Current, out var via))
        {
            writer.Value(line);
            return;
        }

        writer.Value(via.Head);
        foreach (var parameter in via.Parameters)
        {
            // What the sender wrote into these is not to be believed.
            if (SipText.EqualsIgnoreCase(parameter.Name, "received"u8) || SipText.EqualsIgnoreCase(parameter.Name, "rport"u8)) continue;
            writer.Raw(";"u8);
            writer.Value(parameter.Name);
            if (parameter.Value.IsEmpty) continue;
            writer.Raw("="u8);
            writer.Value(parameter.Value);
        }

        var asked = via.HasRPort;
        if (asked || !SipHostPort.TryParseAddress(via.Host, out var sentBy) || !sentBy.Equals(source.Address))
        {
            writer.Raw(";received="u8);
            writer.Format(source.Address, default);
        }

        if (asked)
        {
            writer.Raw(";rport="u8);
            writer.Number(source.Port);
        }

        while (elements.MoveNext())
        {
            writer.Raw(", "u8);
            writer.Value(elements.Current);
        }
    }
}
