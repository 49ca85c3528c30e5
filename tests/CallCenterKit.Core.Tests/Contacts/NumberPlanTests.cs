using CallCenterKit.Contacts;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenterKit.Core.Tests.Contacts;

public class NumberPlanTests
{
    private static readonly NumberPlan Lithuania = new("370");
    private static readonly NumberPlan UnitedStates = new("1", "011", "1");
    private static readonly NumberPlan Germany = new("49");
    private static readonly NumberPlan UnitedKingdom = new("44");
    private static readonly NumberPlan Norway = new("47", TrunkPrefix: "");

    private static readonly NumberPlan[] Plans = [Lithuania, UnitedStates, Germany, UnitedKingdom, Norway, NumberPlan.None, new("370", "00", "8"), new("7", "810", "8"), new("44", "", "")];

    [Theory]
    [InlineData("+37061234567", "+37061234567")]
    [InlineData("+370 612 34567", "+37061234567")]
    [InlineData("00370 612 34567", "+37061234567")]
    [InlineData("0 612 34567", "+37061234567")]
    [InlineData("(0-5) 212 3456", "+37052123456")]
    [InlineData("+370.5.212.3456", "+37052123456")]
    [InlineData("tel:+370-612-34567;phone-context=example.com", "+37061234567")]
    [InlineData("TEL:061234567;ext=5", "+37061234567")]
    [InlineData("+370 612\u00a034\u2011567", "+37061234567")]
    [InlineData("61234567", "61234567")]
    [InlineData("37061234567", "37061234567")]
    [InlineData("0044 20 7946 0958", "+442079460958")]
    [InlineData("0044 (0)20 7946 0958", "+442079460958")]
    public void Lithuanian_numbers(string written, string normal) => Assert.Equal(normal, Lithuania.Normalise(written));

    [Theory]
    [InlineData("+1 (212) 555-0123", "+12125550123")]
    [InlineData("1-212-555-0123", "+12125550123")]
    [InlineData("(212) 555-0123", "+12125550123")]
    [InlineData("212.555.0123", "+12125550123")]
    [InlineData("555-0123", "5550123")]
    [InlineData("011 370 612 34567", "+37061234567")]
    [InlineData("0037061234567", "0037061234567")]
    public void American_numbers(string written, string normal) => Assert.Equal(normal, UnitedStates.Normalise(written));

    [Theory]
    [InlineData("030 123456", "+4930123456")]
    [InlineData("+49 (0)30 123456", "+4930123456")]
    [InlineData("+49 (30) 123456-78", "+493012345678")]
    [InlineData("0171 – 1234567", "+491711234567")]
    [InlineData("123456", "123456")]
    public void German_numbers(string written, string normal) => Assert.Equal(normal, Germany.Normalise(written));

    [Theory]
    [InlineData("020 7946 0958", "+442079460958")]
    [InlineData("(020) 7946 0958", "+442079460958")]
    [InlineData("(0)20 7946 0958", "+442079460958")]
    [InlineData("+44 (0)20 7946 0958", "+442079460958")]
    [InlineData("07700 900123", "+447700900123")]
    [InlineData("001 212 555 0123", "+12125550123")]
    public void British_numbers(string written, string normal) => Assert.Equal(normal, UnitedKingdom.Normalise(written));

    [Theory]
    [InlineData("22 12 34 56", "+4722123456")]
    [InlineData("0037061234567", "+37061234567")]
    public void Where_there_is_no_trunk_prefix_every_number_is_national(string written, string normal) => Assert.Equal(normal, Norway.Normalise(written));

    [Theory]
    [InlineData("00370 612 34567", "+37061234567")]
    [InlineData("+370 (612) 34567", "+37061234567")]
    [InlineData("0 612 34567", "061234567")]
    public void Without_a_country_national_numbers_stay_national(string written, string normal) => Assert.Equal(normal, NumberPlan.None.Normalise(written));

    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData(" 1001 ", "1001")]
    [InlineData("01-23", "01-23")]
    [InlineData("112", "112")]
    [InlineData("+112", "+112")]
    [InlineData("tel:1001;phone-context=example.com", "1001")]
    [InlineData(" alice ", "alice")]
    [InlineData("alice;x=1", "alice;x=1")]
    [InlineData("room 0612345", "room 0612345")]
    [InlineData("*72061234567", "*72061234567")]
    [InlineData("+370+61234567", "+370+61234567")]
    [InlineData("٠٦١٢٣٤٥٦٧", "٠٦١٢٣٤٥٦٧")]
    [InlineData("+", "+")]
    [InlineData(";ext=1", ";ext=1")]
    [InlineData("+1234567890123456", "+1234567890123456")]
    [InlineData("+12 3456 7890 1234 56", "+12 3456 7890 1234 56")]
    [InlineData("0 1234567890123", "0 1234567890123")]
    [InlineData("000 612 34567", "000 612 34567")]
    public void What_is_no_number_of_the_world_stays_as_it_is(string written, string same) => Assert.Equal(same, Lithuania.Normalise(written));

    [Theory]
    [InlineData("00 123456789012345", "+123456789012345")]
    [InlineData("+123456789012345", "+123456789012345")]
    public void Fifteen_digits_are_not_too_many(string written, string normal) => Assert.Equal(normal, Lithuania.Normalise(written));

    [Fact]
    public void A_text_of_any_length_is_no_harm()
    {
        var text = new string('0', 100_000);

        Assert.Equal(text, Lithuania.Normalise(text));
    }

    [Fact]
    public void What_is_normal_stays_normal()
    {
        var pieces = Gen.Frequency(
            (10, Gen.Elements("0", "1", "2", "3", "5", "7", "8", "9")),
            (3, Gen.Elements(" ", "-", ".", "(", ")", "(0)", "00", "011", "+")),
            (1, Gen.Elements("tel:", ";", "x", "*", "\u00a0", "–")));
        var numbers = Arb.From(pieces.ArrayOf().Select(string.Concat));

        Prop.ForAll(numbers, Arb.From(Gen.Elements(Plans)), (number, plan) =>
        {
            var once = plan.Normalise(number);
            return plan.Normalise(once) == once;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(30));
    }

    [Fact]
    public void Every_way_to_dial_a_national_number_gives_the_same()
    {
        var numbers = Arb.From(Gen.Choose(20_000_000, 99_999_999));
        var plans = Arb.From(Gen.Elements(Plans.Where(plan => plan is { CountryCode.Length: > 0, InternationalPrefix.Length: > 0 }).ToArray()));

        Prop.ForAll(numbers, plans, (number, plan) =>
        {
            var normal = $"+{plan.CountryCode}{number}";
            Assert.Equal(normal, plan.Normalise($"{plan.TrunkPrefix}{number}"));
            Assert.Equal(normal, plan.Normalise($"{plan.InternationalPrefix} {plan.CountryCode} {number}"));
            Assert.Equal(normal, plan.Normalise($"tel:+{plan.CountryCode}-{number};ext=1"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void A_good_plan_has_no_faults() => Assert.All(Plans, plan => Assert.Empty(plan.Faults()));

    [Theory]
    [InlineData("+370", "00", "0", "CountryCode '+370' must be 1 to 3 digits, the first not 0, or empty for none.")]
    [InlineData("1234", "00", "0", "CountryCode '1234' must be 1 to 3 digits, the first not 0, or empty for none.")]
    [InlineData("049", "00", "0", "CountryCode '049' must be 1 to 3 digits, the first not 0, or empty for none.")]
    [InlineData("370", "+", "0", "InternationalPrefix '+' must be at most 5 digits, or empty for none.")]
    [InlineData("370", "00", "123456", "TrunkPrefix '123456' must be at most 5 digits, or empty for none.")]
    [InlineData("370", "0", "0", "TrunkPrefix '0' must not begin with InternationalPrefix '0', which would always be seen first.")]
    public void A_fault_names_the_value_and_what_is_allowed(string country, string international, string trunk, string fault) =>
        Assert.Equal([fault], new NumberPlan(country, international, trunk).Faults());
}
