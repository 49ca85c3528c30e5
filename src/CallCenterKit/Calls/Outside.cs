using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>A number outside that may be dialled, and how.</summary>
/// <param name="Rule">By which rule.</param>
/// <param name="Number">As the trunk is told it.</param>
/// <param name="Trunks">Which may carry it; empty: all.</param>
/// <param name="Shown">What is shown as calling.</param>
internal sealed record OutsideNumber(ToOutside Rule, string Number, IReadOnlyList<string> Trunks, CallParty Shown)
{
    /// <summary>Passes limits of calls and a center that is stopping; carried by any trunk if need be.</summary>
    public bool IsEmergency { get; init; }

    public DialTarget Target => new DialTarget.ToNumber(Number, Trunks);
}

/// <summary>Says what may be dialled outside, by whom and how. The one place that does: nothing else makes a number of a trunk.</summary>
internal static class Outside
{
    /// <summary>The name by which an emergency number without a rule of its own stands in records.</summary>
    private static readonly ToOutside Emergency = new("emergency");

    /// <summary>Somebody of ours dials: from a phone, or at a desk.</summary>
    /// <param name="center">Where.</param>
    /// <param name="dialled">What.</param>
    /// <param name="phone">From which phone.</param>
    /// <param name="agent">Who works from it; null is nobody.</param>
    /// <param name="refusal">Why it may not be dialled, when it may not.</param>
    /// <returns>Null when it may not be dialled.</returns>
    public static OutsideNumber? Find(CenterServices center, string dialled, EndpointId phone, AgentId? agent, out HangUpCause refusal)
    {
        refusal = HangUpCause.NotFound;
        var own = center.Setup.Phones.GetValueOrDefault(phone);
        if (IsEmergency(center, dialled))
        {
            var rule = center.DialPlan.FindExact(dialled) as ToOutside ?? Emergency;
            return new(rule, rule.NumberOf(dialled) ?? dialled, rule.Trunks, new(own ?? rule.CallerId ?? phone.Value, rule.CallerName)) { IsEmergency = true };
        }
        if (center.DialPlan.Find(dialled) is not ToOutside known)
            return null;
        refusal = HangUpCause.Forbidden;
        if (!known.Allows(phone, agent))
            return null;
        refusal = HangUpCause.NotFound;
        return known.NumberOf(dialled) is { } number ? new(known, number, known.Trunks, new(known.CallerId ?? own ?? phone.Value, known.CallerName)) : null;
    }

    /// <summary>A caller is led on to a number outside. Null when whoever calls may not be: nobody but our own phones, unless the rule names the trunk.</summary>
    public static OutsideNumber? FindFor(CenterServices center, ICall caller, string dialled)
    {
        if (caller.Origin is CallOrigin.FromEndpoint from)
            return Find(center, dialled, from.Endpoint, center.Board.AgentAt(from.Endpoint)?.Id, out _);
        if (caller.Origin is not CallOrigin.FromTrunk { Trunk: var trunk } || center.DialPlan.Find(dialled) is not ToOutside rule)
            return null;
        var trunks = rule.TrunksFor(trunk);
        return trunks.Count > 0 && rule.NumberOf(dialled) is { } number
            ? new(rule, number, trunks, rule.CallerId is { } shown ? new(shown, rule.CallerName) : caller.From)
            : null;
    }

    /// <summary>A number the center itself calls for an agent: the agent's mobile. Null when no rule leads there.</summary>
    public static OutsideNumber? FindMobile(CenterServices center, string number, CallParty shown) =>
        center.DialPlan.Find(number) is ToOutside rule && rule.NumberOf(number) is { } dialled
            ? new(rule, dialled, rule.Trunks, rule.CallerId is { } own ? new(own, shown.Name) : shown)
            : null;

    /// <summary>A caller who is to be called back. Null unless the rule is meant for that: a caller may show any number.</summary>
    public static OutsideNumber? FindCallback(CenterServices center, string number, string shown) =>
        center.DialPlan.Find(number) is ToOutside { CallsBack: true } rule && rule.NumberOf(number) is { } dialled
            ? new(rule, dialled, rule.Trunks, new(rule.CallerId ?? shown, rule.CallerName))
            : null;

    /// <summary>Whether one of our phones dials an emergency number.</summary>
    public static bool IsEmergency(CenterServices center, ICall call) => call.Origin is CallOrigin.FromEndpoint && IsEmergency(center, call.To.Number);

    private static bool IsEmergency(CenterServices center, string dialled) => center.Setup.EmergencyNumbers.Contains(dialled);
}
