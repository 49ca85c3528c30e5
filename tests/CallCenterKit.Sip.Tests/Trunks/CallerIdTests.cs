using CallCenterKit.Sip.Trunks;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Trunks;

public sealed class CallerIdTests
{
    private const string Anonymous = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

    private static SipTrunkOptions Options(string? callerId, string allowed, bool trusts)
    {
        var options = new SipTrunkOptions { Name = "t", Host = "c.example", CallerId = callerId, TrustsIdentity = trusts };
        foreach (var one in allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.AllowedCallerIds.Add(one);
        return options;
    }

    // Fixed number, allowed ones, trust; caller; From, P-Asserted-Identity, Privacy.
    [Theory]
    [InlineData(null, "", false, "200", "<sip:200@c.example>", null, null)]
    [InlineData(null, "", true, "200", "<sip:200@c.example>", "<sip:200@c.example>", null)]
    [InlineData("4930", "", false, "200", "<sip:4930@c.example>", null, null)]
    [InlineData("4930", "", true, "200", "<sip:4930@c.example>", "<sip:4930@c.example>", null)]
    [InlineData("4930", "", false, "4930", "<sip:4930@c.example>", null, null)]
    [InlineData("4930", "49305*", false, "493051", "<sip:493051@c.example>", null, null)]
    [InlineData("4930", "49305*", false, "49306", "<sip:4930@c.example>", null, null)]
    [InlineData("4930", "49305", false, "493051", "<sip:4930@c.example>", null, null)]
    [InlineData("4930", "1 49305", true, "49305", "<sip:49305@c.example>", "<sip:49305@c.example>", null)]
    [InlineData(null, "", false, "", Anonymous, null, null)]
    [InlineData(null, "", true, "", Anonymous, null, "id")]
    [InlineData("4930", "", false, "", Anonymous, null, null)]
    [InlineData("4930", "", true, "", Anonymous, "<sip:4930@c.example>", "id")]
    public void Who_is_shown_follows_the_rules(string? callerId, string allowed, bool trusts, string caller, string from, string? asserted, string? privacy) =>
        Assert.Equal(new(from, asserted, privacy), new CallerIdPolicy(Options(callerId, allowed, trusts), "c.example").Show(new(caller)));

    [Fact]
    public void Name_is_shown_with_its_own_number_only()
    {
        var policy = new CallerIdPolicy(Options("4930", "200", false), "c.example");

        Assert.Equal("\"Ada\" <sip:200@c.example>", policy.Show(new("200", "Ada")).From);
        Assert.Equal("<sip:4930@c.example>", policy.Show(new("201", "Bob")).From);
    }

    [Fact]
    public void Shown_number_is_rewritten_and_the_fixed_one_is_not()
    {
        var options = Options("4930", "49*", false);
        options.OutgoingCallerRules.Add("49=>0");
        var policy = new CallerIdPolicy(options, "c.example");

        Assert.Equal("<sip:0305@c.example>", policy.Show(new("49305")).From);
        Assert.Equal("<sip:4930@c.example>", policy.Show(new("200")).From);
    }

    [Theory]
    [InlineData("+49=>0", "+4930123", "030123")]
    [InlineData("+49=>0", "030123", "030123")]
    [InlineData("0=>", "030123", "30123")]
    [InlineData("=>9", "112", "9112")]
    [InlineData("=>9", "", "")]
    [InlineData("00=>+ 0=>+49", "0049301", "+49301")]
    [InlineData("00=>+ 0=>+49", "0301", "+49301")]
    public void First_rule_that_fits_changes_the_number(string rules, string number, string result) =>
        Assert.Equal(result, new NumberRules(rules.Split(' ')).Apply(number));

    [Theory]
    [InlineData("49")]
    [InlineData("=>")]
    [InlineData("49->0")]
    [InlineData("4 9=>0")]
    [InlineData("<=>1")]
    public void Rule_that_cannot_be_read_is_none(string rule) => Assert.False(NumberRules.TryParse(rule, out _));

    // Trust; From; P-Asserted-Identity and Privacy; caller.
    [Theory]
    [InlineData(false, "\"Ada\" <sip:030123@c>", "", "+4930123", "Ada")]
    [InlineData(false, "<sip:030123@c>", "P-Asserted-Identity: <sip:030999@c>\n", "+4930123", null)]
    [InlineData(true, "<sip:030123@c>", "P-Asserted-Identity: \"Eve\" <sip:030999@c>\n", "+4930999", "Eve")]
    [InlineData(true, "<sip:030123@c>", "P-Asserted-Identity: <tel:+4930999>\n", "+4930999", null)]
    [InlineData(true, "<sip:030123@c>", "P-Asserted-Identity: <mailto:x@y>, <tel:030999>\n", "+4930999", null)]
    [InlineData(true, "<sip:030123@c>", "", "+4930123", null)]
    [InlineData(true, "<sip:anonymous@anonymous.invalid>", "P-Asserted-Identity: <sip:030999@c>\nPrivacy: id\n", "", null)]
    [InlineData(true, "<sip:030123@c>", "P-Asserted-Identity: <sip:030999@c>\nPrivacy: critical;ID\n", "", null)]
    [InlineData(true, "<sip:030123@c>", "P-Asserted-Identity: <sip:030999@c>\nPrivacy: none\n", "+4930999", null)]
    [InlineData(false, "<sip:anonymous@anonymous.invalid>", "", "", null)]
    public void Who_calls_follows_the_trust(bool trusts, string from, string extra, string number, string? name)
    {
        var options = Options(null, "", trusts);
        options.IncomingCallerRules.Add("0=>+49");
        using var invite = TrunkHarness.Invite(from: from, extra: extra);

        Assert.Equal(new CallParty(number, name), new IncomingParties(options).Caller(invite).Presented);
    }

    [Fact]
    public void Called_number_is_that_of_the_request_in_our_form()
    {
        var options = Options(null, "", false);
        options.IncomingNumberRules.Add("030=>");
        using var invite = TrunkHarness.Invite("sip:030200@192.0.2.99");

        Assert.Equal("200", new IncomingParties(options).Called(invite).Number);
    }
}
