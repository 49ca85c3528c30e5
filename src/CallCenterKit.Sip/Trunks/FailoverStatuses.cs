using System.Globalization;

namespace CallCenterKit.Sip.Trunks;

/// <summary>After which final answers the next way is tried. Any thread.</summary>
internal sealed class FailoverStatuses
{
    private readonly HashSet<int> _statuses = [];

    /// <param name="texts">Empty means 5xx and 408.</param>
    public FailoverStatuses(IReadOnlyCollection<string> texts)
    {
        foreach (var text in texts is { Count: > 0 } ? texts : ["5xx", "408"])
        {
            if (!TryParse(text, out var from, out var to))
                throw new ArgumentException($"'{text}' must be a status that allows another try, as '503' or '5xx'.", nameof(texts));
            _statuses.UnionWith(Enumerable.Range(from, to - from + 1).Where(IsAllowed));
        }
    }

    public bool Contains(int status) => _statuses.Contains(status);

    public static bool TryParse(string text, out int from, out int to)
    {
        from = to = 0;
        if (text.Equals("5xx", StringComparison.OrdinalIgnoreCase) || text.Equals("4xx", StringComparison.OrdinalIgnoreCase))
        {
            from = (text[0] - '0') * 100;
            to = from + 99;
            return true;
        }
        if (text.Length != 3 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out from) || !IsAllowed(from))
            return false;
        to = from;
        return true;
    }

    // 401 and 407 ask for credentials, 486 and 487 come from the called party or from our own CANCEL.
    private static bool IsAllowed(int status) => status is >= 400 and < 600 and not (401 or 407 or 486 or 487);
}
