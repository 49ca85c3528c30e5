namespace CallCenterKit.Skills;

/// <summary>What is taken from a requirement: one skill, or some levels.</summary>
/// <param name="Skill">The skill about which nothing is wanted any more; null for none.</param>
/// <param name="Lower">By how much each least level falls.</param>
internal readonly record struct SkillRelaxation(string? Skill, int Lower)
{
    /// <summary>What is left of the parts.</summary>
    public static List<SkillExpression> Each(SkillExpression[] parts, SkillRelaxation relaxation, bool wanted)
    {
        var rest = new List<SkillExpression>(parts.Length);
        foreach (var part in parts)
        {
            if (part.Relax(relaxation, wanted) is { } left)
                rest.Add(left);
        }
        return rest;
    }

    public bool Drops(string name) => name.Equals(Skill, StringComparison.OrdinalIgnoreCase);
}
