using System.Collections.Frozen;
using System.Text.Json;

namespace CallCenterKit.Metrics;

/// <summary>Values of an enumeration as tags: "wrapping_up".</summary>
internal static class TagText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>()
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    public static string Of(T value) => Texts.GetValueOrDefault(value) ?? "other";
}
