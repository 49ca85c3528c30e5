using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CallCenterKit.Hosting;

/// <summary>Compares PINs and counts wrong ones, by what was to be opened and by extension; outlives a change of the configuration. Any thread.</summary>
internal sealed class PinAttempts(TimeProvider time)
{
    private const int MostWrong = 5;
    private const int MostKept = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (int Wrong, DateTimeOffset Since)> _attempts = new(StringComparer.Ordinal);

    /// <summary>Whether the PIN is the right one; null when nothing is tried because of those before.</summary>
    /// <param name="what">What it opens: "code 300".</param>
    /// <param name="from">From which phone.</param>
    /// <param name="pin">What was keyed.</param>
    /// <param name="right">The right one; null when there is none, and every one is wrong.</param>
    public bool? Try(string what, EndpointId from, string pin, string? right)
    {
        var now = time.GetUtcNow();
        if (IsLocked(what, now) || IsLocked(Phone(from), now))
            return null;
        if (CryptographicOperations.FixedTimeEquals(Hash(pin), Hash(right ?? "")) && right is not null)
        {
            _attempts.TryRemove(what, out _);
            _attempts.TryRemove(Phone(from), out _);
            return true;
        }
        CountWrong(what, now);
        CountWrong(Phone(from), now);
        return false;
    }

    private static string Phone(EndpointId endpoint) => $"extension {endpoint}";

    private static byte[] Hash(string pin) => SHA256.HashData(Encoding.UTF8.GetBytes(pin));

    private bool IsLocked(string who, DateTimeOffset now) =>
        _attempts.TryGetValue(who, out var attempt) && attempt.Wrong >= MostWrong && now < attempt.Since + Window;

    /// <summary>After five wrong ones within five minutes the next five minutes are locked.</summary>
    private void CountWrong(string who, DateTimeOffset now)
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
}
