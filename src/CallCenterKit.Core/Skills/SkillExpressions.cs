using System.Globalization;

namespace CallCenterKit.Skills;

/// <summary>Everybody.</summary>
internal sealed class AnySkill : SkillExpression
{
    internal override int Binding => 3;

    public override bool Matches(SkillSet skills) => true;

    public override string? WhyNot(SkillSet skills) => null;

    public override SkillExpression Lower(double by) => this;

    public override SkillExpression Drop(string skill) => this;

    internal override string Write() => "any";

    internal override void Score(SkillSet skills, ref double sum, ref int count)
    {
    }
}

/// <summary>All parts.</summary>
internal sealed class AllSkills(SkillExpression[] parts) : SkillExpression
{
    public SkillExpression[] Parts { get; } = parts;

    internal override int Binding => 1;

    public override bool Matches(SkillSet skills)
    {
        foreach (var part in Parts)
        {
            if (!part.Matches(skills))
                return false;
        }
        return true;
    }

    public override string? WhyNot(SkillSet skills) => Parts.Select(part => part.WhyNot(skills)).FirstOrDefault(why => why is not null);

    public override SkillExpression Lower(double by) => And(Parts.Select(part => part.Lower(by)));

    public override SkillExpression Drop(string skill) => And(Parts.Select(part => part.Drop(skill)));

    internal override string Write() => string.Join(" and ", Parts.Select(part => part.Inside(Binding)));

    internal override void Score(SkillSet skills, ref double sum, ref int count)
    {
        foreach (var part in Parts)
            part.Score(skills, ref sum, ref count);
    }
}

/// <summary>One part at least.</summary>
internal sealed class OneSkill(SkillExpression[] parts) : SkillExpression
{
    public SkillExpression[] Parts { get; } = parts;

    internal override int Binding => 0;

    public override bool Matches(SkillSet skills)
    {
        foreach (var part in Parts)
        {
            if (part.Matches(skills))
                return true;
        }
        return false;
    }

    public override string? WhyNot(SkillSet skills)
    {
        var reasons = Parts.Select(part => part.WhyNot(skills)).ToList();
        return reasons.Contains(null) ? null : string.Join(" and ", reasons);
    }

    public override SkillExpression Lower(double by) => Or(Parts.Select(part => part.Lower(by)));

    public override SkillExpression Drop(string skill) => Or(Parts.Select(part => part.Drop(skill)));

    internal override string Write() => string.Join(" or ", Parts.Select(part => part.Inside(Binding)));

    internal override void Score(SkillSet skills, ref double sum, ref int count)
    {
        foreach (var part in Parts)
            part.Score(skills, ref sum, ref count);
    }
}

/// <summary>The contrary.</summary>
internal sealed class NoSkill(SkillExpression inner) : SkillExpression
{
    public SkillExpression Inner { get; } = inner;

    internal override int Binding => 2;

    public override bool Matches(SkillSet skills) => !Inner.Matches(skills);

    public override string? WhyNot(SkillSet skills) => Matches(skills) ? null : $"must not fulfil {Inner.Inside(Binding)}";

    /// <summary>What is forbidden stays forbidden.</summary>
    public override SkillExpression Lower(double by) => this;

    public override SkillExpression Drop(string skill)
    {
        var rest = Inner.Drop(skill);
        return rest is AnySkill ? rest : Not(rest);
    }

    internal override string Write() => $"not {Inner.Inside(Binding)}";

    internal override void Score(SkillSet skills, ref double sum, ref int count) =>
        (sum, count) = (sum + (Matches(skills) ? 1 : 0), count + 1);
}

/// <summary>The skill is there.</summary>
internal sealed class HasSkill(string name) : SkillExpression
{
    internal override int Binding => 3;

    public override bool Matches(SkillSet skills) => skills.TryGet(name, out _);

    public override string? WhyNot(SkillSet skills) => Matches(skills) ? null : $"has no {name}";

    public override SkillExpression Lower(double by) => this;

    public override SkillExpression Drop(string skill) => name.Equals(skill, StringComparison.OrdinalIgnoreCase) ? Any : this;

    internal override string Write() => name;

    internal override void Score(SkillSet skills, ref double sum, ref int count) =>
        (sum, count) = (sum + (Matches(skills) ? 1 : 0), count + 1);
}

/// <summary>The skill compares with a value.</summary>
internal sealed class ComparedSkill(string name, SkillOperator comparison, SkillValue limit) : SkillExpression
{
    internal override int Binding => 3;

    public override bool Matches(SkillSet skills)
    {
        if (!skills.TryGet(name, out var value))
            return comparison == SkillOperator.Differs;
        if (comparison is SkillOperator.Equal or SkillOperator.Differs)
            return value == limit == (comparison == SkillOperator.Equal);
        if (value.Text is not null || limit.Text is not null)
            return false;
        return comparison switch
        {
            SkillOperator.AtLeast => value.Level >= limit.Level,
            SkillOperator.AtMost => value.Level <= limit.Level,
            SkillOperator.More => value.Level > limit.Level,
            _ => value.Level < limit.Level,
        };
    }

    public override string? WhyNot(SkillSet skills)
    {
        if (Matches(skills))
            return null;
        return skills.TryGet(name, out var value) ? $"{name} is {value}, wanted {Sign} {Limit}" : $"has no {name}, wanted {Sign} {Limit}";
    }

    public override SkillExpression Lower(double by)
    {
        if (comparison is not (SkillOperator.AtLeast or SkillOperator.More) || limit.Text is not null || by <= 0)
            return this;
        var lower = limit.Level - by;
        return lower > 0 || (lower == 0 && comparison == SkillOperator.More) ? new ComparedSkill(name, comparison, new(lower, null)) : Any;
    }

    public override SkillExpression Drop(string skill) => name.Equals(skill, StringComparison.OrdinalIgnoreCase) ? Any : this;

    internal override string Write() => $"{name} {Sign} {Limit}";

    internal override void Score(SkillSet skills, ref double sum, ref int count)
    {
        count++;
        if (comparison is SkillOperator.Equal or SkillOperator.Differs)
        {
            sum += Matches(skills) ? 1 : 0;
        }
        else if (skills.TryGet(name, out var value) && value.Text is null && limit.Text is null)
        {
            var distance = (value.Level - limit.Level) / (limit.Level == 0 ? 1 : Math.Abs(limit.Level));
            sum += 1 / (1 + Math.Exp(comparison is SkillOperator.AtMost or SkillOperator.Less ? distance : -distance));
        }
    }

    private string Sign => comparison switch
    {
        SkillOperator.AtLeast => ">=",
        SkillOperator.AtMost => "<=",
        SkillOperator.More => ">",
        SkillOperator.Less => "<",
        SkillOperator.Equal => "=",
        _ => "!=",
    };

    private string Limit => limit.Text switch
    {
        null => limit.Level.ToString(CultureInfo.InvariantCulture),
        { } word when SkillText.IsName(word) => word,
        { } text => $"'{text}'",
    };
}

/// <summary>How a skill compares with a value.</summary>
internal enum SkillOperator
{
    AtLeast,
    AtMost,
    More,
    Less,
    Equal,
    Differs,
}
