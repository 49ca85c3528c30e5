using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenterKit.Shared;
using CallCenterKit.Shared.Journal;

namespace CallCenterKit.Journal;

public class EventCatalogTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Kinds => [.. EventCatalog.Core.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fields_of_a_kind_are_only_ever_added(string kind)
    {
        var json = JsonNode.Parse(EventCatalog.Write(SampleOf(kind)))!;

        if (Verified.Read(FileOf(kind)) is { Length: > 0 } verified)
            AssertHolds(json, JsonNode.Parse(verified)!, kind);
        Verified.Text(json.ToJsonString(Indented) + "\n", FileOf(kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_written_before_can_be_read(string kind)
    {
        var read = EventCatalog.Core.Read(kind, Verified.Read(FileOf(kind)));

        Assert.Equal(EventCatalog.Write(SampleOf(kind)), EventCatalog.Write(read));
        Assert.Equal(kind, EventCatalog.Core.KindOf(read));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_field_of_a_later_build_is_passed_over(string kind)
    {
        var json = JsonNode.Parse(EventCatalog.Write(SampleOf(kind)))!.AsObject();
        json["inventedLater"] = 1;

        Assert.Equal(EventCatalog.Write(SampleOf(kind)), EventCatalog.Write(EventCatalog.Core.Read(kind, json.ToJsonString())));
    }

    [Fact]
    public void An_unknown_kind_keeps_its_fields()
    {
        var read = EventCatalog.Core.Read("later.invented", """{ "a": 1 }""");

        Assert.Equal(new UnknownEvent("later.invented", """{ "a": 1 }"""), read);
        Assert.Equal("later.invented", EventCatalog.Core.KindOf(read));
        Assert.Equal("""{ "a": 1 }""", EventCatalog.Write(read));
    }

    [Fact]
    public void Fields_that_are_not_of_the_kind_are_refused() =>
        Assert.Throws<JsonException>(() => EventCatalog.Core.Read("center.heartbeat", """{"openInteractions":"many"}"""));

    [Fact]
    public void An_assembly_given_twice_claims_its_kinds_twice()
    {
        var core = typeof(EventCatalog).Assembly;

        Assert.Contains("is claimed by", Assert.Throws<ArgumentException>(() => new EventCatalog(core, core)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_a_kind_is_refused() =>
        Assert.Contains(
            "names no kind", Assert.Throws<ArgumentException>(() => new EventCatalog(typeof(Nameless).Assembly)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_event_of_another_catalog_has_no_kind() =>
        Assert.Throws<ArgumentException>(() => EventCatalog.Core.KindOf(new Nameless()));

    private static string FileOf(string kind) => $"Kinds/{kind}";

    private static CenterEvent SampleOf(string kind) => Assert.Single(SampleEvents.All, sample => EventCatalog.Core.KindOf(sample) == kind);

    /// <summary>Whatever the earlier form held is still there, with the same value.</summary>
    private static void AssertHolds(JsonNode now, JsonNode before, string path)
    {
        if (before is JsonObject fields)
        {
            Assert.All(fields, field => AssertHolds(
                now[field.Key] ?? throw Xunit.Sdk.FailException.ForFailure($"{path}.{field.Key} is gone; a field that was written once is kept for ever."),
                field.Value!,
                $"{path}.{field.Key}"));
        }
        else if (before is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
                AssertHolds(now[i]!, items[i]!, $"{path}[{i}]");
        }
        else
        {
            Assert.Equal((path, before.ToJsonString()), (path, now.ToJsonString()));
        }
    }

    private sealed record Nameless : CenterEvent;
}
