using CallCenterKit.Recordings;
using CallCenterKit.Voice;

namespace CallCenterKit.Configuration;

/// <summary>What the options say about recording.</summary>
internal static class RecordingTexts
{
    /// <summary>What stands between a target of the dial plan and a mode.</summary>
    public const string Mark = ";recording=";

    /// <summary>The names of the modes.</summary>
    public static string Names { get; } = string.Join(", ", Enum.GetNames<RecordingMode>());

    /// <summary>Reads the name of a mode; null when it is none. A number is none.</summary>
    public static RecordingMode? Mode(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse<RecordingMode>(text, ignoreCase: true, out var mode) && Enum.IsDefined(mode) ? mode : null;

    /// <summary>Whether a mode is to follow a target of the dial plan, and none does.</summary>
    public static bool IsFaulty(string target) => target.Split(Mark, 2) is [_, var mode] && Mode(mode) is null;

    /// <summary>What is meant by the two options of which one is short for a value of the other.</summary>
    public static RecordingMode? Mode(RecordingMode? mode, bool record) => mode ?? (record ? RecordingMode.FromAnswer : null);

    /// <summary>What is wrong, each message naming the thing and its value.</summary>
    public static IEnumerable<string> Faults(CallCenterOptions options) =>
    [
        .. Fault("Recording: Mode", options.Recording.Mode),
        .. Fault<RecordingFormat>("Recording: Format", options.Recording.Format),
        .. Fault<RecordingChannels>("Recording: Channels", options.Recording.Channels),
        .. options.Extensions.SelectMany(pair => Faults($"Extension '{pair.Key}'", pair.Value.Recording, pair.Value.Record)),
        .. options.OutsideRules.SelectMany(pair => Faults($"Outside rule '{pair.Key}'", pair.Value.Recording, pair.Value.Record)),
        .. options.Queues.SelectMany(pair => Faults($"Queue '{pair.Key}'", pair.Value.Recording, pair.Value.Record)),
        .. options.Agents.SelectMany(pair => Fault($"Agent '{pair.Key}': Recording", pair.Value.Recording)),
    ];

    private static IEnumerable<string> Faults(string what, RecordingMode? mode, bool record)
    {
        foreach (var fault in Fault($"{what}: Recording", mode))
            yield return fault;
        if (mode is not null && record)
            yield return $"{what} has both Record and Recording; give one.";
    }

    private static IEnumerable<string> Fault<T>(string what, T? value)
        where T : struct, Enum
    {
        if (value is { } known && !Enum.IsDefined(known))
            yield return $"{what} is '{known}'; it must be one of {string.Join(", ", Enum.GetNames<T>())}.";
    }
}
