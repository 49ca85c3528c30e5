using CallCenterKit.Skills;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenterKit.Core.Tests.Skills;

public class SkillPropertyTests
{
    private const int Runs = 500;
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Signs = [">=", "<=", ">", "<", "=", "!="];

    private static readonly Gen<Node> Leaf =
        from name in Gen.Elements(Names)
        from sign in Gen.Frequency((1, Gen.Constant("")), (3, Gen.Elements(Signs)))
        from level in Gen.Choose(-1, 4)
        from word in Gen.Choose(0, 3)
        select sign is "=" or "!=" && word == 0 ? new Node(sign, name, "red", []) : new Node(sign, name, level, []);

    private static readonly Gen<string[]> Skills =
        from values in Gen.ArrayOf(Gen.Elements("", ":0", ":1", ":2.5", ":4", ":red", "-"), Names.Length)
        select Names.Zip(values).Where(pair => pair.Second != "-").Select(pair => pair.First + pair.Second).ToArray();

    private static readonly Gen<(Node Node, string[] Skills)> Cases = from node in Tree(4) from skills in Skills select (node, skills);

    [Fact]
    public void Text_read_back_is_equal() => Check(Cases, each =>
    {
        var expression = SkillExpression.Parse(each.Node.Text);
        var again = SkillExpression.Parse(expression.ToString());

        Assert.Equal(expression, again);
        Assert.Equal(expression.ToString(), again.ToString());
    });

    [Fact]
    public void Matching_agrees_with_the_naive_evaluator() => Check(Cases, each =>
    {
        var (expression, skills) = (SkillExpression.Parse(each.Node.Text), SkillSet.Parse(each.Skills));

        Assert.Equal(each.Node.Holds(each.Skills), expression.Matches(skills));
        Assert.Equal(expression.Matches(skills), expression.WhyNot(skills) is null);
        Assert.InRange(expression.ScoreOf(skills), 0, 1);
    });

    [Fact]
    public void Relaxing_shuts_nobody_out() => Check(Cases, each =>
    {
        var (expression, skills) = (SkillExpression.Parse(each.Node.Text), SkillSet.Parse(each.Skills));
        foreach (var relaxed in Names.Select(expression.Drop).Append(expression.Lower(1)).Append(expression.Lower(9)))
            Assert.True(!expression.Matches(skills) || relaxed.Matches(skills), $"{expression} became {relaxed}");
    });

    [Fact]
    public void A_dropped_skill_is_said_nothing_about() => Check(Cases, each =>
        Assert.Same(SkillExpression.Any, Names.Aggregate(SkillExpression.Parse(each.Node.Text), (rest, name) => rest.Drop(name))));

    [Fact]
    public void Whatever_the_text_nothing_but_its_own_exception_is_thrown()
    {
        string[] pieces = ["a", "and", "or", "not", "any", "(", ")", ">=", "!=", "=", "!", "'", "1", "1e999", "-", ".", " ", "\0", "é", "\ud800", "nan"];
        var texts = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>(),
            Gen.Elements(pieces).ArrayOf().Select(some => string.Join(' ', some)),
            Gen.Elements(pieces).ArrayOf().Select(string.Concat));
        Check(texts, text =>
        {
            try
            {
                var expression = SkillExpression.Parse(text ?? "");
                Assert.Equal(expression, SkillExpression.Parse(expression.ToString()));
            }
            catch (SkillExpressionException wrong)
            {
                Assert.InRange(wrong.Fault!.Position, 1, text!.Length + 1);
            }
        });
    }

    private static Gen<Node> Tree(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (2, Leaf),
        (1, from inner in Tree(depth - 1) select new Node("not", "", 0, [inner])),
        (3, from sign in Gen.Elements("and", "or") from one in Tree(depth - 1) from other in Tree(depth - 1) select new Node(sign, "", 0, [one, other])));

    private static void Check<T>(Gen<T> cases, Action<T> property) =>
        Prop.ForAll(Arb.From(cases), property).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    /// <summary>An expression as plain data, and what it means word for word.</summary>
    private sealed record Node(string Sign, string Name, object Value, Node[] Parts)
    {
        public string Text => Sign switch
        {
            "not" => $"not ({Parts[0].Text})",
            "and" or "or" => $"({Parts[0].Text}) {Sign} ({Parts[1].Text})",
            _ => Sign.Length == 0 ? Name : $"{Name} {Sign} {Value}",
        };

        public bool Holds(string[] skills)
        {
            switch (Sign)
            {
                case "not": return !Parts[0].Holds(skills);
                case "and": return Parts[0].Holds(skills) && Parts[1].Holds(skills);
                case "or": return Parts[0].Holds(skills) || Parts[1].Holds(skills);
            }
            var skill = skills.FirstOrDefault(each => each.Split(':')[0] == Name);
            if (skill is null)
                return Sign == "!=";
            var text = skill.Contains(':', StringComparison.Ordinal) ? skill.Split(':')[1] : "1";
            object value = text == "red" ? text : double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            object limit = Value is int level ? (double)level : Value;
            var ordered = value is double x && limit is double y ? x.CompareTo(y) : (int?)null;
            return Sign switch
            {
                "" => true,
                "=" => value.Equals(limit),
                "!=" => !value.Equals(limit),
                ">=" => ordered >= 0,
                "<=" => ordered <= 0,
                ">" => ordered > 0,
                _ => ordered < 0,
            };
        }
    }
}
