using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Who calls whom over a trunk, in numbers of ours. Any thread.</summary>
internal sealed class IncomingParties(SipTrunkOptions options)
{
    private readonly NumberRules _called = new(options.IncomingNumberRules);
    private readonly NumberRules _callers = new(options.IncomingCallerRules);

    /// <summary>Who calls; what parties are shown has no number when the caller is private.</summary>
    public CallerIdentity Caller(SipMessage invite)
    {
        // What a trusted peer asserts was checked by it; From is whatever the caller wrote (RFC 3325 §9.1).
        var identity = CallerIdentity.Read(invite, options.TrustsIdentity);
        return identity with { Party = identity.Party with { Number = _callers.Apply(identity.Party.Number is "anonymous" ? "" : identity.Party.Number) } };
    }

    /// <summary>The called number: the user of the Request-URI; where that is only our own account, that of To.</summary>
    public CallParty Called(SipMessage invite)
    {
        var number = SipUri.TryParse(invite.RequestUri, out var uri) ? uri.DecodeUser() : "";
        invite.TryGetTo(out var to);
        if (options.Register && number == options.User && SipUri.TryParse(to.Uri, out var called))
            number = called.DecodeUser();
        return new(_called.Apply(number), to.DisplayName.IsEmpty ? null : SipText.DecodeQuoted(to.DisplayName));
    }
}
