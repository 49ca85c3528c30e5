using System.Text.Json;

namespace CallCenterKit.Ivr.Documents;

public class JsonTests
{
    [Fact]
    public void Every_step_is_written_as_a_person_would()
    {
        Snapshot.Verify("Documents", "JsonTests.EveryStep", EveryStep.Flow.ToJson());
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var json = EveryStep.Flow.ToJson();

        var flow = IvrFlow.FromJson(json);

        Assert.Equal(json, flow.ToJson());
        Assert.Equal(7, flow.Document.Version);
        Assert.Equal(EveryStep.Flow.ToMermaid(), flow.ToMermaid());
    }

    [Fact]
    public void What_is_left_out_has_its_default_and_order_is_free()
    {
        var flow = IvrFlow.FromJson(
            """
            { "start": "s", "version": 1, "name": "main", "nodes": [ { "name": "s", "steps": [
                { "on": { "1": "s" }, "prompt": "menu.wav", "verb": "menu" },
                { "verb": "play", "prompt": "bye.wav" },
                { "verb": "hangUp" } ] } ] }
            """);

        var steps = flow.Document.Nodes[0].Steps;
        var menu = Assert.IsType<IvrStep.Menu>(steps[0]).ToMenu();
        Assert.Equal(new("1") { Timeout = TimeSpan.FromSeconds(5), Retries = 3 }, menu);
        Assert.True(Assert.IsType<IvrStep.Play>(steps[1]).BargeIn);
        Assert.Equal(new IvrStep.HangUp(Voice.HangUpCause.Normal), steps[2]);
    }

    [Fact]
    public void A_key_that_stands_there_twice_is_a_fault_of_its_node()
    {
        var document = IvrDocument.FromJson(WithStep("""{ "verb": "menu", "prompt": "m.wav", "on": { "1": "s", "1": "s" } }, { "verb": "hangUp" }"""));

        Assert.Equal("node 's': step 1 (menu): key '1' is used twice", Assert.Single(IvrFlow.Validate(document)).ToString());
    }

    [Theory]
    [InlineData("null", "not null")]
    [InlineData("{", "")]
    [InlineData("""{ "name": "main" }""", "nodes")]
    [InlineData("""{ "name": null, "version": 1, "start": "s", "nodes": [] }""", "$.name")]
    [InlineData("""{ "name": "main", "version": 1, "start": "s", "nodes": null }""", "$.nodes")]
    [InlineData("""{ "name": "main", "version": "1", "start": "s", "nodes": [] }""", "$.version")]
    public void What_is_no_document_says_where(string json, string message)
    {
        var fault = Assert.Throws<JsonException>(() => IvrFlow.FromJson(json));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "verb": "sing" }""", "sing")]
    [InlineData("""{ "verb": "hangUp", "becuase": "Normal" }""", "becuase")]
    [InlineData("""{ "verb": "hangUp", "cause": "Tired" }""", "cause")]
    [InlineData("""{ "verb": "queue", "name": "sales", "name": "support" }""", "name")]
    [InlineData("""{ "verb": "menu", "prompt": "m.wav", "on": [ "1" ] }""", "Transitions are an object")]
    [InlineData("""{ "verb": "menu", "prompt": "m.wav", "on": { "1": 2 } }""", "'1' must lead to the name of a node")]
    [InlineData("""{ "verb": "play", "prompt": 5 }""", "A prompt is a string")]
    [InlineData("""{ "verb": "play", "prompt": null }""", "prompt")]
    [InlineData("""{ "verb": "play", "prompt": {} }""", "is not a piece of a prompt")]
    [InlineData("""{ "verb": "play", "prompt": { "tone": "Whistle" } }""", "'tone': 'Whistle' is not a piece of a prompt")]
    [InlineData("""{ "verb": "play", "prompt": { "silence": "long" } }""", "'silence': 'long' is not a piece of a prompt")]
    [InlineData("""{ "verb": "play", "prompt": { "tone": "Beep", "silence": "00:00:01" } }""", "has one property")]
    [InlineData("""{ "verb": "play" }""", "prompt")]
    public void What_is_no_step_says_where(string step, string message)
    {
        var fault = Assert.Throws<JsonException>(() => IvrFlow.FromJson(WithStep(step)));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private static string WithStep(string step) =>
        $$"""{ "name": "main", "version": 1, "start": "s", "nodes": [ { "name": "s", "steps": [ {{step}} ] } ] }""";
}
