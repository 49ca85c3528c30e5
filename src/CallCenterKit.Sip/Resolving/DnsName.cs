namespace CallCenterKit.Sip.Resolving;

/// <summary>Domain names as text.</summary>
internal static class DnsName
{
    private const int MaxLength = 253, MaxLabel = 63;

    /// <summary>Lower case, without the dot at its end; false when it could not be asked for.</summary>
    public static bool TryNormalize(string name, out string normalized)
    {
        normalized = name.EndsWith('.') ? name[..^1] : name;
        if (normalized.Length is 0 or > MaxLength)
            return false;
        foreach (var label in normalized.Split('.'))
        {
            if (label.Length is 0 or > MaxLabel || !label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                return false;
        }
        normalized = normalized.ToLowerInvariant();
        return true;
    }
}
