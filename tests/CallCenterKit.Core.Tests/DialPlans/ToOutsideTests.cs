using CallCenterKit.DialPlans;

namespace CallCenterKit.Core.Tests.DialPlans;

/// <summary>Who may dial outside, and what the trunk is told.</summary>
public class ToOutsideTests
{
    private static readonly EndpointId Desk = new("101"), Other = new("102");
    private static readonly AgentId Alice = new("alice"), Bob = new("bob");

    [Fact]
    public void Each_of_ours_may_unless_the_rule_names_some()
    {
        var open = new ToOutside();

        Assert.True(open.Allows(Desk, null));
        Assert.True(open.Allows(null, Alice));
    }

    [Fact]
    public void Nobody_of_ours_is_nobody() => Assert.False(new ToOutside().Allows(null, null));

    [Fact]
    public void A_rule_that_names_a_phone_serves_whoever_sits_there()
    {
        var rule = new ToOutside("abroad") { Callers = new(new HashSet<EndpointId> { Desk }, new HashSet<AgentId>()) };

        Assert.True(rule.Allows(Desk, Bob));
        Assert.False(rule.Allows(Other, Bob));
        Assert.False(rule.Allows(null, Alice));
    }

    [Fact]
    public void A_rule_that_names_an_agent_serves_them_on_any_phone()
    {
        var rule = new ToOutside("abroad") { Callers = new(new HashSet<EndpointId>(), new HashSet<AgentId> { Alice }) };

        Assert.True(rule.Allows(Other, Alice));
        Assert.False(rule.Allows(Other, Bob));
        Assert.False(rule.Allows(Other, null));
    }

    [Fact]
    public void A_trunk_is_let_through_by_name_only() => Assert.Empty(new ToOutside { Trunks = ["a", "b"] }.TrunksFor("a"));

    [Fact]
    public void A_call_never_goes_back_over_the_trunk_it_came_from()
    {
        var rule = new ToOutside { Trunks = ["a", "b"], FromTrunks = ["a"] };

        Assert.Equal(["b"], rule.TrunksFor("a"));
        Assert.Empty(rule.TrunksFor("b"));
    }

    [Theory]
    [InlineData(0, "", "030123", "030123")]
    [InlineData(1, "", "0030123", "030123")]
    [InlineData(2, "+", "004930123", "+4930123")]
    [InlineData(1, "+49", "030123", "+4930123")]
    public void The_trunk_is_told_the_number_without_what_leads_outside(int strip, string prefix, string dialled, string number) =>
        Assert.Equal(number, new ToOutside { Strip = strip, Prefix = prefix }.NumberOf(dialled));

    [Theory]
    [InlineData(1, "0")]
    [InlineData(0, "sip:fraud")]
    [InlineData(0, "12 34")]
    [InlineData(0, "+")]
    [InlineData(0, "123456789012345678901234567890123")]
    public void What_is_no_number_is_not_dialled(int strip, string dialled) => Assert.Null(new ToOutside { Strip = strip }.NumberOf(dialled));
}
