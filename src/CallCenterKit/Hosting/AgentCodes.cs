namespace CallCenterKit.Hosting;

/// <summary>By which codes and PINs agents log in. PINs stand nowhere else.</summary>
internal sealed class AgentCodes(IReadOnlyDictionary<string, (AgentId Agent, string Pin)> codes, PinAttempts attempts)
{
    /// <summary>Who it is; null with the outcome when it is nobody.</summary>
    public (AgentId? Agent, CodeOutcome Outcome) Check(string code, string pin, EndpointId from)
    {
        var known = codes.TryGetValue(code, out var agent);
        return attempts.Try($"code {code}", from, pin, known ? agent.Pin : null) switch
        {
            true => (agent.Agent, CodeOutcome.LoggedIn),
            false => (null, CodeOutcome.Wrong),
            null => (null, CodeOutcome.Locked),
        };
    }
}

/// <summary>How an attempt to log in by code ended.</summary>
public enum CodeOutcome
{
    /// <summary>The agent works from there now.</summary>
    LoggedIn,

    /// <summary>Code and PIN do not belong together.</summary>
    Wrong,

    /// <summary>Too many wrong attempts by this code or from this extension: nothing is tried for 5 minutes.</summary>
    Locked,
}
