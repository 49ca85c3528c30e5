using CallCenterKit.DialPlans;

namespace CallCenterKit.Configuration;

/// <summary>Checks what leads outside: rules, emergency numbers, agents' numbers. Each message names the thing, its value and what is allowed.</summary>
internal static class OutsideValidation
{
    public static IEnumerable<string> Faults(CallCenterOptions options) =>
        [.. options.OutsideRules.SelectMany(rule => Faults(rule.Key, rule.Value, options)), .. Emergencies(options), .. Phones(options)];

    /// <summary>What is wrong with a pattern of the dial plan that leads outside; null when nothing is.</summary>
    public static string? Fault(string pattern, ToOutside target, CallCenterOptions options)
    {
        if (target.Rule.Length > 0 && !options.OutsideRules.ContainsKey(target.Rule))
            return $"names no rule. OutsideRules: {List(options.OutsideRules.Keys)}";
        var beginning = pattern.TrimEnd('*').Length;
        return target.Strip > beginning ? $"cuts {target.Strip} digits, and only {beginning} are sure to be there; Strip must be 0 to {beginning}" : null;
    }

    private static IEnumerable<string> Faults(string name, OutsideRuleOptions rule, CallCenterOptions options)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            yield return $"Outside rule '{name}' must be 1 to 64 letters, digits, '-', '_' or '.'.";
        if (rule.Prefix is { Length: > 0 and <= 16 } prefix && prefix != "+" && !ToOutside.IsNumber(prefix))
            yield return $"Outside rule '{name}': Prefix '{prefix}' must be digits, after a '+' or not.";
        if (rule.CallerId is { } shown && !ToOutside.IsNumber(shown))
            yield return $"Outside rule '{name}': CallerId '{shown}' must be 1 to 32 digits, after a '+' or not.";
        if (rule.Queue is { } queue && !options.Queues.ContainsKey(queue))
            yield return $"Outside rule '{name}': Queue '{queue}' does not exist. Queues: {List(options.Queues.Keys)}.";
        foreach (var caller in rule.Callers.Where(caller => !IsCaller(caller, options)))
            yield return $"Outside rule '{name}': caller '{caller}' must be 'extension:NUMBER' or 'agent:ID'. Extensions: {List(options.Extensions.Keys)}. Agents: {List(options.Agents.Keys)}.";
        if (rule.Trunks.Concat(rule.FromTrunks).Any(string.IsNullOrWhiteSpace))
            yield return $"Outside rule '{name}': a trunk has no name.";
        if (options.Sip.Trunks.Count > 0) // otherwise a driver of the host knows the trunks
        {
            foreach (var unknown in rule.Trunks.Except(options.Sip.Trunks.Select(trunk => trunk.Name), StringComparer.Ordinal))
                yield return $"Outside rule '{name}': trunk '{unknown}' does not exist. Trunks: {List(options.Sip.Trunks.Select(trunk => trunk.Name))}.";
            var sources = options.Sip.Trunks.Select(trunk => trunk.Name).Concat(options.Sip.TrustedPeers.Select(peer => peer.Name)).ToArray();
            foreach (var unknown in rule.FromTrunks.Except(sources, StringComparer.Ordinal))
                yield return $"Outside rule '{name}': no calls come from '{unknown}'. Trunks and trusted peers: {List(sources)}.";
        }
        foreach (var from in rule.FromTrunks.Where(from => rule.Trunks.All(trunk => trunk == from)))
            yield return $"Outside rule '{name}': calls from trunk '{from}' have no trunk to go on; Trunks must name another one.";
    }

    private static IEnumerable<string> Emergencies(CallCenterOptions options)
    {
        foreach (var number in options.EmergencyNumbers)
        {
            if (number.Length is < 2 or > 8 || !number.All(char.IsAsciiDigit))
                yield return $"Emergency number '{number}' must be 2 to 8 digits.";
            if (options.Extensions.ContainsKey(number))
                yield return $"Emergency number '{number}' is also an extension; it must lead outside.";
            if (options.DialPlan.TryGetValue(number, out var target) && ModelFactory.Target(target, options) is not ToOutside)
                yield return $"Emergency number '{number}' leads to '{target}'; it must lead outside, or have no rule and use every trunk.";
        }
    }

    private static IEnumerable<string> Phones(CallCenterOptions options)
    {
        foreach (var (id, agent) in options.Agents)
        {
            if (agent.Extension is not null && agent.Extensions.Count > 0)
                yield return $"Agent '{id}' has both Extension and Extensions; give one.";
            foreach (var phone in agent.Extensions)
            {
                if (phone is { Extension: null, Number: null } or { Extension: not null, Number: not null })
                    yield return $"Agent '{id}': each of Extensions needs an Extension or a Number, and only one of them.";
                if (phone.Extension is { } extension && !options.Extensions.ContainsKey(extension))
                    yield return $"Agent '{id}': extension '{extension}' does not exist. Extensions: {List(options.Extensions.Keys)}.";
                if (phone.Number is { } number && !LeadsOutside(number, options))
                    yield return $"Agent '{id}': number '{number}' is led outside by no rule of the dial plan.";
            }
        }
        foreach (var (phone, agents) in Shared(options))
            yield return $"Extension '{phone}' belongs to agents {List(agents)}; a phone belongs to one of them.";
    }

    /// <summary>The phones of several agents; those where each only begins are another check's.</summary>
    private static IEnumerable<(string Phone, List<string> Agents)> Shared(CallCenterOptions options)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var shared = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (id, agent) in options.Agents)
        {
            Own(agent.Extension, id);
            foreach (var phone in agent.Extensions)
                Own(phone.Extension, id);
        }
        foreach (var (phone, agents) in shared)
        {
            if (agents.Exists(agent => options.Agents[agent].Extensions.Count > 0))
                yield return (phone, agents);
        }

        void Own(string? phone, string agent)
        {
            if (phone is null || owners.TryAdd(phone, agent) || owners[phone] == agent)
                return;
            var agents = shared.TryGetValue(phone, out var known) ? known : shared[phone] = [owners[phone]];
            if (!agents.Contains(agent))
                agents.Add(agent);
        }
    }

    private static bool LeadsOutside(string number, CallCenterOptions options)
    {
        var exact = options.DialPlan.TryGetValue(number, out var target) ? target : null;
        var longest = options.DialPlan.Keys
            .Where(pattern => pattern.Length > 1 && pattern.EndsWith('*') && number.StartsWith(pattern[..^1], StringComparison.Ordinal))
            .MaxBy(pattern => pattern.Length);
        return (exact ?? (longest is null ? null : options.DialPlan[longest])) is { } text
            && ModelFactory.Target(text, options) is ToOutside rule
            && rule.NumberOf(number) is not null;
    }

    private static bool IsCaller(string text, CallCenterOptions options) => text.Split(':', 2) switch
    {
        ["extension", var number] => options.Extensions.ContainsKey(number),
        ["agent", var agent] => options.Agents.ContainsKey(agent),
        _ => false,
    };

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'")) is { Length: > 0 } list ? list : "none";
}
