using System.Globalization;
using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Lithuanian as it is written, word for word, from the names of the recordings.</summary>
public class LithuanianTests
{
    private static readonly SpokenLithuanian Lithuanian = new();

    [Theory]
    [InlineData(0, "nulis")]
    [InlineData(1, "vienas")]
    [InlineData(11, "vienuolika")]
    [InlineData(20, "dvidešimt")]
    [InlineData(22, "dvidešimt du")]
    [InlineData(100, "šimtas")]
    [InlineData(119, "šimtas devyniolika")]
    [InlineData(201, "du šimtai vienas")]
    [InlineData(1_000, "tūkstantis")]
    [InlineData(1_001, "tūkstantis vienas")]
    [InlineData(2_000, "du tūkstančiai")]
    [InlineData(11_000, "vienuolika tūkstančių")]
    [InlineData(21_000, "dvidešimt vienas tūkstantis")]
    [InlineData(100_000, "šimtas tūkstančių")]
    [InlineData(101_000, "šimtas vienas tūkstantis")]
    [InlineData(999_999, "devyni šimtai devyniasdešimt devyni tūkstančiai devyni šimtai devyniasdešimt devyni")]
    public void A_number_is_said_word_by_word(long value, string words) => Assert.Equal(words, LithuanianWords.Of(Lithuanian.Number(value)));

    [Theory]
    [InlineData(0, SpokenNoun.Euro, "nulis eurų")]
    [InlineData(1, SpokenNoun.Euro, "vienas euras")]
    [InlineData(2, SpokenNoun.Euro, "du eurai")]
    [InlineData(10, SpokenNoun.Euro, "dešimt eurų")]
    [InlineData(11, SpokenNoun.Euro, "vienuolika eurų")]
    [InlineData(12, SpokenNoun.Euro, "dvylika eurų")]
    [InlineData(20, SpokenNoun.Euro, "dvidešimt eurų")]
    [InlineData(21, SpokenNoun.Euro, "dvidešimt vienas euras")]
    [InlineData(111, SpokenNoun.Euro, "šimtas vienuolika eurų")]
    [InlineData(1_000, SpokenNoun.Euro, "tūkstantis eurų")]
    [InlineData(1, SpokenNoun.Minute, "viena minutė")]
    [InlineData(2, SpokenNoun.Minute, "dvi minutės")]
    [InlineData(3, SpokenNoun.Minute, "trys minutės")]
    [InlineData(34, SpokenNoun.Minute, "trisdešimt keturios minutės")]
    [InlineData(2_002, SpokenNoun.Second, "du tūkstančiai dvi sekundės")]
    [InlineData(5, SpokenNoun.Message, "penki pranešimai")]
    public void What_is_counted_decides_gender_and_case(long value, SpokenNoun noun, string words) =>
        Assert.Equal(words, LithuanianWords.Of(Lithuanian.Counted(value, noun)));

    [Theory]
    [InlineData("0", "nulis eurų")]
    [InlineData("0.01", "vienas centas")]
    [InlineData("1.00", "vienas euras")]
    [InlineData("21.12", "dvidešimt vienas euras dvylika centų")]
    [InlineData("-3.5", "minus trys eurai penkiasdešimt centų")]
    [InlineData("1.995", "du eurai")]
    public void An_amount_is_said_with_its_cents(string amount, string words) =>
        Assert.Equal(words, LithuanianWords.Of(Lithuanian.Money(decimal.Parse(amount, CultureInfo.InvariantCulture), "EUR")));

    [Theory]
    [InlineData("00:00", "nulis valandų")]
    [InlineData("00:05", "nulis valandų penkios minutės")]
    [InlineData("01:00", "pirma valanda")]
    [InlineData("12:00", "dvylikta valanda")]
    [InlineData("15:30", "penkiolikta valanda trisdešimt minučių")]
    [InlineData("20:01", "dvidešimta valanda viena minutė")]
    [InlineData("23:45", "dvidešimt trečia valanda keturiasdešimt penkios minutės")]
    public void A_time_of_day_has_its_hour_as_an_ordinal(string time, string words) =>
        Assert.Equal(words, LithuanianWords.Of(Lithuanian.Time(TimeOnly.Parse(time, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("2026-11-28", false, "lapkričio dvidešimt aštunta diena")]
    [InlineData("2026-11-28", true, "du tūkstančiai dvidešimt šeštų metų lapkričio dvidešimt aštunta diena")]
    [InlineData("1999-01-30", true, "tūkstantis devyni šimtai devyniasdešimt devintų metų sausio trisdešimta diena")]
    [InlineData("2000-12-31", true, "dutūkstantųjų metų gruodžio trisdešimt pirma diena")]
    [InlineData("2015-03-20", true, "du tūkstančiai penkioliktų metų kovo dvidešimta diena")]
    [InlineData("2030-03-03", true, "du tūkstančiai trisdešimtų metų kovo trečia diena")]
    public void A_day_has_its_month_in_the_genitive_and_ordinals_agree(string date, bool withYear, string words) =>
        Assert.Equal(words, LithuanianWords.Of(Lithuanian.Date(DateOnly.Parse(date, CultureInfo.InvariantCulture), withYear)));

    [Theory]
    [InlineData("00:00:00", "nulis sekundžių")]
    [InlineData("00:00:00.6", "viena sekundė")]
    [InlineData("00:21:00", "dvidešimt viena minutė")]
    [InlineData("02:05:59", "dvi valandos penkios minutės")]
    [InlineData("1.00:00:07", "viena diena")]
    public void A_duration_is_said_by_its_two_largest_units(string duration, string words) =>
        Assert.Equal(words, LithuanianWords.Of(Lithuanian.Duration(TimeSpan.Parse(duration, CultureInfo.InvariantCulture))));
}
