using CallCenterKit.Sip.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Who calls, as far as the sender is believed (RFC 3323, RFC 3325), and over whom the call came (RFC 5806, RFC 7044).</summary>
/// <param name="Party">Number and name.</param>
/// <param name="IsPrivate">The caller does not want to be known: the center may route by the number, parties must not be shown it.</param>
/// <param name="Attributes">
/// "sip.privacy"; and from a believed sender "sip.diversion" and "sip.diversion.reason" (who diverted last), "sip.diversion.original"
/// (who was called first), "sip.history-info" (all that were tried, in order, with commas).
/// </param>
internal sealed record CallerIdentity(CallParty Party, bool IsPrivate, Dictionary<string, string> Attributes)
{
    /// <summary>What parties are shown: nothing when the caller is private.</summary>
    public CallParty Presented => IsPrivate ? new("") : Party;

    /// <summary>Reads an INVITE.</summary>
    /// <param name="invite">Well formed.</param>
    /// <param name="trusted">It comes from a peer whose statements about others are believed. What phones say is ignored but for From and Privacy.</param>
    public static CallerIdentity Read(SipMessage invite, bool trusted)
    {
        Dictionary<string, string> attributes = new(StringComparer.OrdinalIgnoreCase);
        var isPrivate = ReadPrivacy(invite, attributes, out var hidesHistory);
        var party = From(invite);
        if (trusted)
        {
            party = Asserted(invite, SipHeader.PAssertedIdentity, party) ?? Asserted(invite, SipHeader.PPreferredIdentity, party) ?? party;
            ReadDiversion(invite, attributes);
            if (!hidesHistory)
                ReadHistory(invite, attributes);
        }
        return new(party, isPrivate, attributes);
    }

    private static CallParty From(SipMessage invite) =>
        invite.TryGetFrom(out var from) ? new(NumberOf(from.Uri) ?? "", NameOf(from)) : new("");

    // At most one sip and one tel URI (RFC 3325 §9.1): the first with a user counts, its name may stand at the other.
    private static CallParty? Asserted(SipMessage invite, SipHeader header, CallParty from)
    {
        string? number = null, name = null;
        foreach (var element in invite.List(header))
        {
            if (!SipNameAddress.TryParse(element, out var address) || NumberOf(address.Uri) is not { Length: > 0 } found)
                continue;
            number ??= found;
            name ??= NameOf(address);
        }
        return number is null ? null : new(number, name ?? (IsAnonymous(from) ? null : from.Name));
    }

    // RFC 3323 §4.2, RFC 3325 §9.3: "none" asks for nothing, "critical" only says how earnest the others are.
    private static bool ReadPrivacy(SipMessage invite, Dictionary<string, string> attributes, out bool hidesHistory)
    {
        hidesHistory = false;
        var isPrivate = false;
        List<string> values = [];
        foreach (var line in invite.Lines(SipHeader.Privacy))
        {
            foreach (var range in line.SplitAny(";, \t"u8))
            {
                var value = line[range];
                if (value.IsEmpty)
                    continue;
                values.Add(SipText.Decode(value));
                isPrivate |= SipText.EqualsIgnoreCase(value, "id"u8) || SipText.EqualsIgnoreCase(value, "user"u8) || SipText.EqualsIgnoreCase(value, "header"u8);
                hidesHistory |= SipText.EqualsIgnoreCase(value, "history"u8);
            }
        }
        if (values.Count > 0)
            attributes["sip.privacy"] = string.Join(';', values);
        return isPrivate;
    }

    // The latest diversion stands first (RFC 5806 §4).
    private static void ReadDiversion(SipMessage invite, Dictionary<string, string> attributes)
    {
        string? last = null, original = null;
        foreach (var element in invite.List(SipHeader.Diversion))
        {
            if (!SipNameAddress.TryParse(element, out var address) || NumberOf(address.Uri) is not { Length: > 0 } number)
                continue;
            original = number;
            if (last is not null)
                continue;
            last = number;
            if (address.Parameters.TryGet("reason"u8, out var reason) && !reason.IsEmpty)
                attributes["sip.diversion.reason"] = SipText.Decode(reason);
        }
        if (last is null)
            return;
        attributes["sip.diversion"] = last;
        attributes["sip.diversion.original"] = original!;
    }

    private static void ReadHistory(SipMessage invite, Dictionary<string, string> attributes)
    {
        List<string> tried = [];
        foreach (var element in invite.List(SipHeader.HistoryInfo))
        {
            if (SipNameAddress.TryParse(element, out var address) && NumberOf(address.Uri) is { Length: > 0 } number)
                tried.Add(number);
        }
        if (tried.Count > 0)
            attributes["sip.history-info"] = string.Join(',', tried);
    }

    // Null when it is no SIP and no telephone URI. Dots and dashes in a number are for people (RFC 3966 §5.1.1).
    private static string? NumberOf(ReadOnlySpan<byte> text)
    {
        if (!SipUri.TryParse(text, out var uri) || uri.Scheme == SipUriScheme.Other)
            return null;
        var user = uri.DecodeUser();
        var isNumber = uri.Scheme == SipUriScheme.Tel || (uri.Parameters.TryGet("user"u8, out var kind) && SipText.EqualsIgnoreCase(kind, "phone"u8));
        if (!isNumber)
            return user;
        var end = user.IndexOf(';', StringComparison.Ordinal);
        return string.Concat((end < 0 ? user : user[..end]).Where(c => c is not ('-' or '.' or '(' or ')')));
    }

    private static string? NameOf(SipNameAddress address) => address.DisplayName.IsEmpty ? null : SipText.DecodeQuoted(address.DisplayName);

    private static bool IsAnonymous(CallParty party) => party.Number.Equals("anonymous", StringComparison.OrdinalIgnoreCase);
}
