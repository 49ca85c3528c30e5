using System.Text.Json;
using CallCenterKit.Skills;

namespace CallCenterKit.Core.Tests.Skills;

public class SkillSetTests
{
    [Fact]
    public void A_set_is_written_in_order_of_its_names() =>
        Assert.Equal(["billing:3", "language:french", "lt:1"], SkillSet.Parse(["lt", "language:french", "billing:3"]).Items);

    [Fact]
    public void Sets_are_equal_whatever_the_order_and_the_case()
    {
        var (one, other) = (SkillSet.Parse(["lt", "language:french"]), SkillSet.Parse(["Language:French", "LT:1"]));

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, SkillSet.Parse(["lt:2", "language:french"]));
        Assert.Equal(SkillSet.Empty, SkillSet.Parse([]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("-lt")]
    [InlineData("lt:")]
    [InlineData("two words")]
    [InlineData("lt:it's")]
    [InlineData("not:3")]
    public void A_bad_item_is_named(string item)
    {
        Assert.Contains($"'{item}' must be", Assert.Throws<FormatException>(() => SkillSet.Parse(["en", item])).Message, StringComparison.Ordinal);
        Assert.False(SkillSet.TryParse([item], out var skills, out var fault));
        Assert.Null(skills);
        Assert.Contains(item, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_skill_stands_once() =>
        Assert.Contains("'LT' stands twice", Assert.Throws<FormatException>(() => SkillSet.Parse(["lt", "LT:2"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_set_survives_json()
    {
        var skills = SkillSet.Parse(["billing:0.00001", "language:nan", "title:head of sales"]);
        var json = JsonSerializer.Serialize(skills);

        Assert.Equal("""["billing:1E-05","language:nan","title:head of sales"]""", json);
        Assert.Equal(skills, JsonSerializer.Deserialize<SkillSet>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SkillSet>("""["3"]"""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SkillSet>("[null]"));
    }
}
