using System.Net;
using CallCenterKit.Sip.Authentication;

namespace CallCenterKit.Sip.Tests.Authentication;

public sealed class FailedAttemptsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IPAddress Mallory = IPAddress.Parse("192.0.2.66");

    private readonly FailedAttempts _attempts = new(burst: 3, TimeSpan.FromSeconds(10), capacity: 2);

    [Fact]
    public void Guessing_is_stopped_after_the_burst_and_goes_on_at_the_refill_rate()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.True(_attempts.MayTry(Mallory, Noon));
            _attempts.Failed(Mallory, Noon);
        }

        Assert.False(_attempts.MayTry(Mallory, Noon));
        Assert.False(_attempts.MayTry(Mallory, Noon.AddSeconds(9.9)));
        Assert.True(_attempts.MayTry(Mallory, Noon.AddSeconds(10)));
    }

    [Fact]
    public void Other_addresses_are_not_slowed_down()
    {
        for (var i = 0; i < 3; i++)
            _attempts.Failed(Mallory, Noon);

        Assert.True(_attempts.MayTry(IPAddress.Parse("192.0.2.67"), Noon));
    }

    [Fact]
    public void Addresses_of_one_ipv6_network_count_as_one()
    {
        for (var i = 1; i <= 3; i++)
            _attempts.Failed(IPAddress.Parse($"2001:db8::{i}"), Noon);

        Assert.False(_attempts.MayTry(IPAddress.Parse("2001:db8::4"), Noon));
        Assert.True(_attempts.MayTry(IPAddress.Parse("2001:db8:0:1::4"), Noon));
    }

    [Fact]
    public void The_one_that_failed_longest_ago_is_forgotten_first()
    {
        for (var i = 0; i < 3; i++)
            _attempts.Failed(Mallory, Noon);
        _attempts.Failed(IPAddress.Parse("192.0.2.1"), Noon);
        _attempts.Failed(IPAddress.Parse("192.0.2.2"), Noon);

        Assert.True(_attempts.MayTry(Mallory, Noon));
    }
}
