using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace CallCenterKit.Skills;

/// <summary>What an agent can do: each skill with a level or a text. Immutable; any thread.</summary>
/// <remarks>Written "billing:3", "lt" (level 1), "language:french". Names are compared without regard to case.</remarks>
[JsonConverter(typeof(SkillSetJsonConverter))]
public sealed class SkillSet : IEquatable<SkillSet>
{
    private readonly FrozenDictionary<string, SkillValue> _values;

    private SkillSet(Dictionary<string, SkillValue> values) => _values = values.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing.</summary>
    public static SkillSet Empty { get; } = new([]);

    /// <summary>The skills as <see cref="Parse"/> reads them, in order of their names.</summary>
    public IReadOnlyList<string> Items =>
        [.. _values.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair => $"{pair.Key}:{pair.Value}")];

    /// <summary>Reads skills.</summary>
    /// <exception cref="FormatException">An item is not a skill, or a skill stands twice; the message names it.</exception>
    public static SkillSet Parse(IEnumerable<string> items)
    {
        return TryParse(items, out var skills, out var fault) ? skills : throw new FormatException(fault);
    }

    /// <summary>Reads skills; false when an item is not a skill or a skill stands twice, with a sentence that names it.</summary>
    public static bool TryParse(IEnumerable<string> items, [NotNullWhen(true)] out SkillSet? skills, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(items);
        (skills, fault) = (null, null);
        var values = new Dictionary<string, SkillValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            if (!TryRead(item, out var name, out var value))
                fault = $"Skill '{item}' must be a name, or a name, ':' and a level or a text without apostrophe: \"billing:3\", \"lt\", \"language:french\".";
            else if (!values.TryAdd(name, value))
                fault = $"Skill '{name}' stands twice.";
            if (fault is not null)
                return false;
        }
        skills = values.Count == 0 ? Empty : new(values);
        return true;
    }

    /// <inheritdoc />
    public bool Equals(SkillSet? other) => ReferenceEquals(this, other)
        || (other is not null
            && other._values.Count == _values.Count
            && _values.All(pair => other._values.TryGetValue(pair.Key, out var value) && value == pair.Value));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SkillSet);

    /// <inheritdoc />
    public override int GetHashCode() =>
        _values.Aggregate(_values.Count, (sum, pair) => sum + HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(pair.Key), pair.Value));

    /// <summary>The items, separated by commas.</summary>
    public override string ToString() => string.Join(", ", Items);

    internal bool TryGet(string name, out SkillValue value) => _values.TryGetValue(name, out value);

    private static bool TryRead(string? item, [NotNullWhen(true)] out string? name, out SkillValue value)
    {
        var parts = (item ?? "").Split(':', 2, StringSplitOptions.TrimEntries);
        name = parts[0];
        value = parts.Length == 1 ? new(1, null) : SkillValue.Read(parts[1]);
        return SkillText.IsName(name) && (value.Text is null || SkillText.IsText(value.Text));
    }
}

/// <summary>A level, or a text.</summary>
/// <param name="Level">0 when it is a text.</param>
/// <param name="Text">Null when it is a level.</param>
internal readonly record struct SkillValue(double Level, string? Text)
{
    private const NumberStyles LevelStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static SkillValue Read(string text) => TryLevel(text, out var level) ? new(level, null) : new(0, text);

    /// <summary>A finite number. "nan" is none but a word: the language Min Nan.</summary>
    public static bool TryLevel(string text, out double level)
    {
        var isLevel = double.TryParse(text, LevelStyle, CultureInfo.InvariantCulture, out level) && double.IsFinite(level);
        level = isLevel && level != 0 ? level : 0;     // no negative zero: it would be written differently
        return isLevel;
    }

    public bool Equals(SkillValue other) => Level.Equals(other.Level) && string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Level, Text is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Text));

    public override string ToString() => Text ?? Level.ToString(CultureInfo.InvariantCulture).Replace("E+", "E", StringComparison.Ordinal);
}
