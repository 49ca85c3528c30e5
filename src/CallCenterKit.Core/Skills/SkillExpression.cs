using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenterKit.Skills;

/// <summary>What an agent must be able to do: <c>billing >= 3 and (lt or en) and not trainee</c>. Immutable; any thread.</summary>
/// <remarks>
/// Comparisons are <c>&gt;= &lt;= &gt; &lt; = !=</c> with a number, a word or a 'quoted text'; a bare name asks whether the skill
/// is there. A skill that is missing fails every comparison but <c>!=</c>. "not" binds closest, then "and", then "or".
/// Two expressions are equal when their texts are, whatever the case. Relaxing one (<see cref="Lower"/>, <see cref="Drop"/>) never
/// shuts out who was let in: below a "not" the comparisons turn round.
/// </remarks>
[JsonConverter(typeof(SkillExpressionJsonConverter))]
public abstract record SkillExpression
{
    private string? _text;
    private int _hash;

    private protected SkillExpression()
    {
    }

    /// <summary>A copy writes its own text.</summary>
    protected SkillExpression(SkillExpression original) => ArgumentNullException.ThrowIfNull(original);

    /// <summary>Everybody. Its text is "any".</summary>
    public static SkillExpression Any { get; } = new AnySkill();

    /// <summary>How strongly it binds: or 0, and 1, not 2, the rest 3.</summary>
    internal abstract int Binding { get; }

    /// <summary>Both.</summary>
    public static SkillExpression operator &(SkillExpression one, SkillExpression other) => And([one, other]);

    /// <summary>One at least.</summary>
    public static SkillExpression operator |(SkillExpression one, SkillExpression other) => Or([one, other]);

    /// <summary>The contrary.</summary>
    public static SkillExpression operator !(SkillExpression one) => Not(one);

    /// <summary>All of them; <see cref="Any"/> adds nothing.</summary>
    public static SkillExpression And(IEnumerable<SkillExpression> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        var parts = new List<SkillExpression>();
        foreach (var each in all)
        {
            ArgumentNullException.ThrowIfNull(each, nameof(all));
            if (each is AllSkills nested)
                parts.AddRange(nested.Parts);
            else if (each is not AnySkill)
                parts.Add(each);
        }
        return parts.Count switch { 0 => Any, 1 => parts[0], _ => new AllSkills([.. parts]) };
    }

    /// <summary>One of them at least; with <see cref="Any"/> among them, everybody.</summary>
    public static SkillExpression Or(IEnumerable<SkillExpression> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        var parts = new List<SkillExpression>();
        foreach (var each in all)
        {
            ArgumentNullException.ThrowIfNull(each, nameof(all));
            if (each is AnySkill)
                return Any;
            if (each is OneSkill nested)
                parts.AddRange(nested.Parts);
            else
                parts.Add(each);
        }
        return parts.Count switch { 0 => Any, 1 => parts[0], _ => new OneSkill([.. parts]) };
    }

    /// <summary>The contrary.</summary>
    /// <exception cref="ArgumentException">Nobody is not a requirement: it is <see cref="Any"/>.</exception>
    public static SkillExpression Not(SkillExpression one) => one switch
    {
        AnySkill => throw new ArgumentException("'not any' would let nobody in.", nameof(one)),
        NoSkill no => no.Inner,
        null => throw new ArgumentNullException(nameof(one)),
        _ => new NoSkill(one),
    };

    /// <summary>Reads an expression of at most 2,000 characters, 64 levels deep. Empty is <see cref="Any"/>.</summary>
    /// <exception cref="SkillExpressionException">It is none; the message names the position.</exception>
    public static SkillExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var expression, out var fault) ? expression : throw new SkillExpressionException(text, fault);
    }

    /// <summary>Reads an expression; false when it is none, with what is wrong.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SkillExpression? expression, [NotNullWhen(false)] out SkillExpressionFault? fault)
    {
        var parser = new SkillExpressionParser(text ?? "", 2_000, 64);
        expression = parser.Read();
        fault = parser.Fault;
        return expression is not null;
    }

    /// <summary>As <see cref="TryParse"/>, for what this program wrote: two expressions joined are longer and deeper than each.</summary>
    internal static bool TryRead(string? text, [NotNullWhen(true)] out SkillExpression? expression, [NotNullWhen(false)] out SkillExpressionFault? fault)
    {
        var parser = new SkillExpressionParser(text ?? "", 8_000, 128);
        expression = parser.Read();
        fault = parser.Fault;
        return expression is not null;
    }

    /// <summary>Whether the skills fulfil it. Allocates nothing.</summary>
    public abstract bool Matches(SkillSet skills);

    /// <summary>The first thing that is missing, in words; null when nothing is.</summary>
    public abstract string? WhyNot(SkillSet skills);

    /// <summary>With every level that is wanted at least lowered; a level of 0 or less is wanted no more.</summary>
    /// <param name="by">0 or more.</param>
    /// <remarks>What is forbidden stays forbidden: a limit below "not" is left alone.</remarks>
    public SkillExpression Lower(int by)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(by);
        return by == 0 ? this : Relax(new(null, by), wanted: true) ?? Any;
    }

    /// <summary>Without everything that is said about this skill.</summary>
    public SkillExpression Drop(string skill)
    {
        ArgumentNullException.ThrowIfNull(skill);
        return Relax(new(skill, 0), wanted: true) ?? Any;
    }

    /// <summary>
    /// How well the skills fulfil it, 0 to 1: the mean over its comparisons. An equal value scores 1, another 0; an ordered one
    /// 1/(1+e^−x) with x = (value − limit)/limit, sign turned for "at most"; a missing skill 0.
    /// </summary>
    public double ScoreOf(SkillSet skills)
    {
        ArgumentNullException.ThrowIfNull(skills);
        var (sum, count) = (0.0, 0);
        Score(skills, ref sum, ref count);
        return count == 0 ? 1 : sum / count;
    }

    /// <inheritdoc />
    public virtual bool Equals(SkillExpression? other) => ReferenceEquals(this, other)
        || (other is not null && GetHashCode() == other.GetHashCode() && string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc />
    public override int GetHashCode() => _hash != 0 ? _hash : _hash = string.GetHashCode(ToString(), StringComparison.OrdinalIgnoreCase) | 1;

    /// <summary>The text that <see cref="Parse"/> reads, unless it was put together longer or deeper than that allows.</summary>
    public sealed override string ToString() => _text ??= Write();

    internal abstract string Write();

    /// <summary>Null when nothing is left: then it counts as fulfilled where it is wanted, as not fulfilled below a "not".</summary>
    internal abstract SkillExpression? Relax(SkillRelaxation relaxation, bool wanted);

    internal abstract void Score(SkillSet skills, ref double sum, ref int count);

    internal string Inside(int binding) => Binding < binding ? $"({this})" : ToString();
}
