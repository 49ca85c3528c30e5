using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Trunks;

/// <summary>What a trunk is told about who calls (RFC 3323, RFC 3325). Any thread.</summary>
internal sealed class CallerIdPolicy(SipTrunkOptions options, string domain)
{
    private const string Anonymous = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

    private readonly NumberRules _rules = new(options.OutgoingCallerRules);

    /// <param name="caller">Without a number, the caller is not to be shown.</param>
    public ShownCaller Show(CallParty caller)
    {
        if (caller.Number.Length == 0)
        {
            // RFC 3325 §9.3: whom we trust learns who it is, and tells nobody.
            return options.TrustsIdentity && options.CallerId is { } main
                ? new(Anonymous, SipAddress.Write(null, main, domain), "id")
                : new(Anonymous, null, options.TrustsIdentity ? "id" : null);
        }
        var shown = IsAllowed(caller.Number)
            ? SipAddress.Write(caller.Name, _rules.Apply(caller.Number), domain)
            : SipAddress.Write(null, options.CallerId!, domain);
        return new(shown, options.TrustsIdentity ? shown : null, null);
    }

    private bool IsAllowed(string number)
    {
        if (options.CallerId is not { } main || number == main)
            return true;
        foreach (var allowed in options.AllowedCallerIds)
        {
            if (allowed.EndsWith('*') ? number.AsSpan().StartsWith(allowed.AsSpan(0, allowed.Length - 1)) : number == allowed)
                return true;
        }
        return false;
    }
}

/// <summary>Header values of one outgoing call.</summary>
/// <param name="From">Without its tag.</param>
/// <param name="AssertedIdentity">P-Asserted-Identity; null: the header is left out.</param>
/// <param name="Privacy">Null: the header is left out.</param>
internal sealed record ShownCaller(string From, string? AssertedIdentity, string? Privacy);
