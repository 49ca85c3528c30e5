using CallCenterKit.Sip.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Who calls whom over a trunk, in numbers of ours. Any thread.</summary>
internal sealed class IncomingParties(SipTrunkOptions options)
{
    private readonly NumberRules _called = new(options.IncomingNumberRules);
    private readonly NumberRules _callers = new(options.IncomingCallerRules);

    /// <summary>The caller of an INVITE. The number is empty when it is not to be shown.</summary>
    public CallParty Caller(SipMessage invite)
    {
        // What a trusted peer asserts was checked by it; From is whatever the caller wrote (RFC 3325 §9.1).
        if (options.TrustsIdentity)
        {
            if (WantsPrivacy(invite))
                return new("");
            foreach (var element in invite.List(SipHeader.PAssertedIdentity))
            {
                if (SipNameAddress.TryParse(element, out var asserted) && Number(asserted) is { Length: > 0 } number)
                    return new(_callers.Apply(number), Name(asserted));
            }
        }
        return invite.TryGetFrom(out var from) && Number(from) is { Length: > 0 } shown and not "anonymous"
            ? new(_callers.Apply(shown), Name(from))
            : new("");
    }

    /// <summary>The called number: the user of the Request-URI.</summary>
    public CallParty Called(SipMessage invite)
    {
        var number = SipUri.TryParse(invite.RequestUri, out var uri) ? uri.DecodeUser() : "";
        return new(_called.Apply(number), invite.TryGetTo(out var to) ? Name(to) : null);
    }

    // RFC 3323 §4.2: a list with semicolons; "none" asks for the opposite.
    private static bool WantsPrivacy(SipMessage invite)
    {
        foreach (var line in invite.Lines(SipHeader.Privacy))
        {
            foreach (var range in line.SplitAny((byte)';', (byte)','))
            {
                var value = SipText.Trim(line[range]);
                if (SipText.EqualsIgnoreCase(value, "id"u8) || SipText.EqualsIgnoreCase(value, "user"u8) || SipText.EqualsIgnoreCase(value, "header"u8))
                    return true;
            }
        }
        return false;
    }

    private static string Number(SipNameAddress address) => SipUri.TryParse(address.Uri, out var uri) && uri.Scheme != SipUriScheme.Other ? uri.DecodeUser() : "";

    private static string? Name(SipNameAddress address) => address.DisplayName.IsEmpty ? null : SipText.DecodeQuoted(address.DisplayName);
}
