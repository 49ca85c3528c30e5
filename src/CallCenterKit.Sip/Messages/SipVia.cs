namespace CallCenterKit.Sip.Messages;

/// <summary>One element of Via (RFC 3261 §20.42).</summary>
internal readonly ref struct SipVia
{
    /// <summary>UDP, TCP, TLS, WS...; as written.</summary>
    internal ReadOnlySpan<byte> Transport { get; private init; }

    /// <summary>Host of sent-by, an IPv6 address with brackets.</summary>
    internal ReadOnlySpan<byte> Host { get; private init; }

    /// <summary>Port of sent-by; 0 when none is written.</summary>
    internal int Port { get; private init; }

    /// <summary>Protocol, transport and sent-by as written, up to the first parameter.</summary>
    internal ReadOnlySpan<byte> Head { get; private init; }

    internal SipParameters Parameters { get; private init; }

    /// <summary>Empty when there is none.</summary>
    internal ReadOnlySpan<byte> Branch => Parameters.TryGet("branch"u8, out var branch) ? branch : default;

    /// <summary>The sender wants the response where the request came from (RFC 3581 §4).</summary>
    internal bool HasRPort => Parameters.Contains("rport"u8);

    /// <summary>0 when it is missing or has no value.</summary>
    internal int RPort => Parameters.TryGet("rport"u8, out var text) && SipText.TryParseUInt32(text, out var port) && port <= 65535 ? (int)port : 0;

    /// <summary>Empty when there is none.</summary>
    internal ReadOnlySpan<byte> Received => Parameters.TryGet("received"u8, out var address) ? address : default;

    // via-parm = protocol-name SLASH protocol-version SLASH transport LWS sent-by *( SEMI via-params ) (RFC 3261 §25.1)
    internal static bool TryParse(ReadOnlySpan<byte> text, out SipVia via)
    {
        via = default;
        text = SipText.Trim(text);
        var semicolon = text.IndexOf((byte)';');
        var head = SipText.Trim(semicolon < 0 ? text : text[..semicolon]);
        if (!TryCutProtocol(head, out var transport, out var sentBy)) return false;
        if (!SipHostPort.TryParse(sentBy, out var host, out var port)) return false;

        via = new SipVia
        {
            Transport = transport,
            Host = host,
            Port = port,
            Head = head,
            Parameters = new SipParameters(semicolon < 0 ? default : text[semicolon..]),
        };
        return true;
    }

    private static bool TryCutProtocol(ReadOnlySpan<byte> head, out ReadOnlySpan<byte> transport, out ReadOnlySpan<byte> sentBy)
    {
        transport = sentBy = default;
        var first = head.IndexOf((byte)'/');
        if (first < 0 || !SipText.EqualsIgnoreCase(SipText.Trim(head[..first]), "SIP"u8)) return false;
        head = head[(first + 1)..];
        var second = head.IndexOf((byte)'/');
        if (second < 0 || !SipText.IsToken(SipText.Trim(head[..second]))) return false;
        head = SipText.Trim(head[(second + 1)..]);
        var end = head.IndexOfAny(" \t"u8);
        if (end <= 0) return false;
        transport = head[..end];
        sentBy = SipText.Trim(head[end..]);
        return SipText.IsToken(transport) && !sentBy.IsEmpty;
    }
}
