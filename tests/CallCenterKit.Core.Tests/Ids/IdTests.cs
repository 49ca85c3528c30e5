using System.Text.Json;
using CallCenterKit.Shared;
using CallCenterKit.Testing;

namespace CallCenterKit.Ids;

public class IdTests
{
    [Fact]
    public void Every_id_is_one_JSON_string_also_as_a_name()
    {
        RoundTrip(new ActorId("agent:alice"), "agent:alice");
        RoundTrip(new AgentId("alice"), "alice");
        RoundTrip(new CenterId("main"), "main");
        RoundTrip(new EndpointId("1001"), "1001");
        RoundTrip(new QueueId("sales ü"), "sales ü");
        RoundTrip(new EntryId(3, 7), "3.7");
        RoundTrip(new OfferId(long.MaxValue, 1), "9223372036854775807.1");
        RoundTrip(SampleIds.Interaction(1), "00000000000000000000000000000001");
        RoundTrip(SampleIds.Party(1), "000000000000000000000000000003e9");
        RoundTrip(SampleIds.Call(1), "000000000000000000000000000007d1");
        RoundTrip(SampleIds.Recording(1), "00000000000000000000000000000bb9");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("-1.1")]
    [InlineData("1.2.3")]
    [InlineData("1,2")]
    [InlineData(" 1.2")]
    [InlineData("9223372036854775808.1")]
    public void A_counter_that_is_malformed_is_refused(string? text)
    {
        Assert.False(EntryId.TryFrom(text, out _));
        Assert.False(OfferId.TryFrom(text, out _));
    }

    [Fact]
    public void A_name_has_1_to_128_characters()
    {
        Assert.False(QueueId.TryFrom("", out _));
        Assert.False(AgentId.TryFrom(null, out _));
        Assert.True(EndpointId.TryFrom(new('x', 128), out _));
        Assert.False(ActorId.TryFrom(new('x', 129), out _));
    }

    [Fact]
    public void What_is_not_an_id_is_named_when_it_is_read()
    {
        var fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<InteractionId>("\"nonsense\""));

        Assert.Contains("'nonsense' is not a InteractionId", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_of_the_edge_sort_by_the_time_they_were_born()
    {
        var time = new VirtualTimeProvider();
        var ids = new IdSource(time);
        var earlier = new InteractionId(ids.Next());
        time.Advance(TimeSpan.FromMilliseconds(1));
        var later = new InteractionId(ids.Next());

        Assert.True(string.CompareOrdinal(earlier.Text, later.Text) < 0);
        Assert.Equal(7, later.Value.Version);
    }

    [Fact]
    public void An_id_that_was_never_set_is_empty_text() => Assert.Equal("", default(QueueId).ToString());

    private static void RoundTrip<TId>(TId id, string text)
        where TId : struct, IId<TId>
    {
        Assert.Equal(text, id.ToString());
        Assert.True(TId.TryFrom(text, out var read));
        Assert.Equal(id, read);
        Assert.Equal(id, JsonSerializer.Deserialize<TId>(JsonSerializer.Serialize(id)));
        Assert.Equal([id], JsonSerializer.Deserialize<Dictionary<TId, int>>(JsonSerializer.Serialize(new Dictionary<TId, int> { [id] = 1 }))!.Keys);
    }
}
