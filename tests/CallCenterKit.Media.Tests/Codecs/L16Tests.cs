using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Tests.Codecs;

public sealed class L16Tests
{
    [Fact]
    public void Samples_travel_with_the_most_significant_byte_first()
    {
        var payload = new byte[6];
        Assert.Equal(6, AudioCodecs.L16.CreateEncoder().Encode([0x0102, -1, short.MinValue], payload));
        Assert.Equal([1, 2, 0xFF, 0xFF, 0x80, 0], payload);

        var pcm = new short[3];
        Assert.Equal(3, AudioCodecs.L16Wideband.CreateDecoder().Decode(payload, pcm));
        Assert.Equal([0x0102, -1, short.MinValue], pcm);
    }

    [Fact]
    public void Half_a_sample_is_left_out()
    {
        Assert.Equal(1, AudioCodecs.L16.CreateDecoder().Decode([1, 2, 3], new short[9]));
        Assert.Equal(1, AudioCodecs.L16.CreateDecoder().Decode([1, 2, 3, 4], new short[1]));
        Assert.Equal(2, AudioCodecs.L16.CreateEncoder().Encode([1, 2], new byte[3]));
    }

    [Theory]
    [InlineData("pcma", "PCMA/8000")]
    [InlineData("G722", "G722/8000")]
    [InlineData("g722/8000", "G722/8000")]
    [InlineData("L16", "L16/8000")]
    [InlineData("l16/16000", "L16/16000")]
    [InlineData("L16/48000", null)]
    [InlineData("G729", null)]
    [InlineData("", null)]
    public void A_format_is_found_by_its_name_in_any_case(string name, string? found) =>
        Assert.Equal(found, AudioCodecs.Find(name)?.ToString());

    [Fact]
    public void A_list_of_names_keeps_its_order_and_names_nothing_twice() =>
        Assert.Equal([AudioCodecs.G722, AudioCodecs.Pcmu], AudioCodecs.Find(["G722", "nothing", "PCMU", "g722"]));
}
