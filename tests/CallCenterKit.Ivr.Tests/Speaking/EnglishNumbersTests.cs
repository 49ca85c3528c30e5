using English = CallCenterKit.Ivr.Speaking.EnglishNumbers;

namespace CallCenterKit.Ivr.Speaking;

public class EnglishNumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(13, "13")]
    [InlineData(20, "20")]
    [InlineData(21, "20 1")]
    [InlineData(30, "30")]
    [InlineData(99, "90 9")]
    [InlineData(100, "1 hundred")]
    [InlineData(205, "2 hundred 5")]
    [InlineData(320, "3 hundred 20")]
    [InlineData(1_000, "1 thousand")]
    [InlineData(1_001, "1 thousand 1")]
    [InlineData(20_016, "20 thousand 16")]
    [InlineData(500_000, "5 hundred thousand")]
    [InlineData(999_999, "9 hundred 90 9 thousand 9 hundred 90 9")]
    public void A_number_is_said_word_by_word(long value, string words) =>
        Assert.Equal(words.Split(' ').Select(word => $"en/number/{word}.wav"), English.Number(value));

    [Fact]
    public void The_words_are_those_of_a_reference_that_reads_the_digits()
    {
        foreach (var value in Sample())
            Assert.Equal(SpelledNumber.InEnglish(value), string.Join(' ', English.Number(value).Select(SpelledNumber.WordOf)));
    }

    [Fact]
    public void Every_prompt_is_listed_once_and_needed_by_some_number()
    {
        var needed = Sample().SelectMany(English.Number).ToHashSet();

        Assert.Equal(needed.Count, English.PromptNames.Count);
        Assert.Superset(English.PromptNames.ToHashSet(), needed);
        Assert.All(English.PromptNames, name => Assert.StartsWith($"{English.Language}/", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void What_it_cannot_say_is_refused(long value) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(value), () => English.Number(value));

    /// <summary>All of the first thousands, then every 97th, which meets every last digit and every carry, and the end.</summary>
    private static IEnumerable<long> Sample()
    {
        for (long value = 0; value < English.Largest; value += value < 11_000 ? 1 : 97)
            yield return value;
        yield return English.Largest;
    }
}
