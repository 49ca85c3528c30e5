using System.Text.Json;
using CallCenterKit.Ivr.Documents;
using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Ivr.Speaking;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>Numbers, amounts, times and texts as pieces of a prompt.</summary>
public sealed class SpokenPromptTests : IDisposable
{
    private readonly Caller _caller = new();

    [Fact]
    public async Task Pieces_are_said_in_the_language_of_the_center()
    {
        await SayAsync(["balance.wav", new PromptPart.Money(21.5m, "EUR"), new PromptPart.Time(new(15, 0)), new PromptPart.Digits("47")]);

        Assert.Equal("0 play balance.wav 20.wav 1.wav euros.wav 50.wav cents.wav 3.wav pm.wav 4.wav 7.wav", _caller.Transcript[0]);
    }

    [Fact]
    public async Task A_caller_who_chose_a_language_is_spoken_to_in_it()
    {
        await _caller.RunAsync(async (call, ct) =>
        {
            call.Language = "lt";
            return await call.PlayAsync([new PromptPart.Count(21, SpokenNoun.Minute), new PromptPart.Number(2), new PromptPart.Date(new(2026, 11, 28)), new PromptPart.Period(TimeSpan.FromHours(2))], ct);
        });

        Assert.Equal("0 play 20.wav 1-f.wav minute-one.wav 2.wav 11.wav 20.wav 8.wav diena.wav 2-f.wav hour-few.wav", _caller.Transcript[0]);
        Assert.Equal("lt", _caller.Session.GetVariable(FlowCall.LanguageVariable));
    }

    [Fact]
    public async Task A_language_that_nobody_speaks_is_named()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => _caller.RunAsync((call, ct) =>
        {
            call.Language = "tlh";
            return call.PlayAsync([new PromptPart.Number(2)], ct);
        }));

        Assert.Equal("Language 'tlh' is not known; there are en, lt.", fault.Message);
    }

    [Fact]
    public async Task A_text_without_an_engine_is_a_fault_of_the_flow()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => SayAsync([new PromptPart.Text("Hello")]));

        Assert.Contains("text-to-speech", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"number":"42"}""")]
    [InlineData("""{"count":"3 Message"}""")]
    [InlineData("""{"digits":"0047"}""")]
    [InlineData("""{"money":"-12.50 EUR"}""")]
    [InlineData("""{"time":"15:30"}""")]
    [InlineData("""{"date":"2026-11-28"}""")]
    [InlineData("""{"date":"02-29"}""")]
    [InlineData("""{"duration":"02:05:00"}""")]
    [InlineData("""{"text":"Hello: there"}""")]
    [InlineData("""{"text":"lt: Labas"}""")]
    public void A_piece_can_be_written_into_a_document(string json)
    {
        var prompt = JsonSerializer.Deserialize<Prompt>(json)!;

        Assert.Equal(json, JsonSerializer.Serialize(prompt));
    }

    [Theory]
    [InlineData("""{"number":"-1"}""")]
    [InlineData("""{"count":"3"}""")]
    [InlineData("""{"money":"12.50"}""")]
    [InlineData("""{"time":"25:00"}""")]
    [InlineData("""{"date":"2026-02-30"}""")]
    [InlineData("""{"digits":"4a"}""")]
    public void A_piece_that_cannot_be_read_is_refused(string json) =>
        Assert.Contains("is not a piece of a prompt", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Prompt>(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_document_is_checked_for_what_cannot_be_said()
    {
        var rules = new StepRules(new());

        Assert.Equal(
            ["'Number { Value = -1 }' must not be negative", "currency 'XXX' cannot be said; there are EUR, USD, GBP", "a text must be 1 to 2000 characters"],
            rules.Faults(new IvrStep.Play([new PromptPart.Number(-1), new PromptPart.Money(1, "XXX"), new PromptPart.Text(" ")])));
    }

    public void Dispose() => _caller.Dispose();

    private async Task SayAsync(Prompt prompt) => await _caller.RunAsync((call, ct) => call.PlayAsync(prompt, ct));
}
