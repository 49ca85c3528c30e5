using System.Net;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Tests.Engine;

public sealed class MediaOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.True(new MediaOptionsValidator().Validate(null, new MediaOptions()).Succeeded);

    [Theory]
    [InlineData(16385, 17000, "16385")]
    [InlineData(16384, 17001, "17001")]
    [InlineData(18000, 17000, "17000")]
    [InlineData(80, 17000, "80")]
    public void A_wrong_port_is_named_with_its_value(int first, int last, string value) =>
        AssertRefused(new MediaOptions { FirstPort = first, LastPort = last }, value);

    [Fact]
    public void Too_many_threads_are_refused() => AssertRefused(new MediaOptions { Threads = 65 }, "65");

    [Fact]
    public void A_timeout_of_nothing_is_refused() => AssertRefused(new MediaOptions { MediaTimeout = TimeSpan.Zero }, "MediaTimeout");

    [Fact]
    public void Addresses_of_two_families_are_refused() =>
        AssertRefused(new MediaOptions { BindAddress = "127.0.0.1", AdvertisedAddress = "::1" }, "::1");

    private static void AssertRefused(MediaOptions options, string expected)
    {
        var result = new MediaOptionsValidator().Validate(null, options);
        Assert.True(result.Failed);
        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }
}
