using System.Buffers;
using System.Globalization;
using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Observability;

/// <summary>Writes a message so that it can be shown. Secrets never stay, numbers only when asked for.</summary>
/// <remarks>
/// Only what was understood is written, header by header; a line that is none, or a fold that hides something, does not pass.
/// Removed always: credentials, keys of SRTP and ICE, passwords in URIs, digits in INFO.
/// </remarks>
internal static class SipTraceText
{
    private const string Removed = "(removed)";
    private const int MaxBodyBytes = 8192;

    private static readonly SearchValues<char> UriEnds = SearchValues.Create("<>\" \t,");

    public static string Write(SipMessage message, bool showNumbers)
    {
        var text = new StringBuilder(1024);
        if (message.IsRequest)
            text.Append(SipText.Decode(message.MethodText)).Append(' ').Append(Addresses(SipText.Decode(message.RequestUri), showNumbers)).Append(" SIP/2.0\r\n");
        else
            text.Append(CultureInfo.InvariantCulture, $"SIP/2.0 {message.StatusCode} {Free(SipText.Decode(message.Reason), showNumbers)}\r\n");
        for (var i = 0; i < message.HeaderCount; i++)
        {
            var line = message.Line(i);
            text.Append(SipText.Decode(line.Name)).Append(": ").Append(Value(line, showNumbers)).Append("\r\n");
        }
        text.Append("\r\n");
        if (!message.Body.IsEmpty)
            text.Append(Body(message, showNumbers));
        return text.ToString();
    }

    private static string Value(SipHeaderLine line, bool showNumbers)
    {
        var value = SipText.Decode(line.Value);
        switch (line.Header)
        {
            case SipHeader.Authorization or SipHeader.ProxyAuthorization or SipHeader.AuthenticationInfo:
                return Removed;
            case SipHeader.WwwAuthenticate or SipHeader.ProxyAuthenticate:
            case SipHeader.Via or SipHeader.CallId or SipHeader.CSeq or SipHeader.MaxForwards or SipHeader.ContentLength or SipHeader.ContentType:
            case SipHeader.Expires or SipHeader.MinExpires or SipHeader.MinSE or SipHeader.SessionExpires or SipHeader.RAck or SipHeader.RSeq:
            case SipHeader.Allow or SipHeader.AllowEvents or SipHeader.Supported or SipHeader.Require or SipHeader.ProxyRequire or SipHeader.Unsupported:
            case SipHeader.Accept or SipHeader.Event or SipHeader.SubscriptionState or SipHeader.UserAgent or SipHeader.Server:
            case SipHeader.Date or SipHeader.Timestamp or SipHeader.RetryAfter or SipHeader.Replaces or SipHeader.Privacy:
                return value;
            case SipHeader.From or SipHeader.To or SipHeader.Contact or SipHeader.Route or SipHeader.RecordRoute or SipHeader.Path or SipHeader.ServiceRoute:
            case SipHeader.PAssertedIdentity or SipHeader.PPreferredIdentity or SipHeader.Diversion or SipHeader.HistoryInfo:
            case SipHeader.ReferTo or SipHeader.ReferredBy:
                return Addresses(value, showNumbers);
            default:
                if (value.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase) || value.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
                    || value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
                {
                    return Removed; // credentials under another name
                }
                // A signed identity carries both numbers in a form that no rule below recognizes (RFC 8224).
                return !showNumbers && SipText.EqualsIgnoreCase(line.Name, "Identity"u8) ? Removed : Free(value, showNumbers);
        }
    }

    // Numbers anywhere; addresses may stand among them.
    private static string Free(string value, bool showNumbers)
    {
        var clean = WithoutPasswords(value);
        return showNumbers ? clean : SipMask.Numbers(clean);
    }

    /// <summary>Names, users and tel: are masked; hosts, ports, tags and other parameters stay readable. Without any address, all is masked.</summary>
    private static string Addresses(string value, bool showNumbers)
    {
        if (FindScheme(value, 0).Start < 0)
            return showNumbers ? value : SipMask.Numbers(value);
        var text = new StringBuilder(value.Length);
        var position = 0;
        while (FindScheme(value, position) is var (start, isTel) && start >= 0)
        {
            var before = value[position..start];
            text.Append(showNumbers ? before : Before(before, isFirst: position == 0));
            var end = value.AsSpan(start).IndexOfAny(UriEnds) is var found && found < 0 ? value.Length : start + found;
            text.Append(Uri(value[start..end], isTel, showNumbers));
            position = end;
        }
        return text.Append(value, position, value.Length - position).ToString();
    }

    // A name begins the value, or stands behind the comma that ends the address before; what comes earlier are parameters of that.
    private static string Before(string part, bool isFirst)
    {
        var name = isFirst ? 0 : part.Length;
        var isQuoted = false;
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '\\' && isQuoted)
                i++;
            else if (part[i] == '"')
                isQuoted = !isQuoted;
            else if (part[i] == ',' && !isQuoted)
                name = i + 1;
        }
        return part[..name] + SipMask.Numbers(part[name..]);
    }

    // sip:user:password@host;parameters or tel:number;parameters, without brackets.
    private static string Uri(string uri, bool isTel, bool showNumbers)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal) + 1;
        var end = uri.IndexOf(isTel ? ';' : '@', StringComparison.Ordinal);
        if (end < 0 && !isTel && IsHost(uri[colon..]))
            return uri;
        end = end < 0 ? uri.Length : end;
        var user = uri[colon..end];
        var password = isTel ? -1 : user.IndexOf(':', StringComparison.Ordinal);
        if (password >= 0)
            user = user[..(password + 1)] + Removed;
        return uri[..colon] + (showNumbers ? user : SipMask.Numbers(user)) + uri[end..];
    }

    // Without an @ it is a host, unless it looks like a number.
    private static bool IsHost(string text) => text.AsSpan().IndexOfAny('.', '[') >= 0 || !text.Any(char.IsAsciiDigit);

    private static (int Start, bool IsTel) FindScheme(string value, int from)
    {
        var sip = value.IndexOf("sip:", from, StringComparison.OrdinalIgnoreCase);
        var sips = value.IndexOf("sips:", from, StringComparison.OrdinalIgnoreCase);
        var tel = value.IndexOf("tel:", from, StringComparison.OrdinalIgnoreCase);
        var first = Math.Min(Math.Min(Or(sip), Or(sips)), Or(tel));
        return first == int.MaxValue ? (-1, false) : (first, first == tel);

        static int Or(int index) => index < 0 ? int.MaxValue : index;
    }

    private static string WithoutPasswords(string value) =>
        FindScheme(value, 0).Start < 0 ? value : Addresses(value, showNumbers: true);

    private static string Body(SipMessage message, bool showNumbers)
    {
        if (message.Method == SipMethod.Info)
            return Removed;
        var isKnown = SipText.EqualsIgnoreCase(message.MediaType, "application/sdp"u8)
            || SipText.EqualsIgnoreCase(message.MediaType, "application/simple-message-summary"u8)
            || SipText.EqualsIgnoreCase(message.MediaType, "message/sipfrag"u8);
        if (message.Body.Length > MaxBodyBytes || (!isKnown && !showNumbers))
            return string.Create(CultureInfo.InvariantCulture, $"({message.Body.Length} bytes of {SipText.Decode(message.MediaType)})");
        var lines = SipText.Decode(message.Body).Split('\n');
        return string.Join('\n', lines.Select(line => Line(line, showNumbers)));
    }

    private static string Line(string line, bool showNumbers)
    {
        var end = line.EndsWith('\r') ? "\r" : "";
        // Keys: RFC 4568, RFC 4567, RFC 8866 §5.12, RFC 8839 §5.4.
        foreach (var secret in (ReadOnlySpan<string>)["a=crypto:", "a=key-mgmt:", "k=", "a=ice-pwd:"])
        {
            if (line.StartsWith(secret, StringComparison.OrdinalIgnoreCase))
                return secret + Removed + end;
        }
        // The headers a body may quote hold what headers hold.
        if (line.Contains("Authorization:", StringComparison.OrdinalIgnoreCase))
            return line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)] + ' ' + Removed + end;
        if (line.StartsWith("Signal", StringComparison.OrdinalIgnoreCase) && line.Contains('=', StringComparison.Ordinal))
            return line[..(line.IndexOf('=', StringComparison.Ordinal) + 1)] + Removed + end;
        // The lines of SDP for people: who, by mail, by phone, about what.
        if (!showNumbers && line.Length > 1 && line[1] == '=' && line[0] is 'i' or 'e' or 'p' or 'u' or 's')
            return SipMask.Numbers(line);
        return FindScheme(line, 0).Start < 0 ? line : Addresses(line, showNumbers);
    }
}
