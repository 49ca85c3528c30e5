namespace CallCenterKit.DialPlans;

public class DialPlanTests
{
    private static readonly DialPlan Plan = new(Rules(
        ("5000", new ToFlow("welcome")),
        ("500*", new ToQueue(new("support"))),
        ("5*", new ToQueue(new("sales"))),
        ("*45", new ToFlow("login")),
        ("1001", new ToExtension(new("1001")) { Recording = Recordings.RecordingMode.FromAnswer })));

    [Theory]
    [InlineData("5000", "welcome")]
    [InlineData("*45", "login")]
    public void The_exact_number_wins(string number, string flow) => Assert.Equal(new ToFlow(flow), Plan.Find(number));

    [Theory]
    [InlineData("5001", "support")]
    [InlineData("50000", "support")]
    [InlineData("500", "support")]
    [InlineData("51", "sales")]
    [InlineData("5", "sales")]
    public void Then_the_longest_beginning(string number, string queue) => Assert.Equal(new ToQueue(new(queue)), Plan.Find(number));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("10011")]
    [InlineData("+37060000001")]
    [InlineData("*4")]
    [InlineData("*456")]
    public void What_no_rule_names_leads_nowhere(string number) => Assert.Null(Plan.Find(number));

    [Theory]
    [InlineData("5000", "")] // named whole
    [InlineData("500101", "101")]
    [InlineData("500", "")]
    [InlineData("51", "1")]
    [InlineData("777", "")]
    [InlineData("", "")]
    public void What_follows_the_longest_beginning_is_the_rest(string number, string rest) => Assert.Equal(rest, Plan.RestOf(number));

    [Fact]
    public void An_empty_plan_leads_nowhere() => Assert.Null(new DialPlan([]).Find("5000"));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("5*0")]
    [InlineData("5**")]
    public void A_malformed_pattern_is_named(string pattern)
    {
        var fault = Assert.Throws<ArgumentException>(() => new DialPlan(Rules((pattern, new ToFlow("x")))));

        Assert.Contains($"'{pattern}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5000")]
    [InlineData("50*")]
    public void A_pattern_that_stands_twice_is_named(string pattern)
    {
        var fault = Assert.Throws<ArgumentException>(() => new DialPlan(Rules((pattern, new ToFlow("x")), (pattern, new ToFlow("y")))));

        Assert.Contains($"'{pattern}' stands twice", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_and_a_beginning_of_the_same_digits_are_two_patterns() =>
        Assert.Equal(new ToFlow("x"), new DialPlan(Rules(("50", new ToFlow("x")), ("50*", new ToFlow("y")))).Find("50"));

    private static IEnumerable<KeyValuePair<string, DialPlanTarget>> Rules(params (string Pattern, DialPlanTarget Target)[] rules) =>
        rules.Select(rule => KeyValuePair.Create(rule.Pattern, rule.Target));
}
