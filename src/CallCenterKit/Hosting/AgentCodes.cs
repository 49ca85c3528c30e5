using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CallCenterKit.Hosting;

/// <summary>By which codes and PINs agents log in. PINs stand nowhere else; wrong ones are counted, by code and by extension.</summary>
internal sealed class AgentCodes(IReadOnlyDictionary<string, (AgentId Agent, string Pin)> codes, CodeAttempts attempts, TimeProvider time)
{
    /// <summary>Who it is; null with the outcome when it is nobody.</summary>
    public (AgentId? Agent, CodeOutcome Outcome) Check(string code, string pin, EndpointId from)
    {
        var now = time.GetUtcNow();
        if (attempts.IsLocked($"code {code}", now) || attempts.IsLocked($"extension {from}", now))
            return (null, CodeOutcome.Locked);
        var known = codes.TryGetValue(code, out var agent);
        var right = CryptographicOperations.FixedTimeEquals(Hash(pin), Hash(known ? agent.Pin : ""));
        if (known && right)
        {
            attempts.Forget($"code {code}");
            attempts.Forget($"extension {from}");
            return (agent.Agent, CodeOutcome.LoggedIn);
        }
        attempts.CountWrong($"code {code}", now);
        attempts.CountWrong($"extension {from}", now);
        return (null, CodeOutcome.Wrong);
    }

    private static byte[] Hash(string pin) => SHA256.HashData(Encoding.UTF8.GetBytes(pin));
}

/// <summary>Wrong attempts to log in; outlives a change of the configuration.</summary>
internal sealed class CodeAttempts
{
    private const int MostWrong = 5;
    private const int MostKept = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (int Wrong, DateTimeOffset Since)> _attempts = new(StringComparer.Ordinal);

    public bool IsLocked(string who, DateTimeOffset now) =>
        _attempts.TryGetValue(who, out var attempt) && attempt.Wrong >= MostWrong && now < attempt.Since + Window;

    /// <summary>After five wrong ones within five minutes the next five minutes are locked.</summary>
    public void CountWrong(string who, DateTimeOffset now)
    {
        if (_attempts.Count >= MostKept)
        {
            foreach (var (old, attempt) in _attempts)
            {
                if (now >= attempt.Since + Window)
                    _attempts.TryRemove(old, out _);
            }
        }
        _attempts.AddOrUpdate(
            who,
            static (_, at) => (1, at),
            static (_, attempt, at) => at >= attempt.Since + Window ? (1, at) : (attempt.Wrong + 1, attempt.Wrong + 1 >= MostWrong ? at : attempt.Since),
            now);
    }

    public void Forget(string who) => _attempts.TryRemove(who, out _);
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
