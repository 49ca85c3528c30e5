namespace CallCenterKit.Sip.Messages;

/// <summary>A URI where it lies (RFC 3261 §19.1). For <c>tel:</c> the number is <see cref="User"/>; for other schemes all behind the colon is.</summary>
internal readonly ref struct SipUri
{
    internal SipUriScheme Scheme { get; private init; }

    /// <summary>The whole URI.</summary>
    internal ReadOnlySpan<byte> Text { get; private init; }

    /// <summary>Escaped, without password; empty when there is none.</summary>
    internal ReadOnlySpan<byte> User { get; private init; }

    internal ReadOnlySpan<byte> Password { get; private init; }

    /// <summary>An IPv6 address keeps its brackets.</summary>
    internal ReadOnlySpan<byte> Host { get; private init; }

    /// <summary>0 when none is written.</summary>
    internal int Port { get; private init; }

    internal SipParameters Parameters { get; private init; }

    /// <summary>Behind the question mark, escaped.</summary>
    internal ReadOnlySpan<byte> Headers { get; private init; }

    /// <summary>The user part unescaped, as a string.</summary>
    internal string DecodeUser()
    {
        if (User.IndexOf((byte)'%') < 0) return SipText.Decode(User);
        var buffer = new byte[User.Length];
        return SipText.Decode(buffer.AsSpan(0, SipText.Unescape(User, buffer)));
    }

    /// <returns>False when it has no scheme, a host that is empty or badly formed, or a port that is no number from 1 to 65535.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> text, out SipUri uri)
    {
        uri = default;
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || !SipText.IsToken(text[..colon]) || text.IndexOfAny(" \t<>\""u8) >= 0) return false;
        var scheme = FindScheme(text[..colon]);
        var rest = text[(colon + 1)..];
        if (rest.IsEmpty) return false;

        return scheme switch
        {
            SipUriScheme.Sip or SipUriScheme.Sips => TryParseSip(text, rest, scheme, out uri),
            SipUriScheme.Tel => ParseTel(text, rest, out uri),
            _ => ParseOther(text, rest, out uri),
        };
    }

    private static SipUriScheme FindScheme(ReadOnlySpan<byte> name) =>
        SipText.EqualsIgnoreCase(name, "sip"u8) ? SipUriScheme.Sip
        : SipText.EqualsIgnoreCase(name, "sips"u8) ? SipUriScheme.Sips
        : SipText.EqualsIgnoreCase(name, "tel"u8) ? SipUriScheme.Tel
        : SipUriScheme.Other;

    private static bool ParseOther(ReadOnlySpan<byte> text, ReadOnlySpan<byte> rest, out SipUri uri)
    {
        uri = new SipUri { Text = text, User = rest };
        return true;
    }

    private static bool ParseTel(ReadOnlySpan<byte> text, ReadOnlySpan<byte> rest, out SipUri uri)
    {
        var end = rest.IndexOf((byte)';');
        uri = new SipUri
        {
            Scheme = SipUriScheme.Tel,
            Text = text,
            User = end < 0 ? rest : rest[..end],
            Parameters = new SipParameters(end < 0 ? default : rest[end..]),
        };
        return !uri.User.IsEmpty;
    }

    // SIP-URI = "sip:" [ userinfo ] hostport uri-parameters [ headers ] (RFC 3261 §25.1); a user may hold ; and ?
    private static bool TryParseSip(ReadOnlySpan<byte> text, ReadOnlySpan<byte> rest, SipUriScheme scheme, out SipUri uri)
    {
        uri = default;
        ReadOnlySpan<byte> user = default, password = default;
        var at = rest.IndexOf((byte)'@');
        if (at == 0) return false;
        if (at > 0)
        {
            user = rest[..at];
            rest = rest[(at + 1)..];
            var colon = user.IndexOf((byte)':');
            if (colon >= 0)
            {
                password = user[(colon + 1)..];
                user = user[..colon];
            }
        }

        var question = rest.IndexOf((byte)'?');
        var headers = question < 0 ? default : rest[(question + 1)..];
        if (question >= 0) rest = rest[..question];
        var semicolon = rest.IndexOf((byte)';');
        var parameters = new SipParameters(semicolon < 0 ? default : rest[semicolon..]);
        if (semicolon >= 0) rest = rest[..semicolon];
        if (!SipHostPort.TryParse(rest, out var host, out var port)) return false;

        uri = new SipUri
        {
            Scheme = scheme,
            Text = text,
            User = user,
            Password = password,
            Host = host,
            Port = port,
            Parameters = parameters,
            Headers = headers,
        };
        return true;
    }

    /// <summary>Whether both name the same resource (RFC 3261 §19.1.4).</summary>
    internal bool Matches(SipUri other)
    {
        if (Scheme != other.Scheme) return false;
        if (Scheme == SipUriScheme.Other) return Text.SequenceEqual(other.Text);
        return SipText.EqualsUnescaped(User, other.User, ignoreCase: false)
            && SipText.EqualsUnescaped(Password, other.Password, ignoreCase: false)
            && SipText.EqualsIgnoreCase(Host, other.Host)
            && Port == other.Port
            && ParametersMatch(Parameters, other.Parameters)
            && ParametersMatch(other.Parameters, Parameters)
            && HeadersContain(Headers, other.Headers)
            && HeadersContain(other.Headers, Headers);
    }

    private static bool ParametersMatch(SipParameters a, SipParameters b)
    {
        foreach (var parameter in a)
        {
            if (b.TryGet(parameter.Name, out var value))
            {
                if (!SipText.EqualsUnescaped(SipText.Unquote(parameter.Value), value, ignoreCase: true)) return false;
            }
            else if (CountsWhenAlone(parameter.Name))
            {
                return false;
            }
        }

        return true;
    }

    // user, ttl, method, maddr and transport in one URI only make a difference; others are ignored.
    private static bool CountsWhenAlone(ReadOnlySpan<byte> name) =>
        SipText.EqualsIgnoreCase(name, "user"u8) || SipText.EqualsIgnoreCase(name, "ttl"u8) || SipText.EqualsIgnoreCase(name, "method"u8)
        || SipText.EqualsIgnoreCase(name, "maddr"u8) || SipText.EqualsIgnoreCase(name, "transport"u8);

    private static bool HeadersContain(ReadOnlySpan<byte> all, ReadOnlySpan<byte> wanted)
    {
        while (!wanted.IsEmpty)
        {
            var header = CutHeader(ref wanted);
            var rest = all;
            var found = false;
            while (!found && !rest.IsEmpty) found = SipText.EqualsUnescaped(CutHeader(ref rest), header, ignoreCase: true);
            if (!found) return false;
        }

        return true;
    }

    private static ReadOnlySpan<byte> CutHeader(ref ReadOnlySpan<byte> headers)
    {
        var end = headers.IndexOf((byte)'&');
        var first = end < 0 ? headers : headers[..end];
        headers = end < 0 ? default : headers[(end + 1)..];
        return first;
    }
}
