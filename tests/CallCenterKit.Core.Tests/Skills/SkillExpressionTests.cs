using System.Text.Json;
using CallCenterKit.Skills;

namespace CallCenterKit.Core.Tests.Skills;

public class SkillExpressionTests
{
    [Theory]
    [InlineData("", "any")]
    [InlineData("  Any ", "any")]
    [InlineData("billing>=3 AND (lt Or en) and NOT trainee", "billing >= 3 and (lt or en) and not trainee")]
    [InlineData("((a and (b and c)))", "a and b and c")]
    [InlineData("a or b and c", "a or b and c")]
    [InlineData("not not a", "a")]
    [InlineData("not (a or b)", "not (a or b)")]
    [InlineData("x = 'french' and y != 'two words' and z = -1.50", "x = french and y != 'two words' and z = -1.5")]
    [InlineData("x < 1e20 or x > 0.00001", "x < 1E20 or x > 1E-05")]
    public void Text_has_one_canonical_form(string text, string canonical)
    {
        var expression = SkillExpression.Parse(text);

        Assert.Equal(canonical, expression.ToString());
        Assert.Equal(expression, SkillExpression.Parse(canonical));
    }

    [Theory]
    [InlineData("billing >=", 11, "a number")]
    [InlineData("billing >= french", 12, "not a number")]
    [InlineData("(lt or en", 10, "')' was expected")]
    [InlineData("lt en", 4, "'and', 'or' or the end")]
    [InlineData("lt and", 7, "a skill, 'not' or '('")]
    [InlineData("lt and 3", 8, "'3' is not the name")]
    [InlineData("x = 'open", 5, "does not end")]
    [InlineData("not any", 5, "'any' is not the name")]
    public void A_fault_names_its_position_and_what_was_expected(string text, int position, string message)
    {
        Assert.False(SkillExpression.TryParse(text, out _, out var fault));
        Assert.Equal(position, fault.Position);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"at position {position}: ", Assert.Throws<SkillExpressionException>(() => SkillExpression.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_and_depth_are_limited()
    {
        Assert.True(SkillExpression.TryParse(new string('(', 64) + "a" + new string(')', 64), out _, out _));
        Assert.False(SkillExpression.TryParse(new string('(', 65) + "a" + new string(')', 65), out _, out _));
        Assert.False(SkillExpression.TryParse(string.Concat(Enumerable.Repeat("not ", 400)) + "a", out _, out _));
        Assert.True(SkillExpression.TryParse("a".PadRight(2_000), out _, out _));
        Assert.False(SkillExpression.TryParse("a".PadRight(2_001), out _, out _));
        Assert.True(Assert.Throws<SkillExpressionException>(() => SkillExpression.Parse(new string('(', 100_000))).Message.Length < 400);
    }

    [Fact]
    public void The_typed_form_says_the_same_as_the_text()
    {
        var typed = Skill.AtLeast("billing", 3) & (Skill.Has("lt") | Skill.Has("en")) & !Skill.Is("language", "french") & Skill.AtMost("cost", -0.0);

        Assert.Equal(SkillExpression.Parse("billing >= 3 and (lt or en) and not language = french and cost <= 0"), typed);
        Assert.Throws<ArgumentException>(() => Skill.Has("two words"));
        Assert.Throws<ArgumentException>(() => Skill.AtLeast("billing", double.NaN));
        Assert.Throws<ArgumentException>(() => Skill.Is("language", "it's"));
    }

    [Fact]
    public void Expressions_are_equal_by_value()
    {
        var (one, other) = (SkillExpression.Parse("lt and billing >= 3"), SkillExpression.Parse("LT and (Billing >= 3.0)"));

        Assert.True(one == other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.True(one != SkillExpression.Parse("lt and billing > 3"));
        Assert.True(SkillExpression.Any == SkillExpression.Parse(""));
    }

    [Fact]
    public void And_is_flat_and_leaves_any_out()
    {
        var (a, b) = (SkillExpression.Parse("a and c"), SkillExpression.Parse("b"));

        Assert.Equal("a and c and b", SkillExpression.And([SkillExpression.Any, a, b]).ToString());
        Assert.Same(b, SkillExpression.And([b, SkillExpression.Any]));
        Assert.Same(SkillExpression.Any, SkillExpression.And([]));
        Assert.Throws<ArgumentNullException>(() => SkillExpression.And([b, null!]));
    }

    [Theory]
    [InlineData("billing >= 3", "billing is 2, wanted >= 3")]
    [InlineData("lt", "has no lt")]
    [InlineData("lt or en", "has neither lt nor en")]
    [InlineData("billing >= 1 and lt and en", "has no lt")]
    [InlineData("sales > 1", "has no sales, wanted > 1")]
    [InlineData("lt or billing > 2", "has no lt and billing is 2, wanted > 2")]
    [InlineData("not billing", "must not fulfil billing")]
    [InlineData("billing or lt", null)]
    [InlineData("sales != 1", null)]
    public void What_is_missing_is_said_in_words(string text, string? why) =>
        Assert.Equal(why, SkillExpression.Parse(text).WhyNot(SkillSet.Parse(["billing:2"])));

    [Theory]
    [InlineData("billing >= 3 and sales > 5 and cost <= 4", 2, "billing >= 1 and sales > 3 and cost <= 4")]
    [InlineData("billing >= 3 and lt", 3, "lt")]
    [InlineData("billing >= 3 or lt", 3, "any")]
    [InlineData("billing > 3", 3, "billing > 0")]
    [InlineData("not billing >= 3", 3, "not billing >= 3")]
    [InlineData("billing >= 3", 0, "billing >= 3")]
    public void Lowering_takes_from_each_least_level(string text, int by, string expected) =>
        Assert.Equal(expected, SkillExpression.Parse(text).Lower(by).ToString());

    [Theory]
    [InlineData("lt and billing >= 3", "lt", "billing >= 3")]
    [InlineData("LT", "lt", "any")]
    [InlineData("lt or en", "lt", "any")]
    [InlineData("a and (lt or en) and b", "en", "a and b")]
    [InlineData("a and not lt", "lt", "a")]
    [InlineData("not (lt or en)", "lt", "not en")]
    [InlineData("not (lt and en)", "lt", "any")]
    [InlineData("not (en or not lt)", "lt", "not en")]
    [InlineData("a or b", "c", "a or b")]
    public void A_dropped_skill_counts_as_fulfilled(string text, string skill, string expected) =>
        Assert.Equal(expected, SkillExpression.Parse(text).Drop(skill).ToString());

    [Theory]
    [InlineData(10, 10, 0.667)]
    [InlineData(15, 10, 0.707)]
    [InlineData(10, 9, 0.675)]
    public void The_score_is_the_mean_over_the_comparisons(double sales, double cost, double rounded)
    {
        var score = SkillExpression.Parse("language = french and sales >= 10 and cost <= 10")
            .ScoreOf(SkillSet.Parse(["language:french", FormattableString.Invariant($"sales:{sales}"), FormattableString.Invariant($"cost:{cost}")]));

        Assert.Equal((1 + (1 / (1 + Math.Exp(-(sales - 10) / 10))) + (1 / (1 + Math.Exp((cost - 10) / 10)))) / 3, score, 12);
        Assert.Equal(rounded, score, 3);
    }

    [Fact]
    public void Scores_of_single_comparisons()
    {
        var skills = SkillSet.Parse(["a:2"]);

        Assert.Equal(1, SkillExpression.Any.ScoreOf(skills));
        Assert.Equal(0, SkillExpression.Parse("b >= 1").ScoreOf(skills));
        Assert.Equal(0.5, SkillExpression.Parse("a and b").ScoreOf(skills));
        Assert.Equal(1 / (1 + Math.Exp(-2)), SkillExpression.Parse("a >= 0").ScoreOf(skills), 12);
        Assert.Equal(1, SkillExpression.Parse("not b").ScoreOf(skills));
    }

    [Fact]
    public void An_expression_survives_json_even_when_two_long_ones_were_joined()
    {
        var deep = SkillExpression.Parse($"{string.Concat(Enumerable.Repeat("a or (b and (", 32))}c{new string(')', 64)}");
        var longest = SkillExpression.Parse(string.Join(" or ", Enumerable.Repeat("x=1", 280)));
        foreach (var expression in new[] { SkillExpression.Any, longest & longest & deep })
            Assert.Equal(expression, JsonSerializer.Deserialize<SkillExpression>(JsonSerializer.Serialize(expression)));

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SkillExpression>("\"lt and\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SkillExpression>("3"));
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var expression = SkillExpression.Parse("billing >= 3 and (lt or en) and not trainee and language = French");
        var skills = SkillSet.Parse(["Billing:3", "en", "language:french"]);
        Assert.True(expression.Matches(skills));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            _ = expression.Matches(skills);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
