namespace CallCenterKit.Ivr.Input;

/// <summary>How long and how often a caller may be asked.</summary>
internal static class Patience
{
    public const int MostRetries = 10;

    public static TimeSpan LongestTimeout { get; } = TimeSpan.FromSeconds(60);

    public static bool IsTimeout(TimeSpan timeout) => timeout > TimeSpan.Zero && timeout <= LongestTimeout;

    public static bool IsRetries(int retries) => retries is >= 0 and <= MostRetries;
}
