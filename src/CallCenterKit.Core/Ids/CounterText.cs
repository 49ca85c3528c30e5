using System.Globalization;

namespace CallCenterKit;

/// <summary>The text of an id that an engine counted: "epoch.number".</summary>
internal static class CounterText
{
    public static string Write(long epoch, long number) => string.Create(CultureInfo.InvariantCulture, $"{epoch}.{number}");

    public static bool TryRead(string? text, out long epoch, out long number)
    {
        epoch = number = 0;
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out epoch)
            && long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
