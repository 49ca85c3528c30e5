namespace CallCenterKit.Skills;

/// <summary>Everybody.</summary>
internal sealed record AnySkill : SkillExpression
{
    internal override int Binding => 3;

    public override bool Matches(SkillSet skills) => true;

    public override string? WhyNot(SkillSet skills) => null;

    public bool Equals(AnySkill? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    internal override SkillExpression? Relax(SkillRelaxation relaxation, bool wanted) => null;

    internal override string Write() => "any";

    internal override void Score(SkillSet skills, ref double sum, ref int count)
    {
    }
}

/// <summary>All parts.</summary>
internal sealed record AllSkills(SkillExpression[] Parts) : SkillExpression
{
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

    public bool Equals(AllSkills? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    internal override SkillExpression? Relax(SkillRelaxation relaxation, bool wanted)
    {
        var rest = SkillRelaxation.Each(Parts, relaxation, wanted);
        return rest.Count == 0 || (!wanted && rest.Count < Parts.Length) ? null : And(rest);
    }

    internal override string Write() => string.Join(" and ", Parts.Select(part => part.Inside(Binding)));

    internal override void Score(SkillSet skills, ref double sum, ref int count)
    {
        foreach (var part in Parts)
            part.Score(skills, ref sum, ref count);
    }
}

/// <summary>One part at least.</summary>
internal sealed record OneSkill(SkillExpression[] Parts) : SkillExpression
{
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
        if (Matches(skills))
            return null;
        return Parts.All(part => part is HasSkill)
            ? $"has neither {string.Join(" nor ", Parts.AsEnumerable())}"
            : string.Join(" and ", Parts.Select(part => part.WhyNot(skills)));
    }

    public bool Equals(OneSkill? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    internal override SkillExpression? Relax(SkillRelaxation relaxation, bool wanted)
    {
        var rest = SkillRelaxation.Each(Parts, relaxation, wanted);
        return rest.Count == 0 || (wanted && rest.Count < Parts.Length) ? null : Or(rest);
    }

    internal override string Write() => string.Join(" or ", Parts.Select(part => part.Inside(Binding)));

    internal override void Score(SkillSet skills, ref double sum, ref int count)
    {
        foreach (var part in Parts)
            part.Score(skills, ref sum, ref count);
    }
}

/// <summary>The contrary.</summary>
internal sealed record NoSkill(SkillExpression Inner) : SkillExpression
{
    internal override int Binding => 2;

    public override bool Matches(SkillSet skills) => !Inner.Matches(skills);

    public override string? WhyNot(SkillSet skills) => Matches(skills) ? null : $"must not fulfil {Inner.Inside(Binding)}";

    public bool Equals(NoSkill? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    internal override SkillExpression? Relax(SkillRelaxation relaxation, bool wanted) =>
        Inner.Relax(relaxation, !wanted) is { } rest ? Not(rest) : null;

    internal override string Write() => $"not {Inner.Inside(Binding)}";

    internal override void Score(SkillSet skills, ref double sum, ref int count) =>
        (sum, count) = (sum + (Matches(skills) ? 1 : 0), count + 1);
}

/// <summary>The skill is there.</summary>
internal sealed record HasSkill(string Name) : SkillExpression
{
    internal override int Binding => 3;

    public override bool Matches(SkillSet skills) => skills.TryGet(Name, out _);

    public override string? WhyNot(SkillSet skills) => Matches(skills) ? null : $"has no {Name}";

    public bool Equals(HasSkill? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    internal override SkillExpression? Relax(SkillRelaxation relaxation, bool wanted) => relaxation.Drops(Name) ? null : this;

    internal override string Write() => Name;

    internal override void Score(SkillSet skills, ref double sum, ref int count) =>
        (sum, count) = (sum + (Matches(skills) ? 1 : 0), count + 1);
}

/// <summary>The skill compares with a value.</summary>
internal sealed record ComparedSkill(string Name, SkillOperator Comparison, SkillValue Value) : SkillExpression
{
    internal override int Binding => 3;

    public override bool Matches(SkillSet skills)
    {
        if (!skills.TryGet(Name, out var value))
            return Comparison == SkillOperator.Differs;
        if (Comparison is SkillOperator.Equal or SkillOperator.Differs)
            return value == Value == (Comparison == SkillOperator.Equal);
        if (value.Text is not null || Value.Text is not null)
            return false;
        return Comparison switch
        {
            SkillOperator.AtLeast => value.Level >= Value.Level,
            SkillOperator.AtMost => value.Level <= Value.Level,
            SkillOperator.More => value.Level > Value.Level,
            _ => value.Level < Value.Level,
        };
    }

    public override string? WhyNot(SkillSet skills)
    {
        if (Matches(skills))
            return null;
        return skills.TryGet(Name, out var value) ? $"{Name} is {value}, wanted {Sign} {Limit}" : $"has no {Name}, wanted {Sign} {Limit}";
    }

    public bool Equals(ComparedSkill? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    internal override SkillExpression? Relax(SkillRelaxation relaxation, bool wanted)
    {
        if (relaxation.Drops(Name))
            return null;
        if (relaxation.Lower == 0 || !wanted || Comparison is not (SkillOperator.AtLeast or SkillOperator.More))
            return this;
        var lower = Value.Level - relaxation.Lower;
        return lower > 0 || (lower == 0 && Comparison == SkillOperator.More) ? new ComparedSkill(Name, Comparison, new(lower, null)) : null;
    }

    internal override string Write() => $"{Name} {Sign} {Limit}";

    internal override void Score(SkillSet skills, ref double sum, ref int count)
    {
        count++;
        if (Comparison is SkillOperator.Equal or SkillOperator.Differs)
        {
            sum += Matches(skills) ? 1 : 0;
        }
        else if (skills.TryGet(Name, out var value) && value.Text is null && Value.Text is null)
        {
            var distance = (value.Level - Value.Level) / (Value.Level == 0 ? 1 : Math.Abs(Value.Level));
            sum += 1 / (1 + Math.Exp(Comparison is SkillOperator.AtMost or SkillOperator.Less ? distance : -distance));
        }
    }

    private string Sign => Comparison switch
    {
        SkillOperator.AtLeast => ">=",
        SkillOperator.AtMost => "<=",
        SkillOperator.More => ">",
        SkillOperator.Less => "<",
        SkillOperator.Equal => "=",
        _ => "!=",
    };

    private string Limit => Value.Text switch
    {
        null => Value.ToString(),
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
