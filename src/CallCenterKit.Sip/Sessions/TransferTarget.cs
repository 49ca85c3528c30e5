using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Sessions;

/// <summary>What Refer-To names (RFC 3515 §2.1, RFC 3891 §6.1).</summary>
/// <param name="Number">The user part, or the telephone number.</param>
/// <param name="Replaces">The dialog to take the place of; null for a blind transfer.</param>
internal sealed record TransferTarget(string Number, ReplacedDialog? Replaces)
{
    /// <summary>Reads the one Refer-To of a request.</summary>
    /// <returns>0 when it can be followed, otherwise the status to refuse with.</returns>
    public static int Read(SipMessage refer, out TransferTarget? target)
    {
        target = null;
        var count = 0;
        foreach (var element in refer.List(SipHeader.ReferTo))
        {
            if (++count > 1 || !SipNameAddress.TryParse(element, out var address) || !SipUri.TryParse(address.Uri, out var uri))
                return 400;
            if (uri.Scheme == SipUriScheme.Other)
                return 416;
            // Only calls are made for others.
            if (uri.Parameters.TryGet("method"u8, out var method) && !method.SequenceEqual("INVITE"u8))
                return 403;
            if (!TryReadReplaces(uri.Headers, out var replaces))
                return 400;
            target = new(uri.DecodeUser(), replaces);
        }
        return target is null ? 400 : 0;
    }

    private static bool TryReadReplaces(ReadOnlySpan<byte> headers, out ReplacedDialog? replaces)
    {
        replaces = null;
        foreach (var range in headers.Split((byte)'&'))
        {
            var header = headers[range];
            var equals = header.IndexOf((byte)'=');
            if (equals < 0 || !SipText.EqualsIgnoreCase(header[..equals], "Replaces"u8))
                continue;
            var value = new byte[header.Length];
            var length = SipText.Unescape(header[(equals + 1)..], value);
            return ReplacedDialog.TryRead(value.AsSpan(0, length), out replaces);
        }
        return true;
    }
}

/// <summary>Which dialog is to be replaced, as we know it (RFC 3891 §6.1).</summary>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="LocalTag">Our tag: to-tag.</param>
/// <param name="RemoteTag">The other side's: from-tag.</param>
/// <param name="EarlyOnly">Only if it has not been answered.</param>
internal sealed record ReplacedDialog(string CallId, string LocalTag, string RemoteTag, bool EarlyOnly)
{
    /// <summary>Reads the value of Replaces.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out ReplacedDialog? replaces)
    {
        replaces = null;
        var end = value.IndexOf((byte)';');
        if (end <= 0)
            return false;
        var parameters = new SipParameters(value[end..]);
        if (!parameters.TryGet("to-tag"u8, out var toTag) || !parameters.TryGet("from-tag"u8, out var fromTag) || toTag.IsEmpty || fromTag.IsEmpty)
            return false;
        replaces = new(SipText.Decode(SipText.Trim(value[..end])), SipText.Decode(toTag), SipText.Decode(fromTag), parameters.Contains("early-only"u8));
        return true;
    }

    /// <summary>As a header of a URI: escaped (RFC 3261 §19.1.1).</summary>
    /// <param name="callId">Of the dialog.</param>
    /// <param name="theirTag">The tag of whoever will be asked to replace it.</param>
    /// <param name="ourTag">The other tag.</param>
    public static string Escape(string callId, string theirTag, string ourTag) =>
        $"Replaces={SipText.Escape($"{callId};to-tag={theirTag};from-tag={ourTag}", "-_.!~*'()")}";
}
