namespace CallCenterKit.Skills;

/// <summary>Requirements written in C#: <c>Skill.AtLeast("billing", 3) &amp; (Skill.Has("lt") | Skill.Has("en"))</c>.</summary>
/// <remarks>Each throws <see cref="ArgumentException"/> for a name that is none.</remarks>
public static class Skill
{
    /// <summary>The skill is there, at whatever level.</summary>
    public static SkillExpression Has(string name) => new HasSkill(Checked(name));

    /// <summary>The level is this or higher.</summary>
    public static SkillExpression AtLeast(string name, double level) => Compare(name, SkillOperator.AtLeast, level);

    /// <summary>The level is this or lower.</summary>
    public static SkillExpression AtMost(string name, double level) => Compare(name, SkillOperator.AtMost, level);

    /// <summary>The value is this text, whatever the case.</summary>
    public static SkillExpression Is(string name, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (!SkillText.IsText(text))
            throw new ArgumentException($"The text '{text}' must not hold an apostrophe or a control character.", nameof(text));
        return new ComparedSkill(Checked(name), SkillOperator.Equal, new(0, text));
    }

    private static ComparedSkill Compare(string name, SkillOperator comparison, double level) => double.IsFinite(level)
        ? new(Checked(name), comparison, new(level == 0 ? 0 : level, null))
        : throw new ArgumentException($"The level {level} must be a number.", nameof(level));

    private static string Checked(string name) => SkillText.IsName(name)
        ? name
        : throw new ArgumentException($"Skill '{name}' must begin with a letter and consist of letters, digits, '-', '_' and '.', 64 at most.", nameof(name));
}
