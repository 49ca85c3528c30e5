using System.Net;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Tests.Engine;

public sealed class RemoteLatchTests
{
    private static readonly IPEndPoint Signalled = new(IPAddress.Parse("192.168.1.5"), 4000);
    private static readonly SocketAddress Nat = new IPEndPoint(IPAddress.Parse("203.0.113.9"), 61000).Serialize();
    private static readonly SocketAddress Stranger = new IPEndPoint(IPAddress.Parse("198.51.100.66"), 5).Serialize();

    private static readonly SocketAddress Other = new IPEndPoint(IPAddress.Parse("198.51.100.67"), 6).Serialize();
    private static readonly IPEndPoint Moved = new(IPAddress.Parse("192.168.7.7"), 4400);

    private readonly RemoteLatch _latch = new();
    private long _now = 1_000_000_000;

    public RemoteLatchTests() => _latch.Expect(Signalled, _now);

    [Fact]
    public void Packets_go_to_the_signalled_address_until_one_has_come()
    {
        Assert.Equal(Signalled.Serialize(), _latch.Target);
        Assert.False(_latch.IsLatched);
    }

    [Fact]
    public void The_signalled_address_is_fixed_by_its_first_packet()
    {
        Assert.True(Accept(Signalled.Serialize()));

        Assert.True(_latch.IsLatched);
        Assert.False(Accept(Stranger));
    }

    [Fact]
    public void A_party_behind_a_nat_is_answered_where_its_packets_come_from()
    {
        Assert.True(Accept(Nat));
        Assert.True(Accept(Nat));

        Assert.Equal(Nat, _latch.Target);
        Assert.False(Accept(Stranger));
        Assert.True(Accept(Nat));
    }

    [Fact]
    public void One_stray_packet_takes_nothing_over()
    {
        Accept(Stranger);
        Accept(Signalled.Serialize());

        Assert.Equal(Signalled.Serialize(), _latch.Target);
    }

    [Fact]
    public void The_same_address_with_another_port_is_another()
    {
        Accept(Signalled.Serialize());

        Assert.False(Accept(new IPEndPoint(Signalled.Address, 4001).Serialize()));
    }

    [Fact]
    public void A_new_address_in_sdp_begins_anew_and_the_old_one_again_does_not()
    {
        Accept(Nat);
        Accept(Nat);
        _latch.Expect(Signalled, _now);
        Assert.Equal(Nat, _latch.Target);

        var other = new IPEndPoint(IPAddress.Parse("192.0.2.77"), 7000);
        _latch.Expect(other, _now);

        Assert.Equal(other.Serialize(), _latch.Target);
        Assert.False(_latch.IsLatched);
    }

    [Fact]
    public void Packets_of_a_stranger_between_those_of_the_party_do_not_keep_it_from_being_known()
    {
        Accept(Nat);
        Assert.False(Accept(Stranger));
        Assert.True(Accept(Nat));

        Assert.Equal(Nat, _latch.Target);
        Assert.False(Accept(Stranger));
    }

    [Fact]
    public void Strangers_that_come_once_each_are_not_heard_and_take_nothing_over()
    {
        Accept(Stranger);
        for (var port = 1; port < 100; port++)
            Assert.False(Accept(new IPEndPoint(IPAddress.Parse("198.51.100.9"), port).Serialize()));

        Assert.False(_latch.IsLatched);
        Assert.True(Accept(Signalled.Serialize()));
        Assert.Equal(Signalled.Serialize(), _latch.Target);
    }

    [Fact]
    public void Who_is_quicker_than_the_party_gives_way_to_the_address_of_the_sdp()
    {
        for (var i = 0; i < 50; i++)
            Accept(Stranger);
        _now += RemoteLatch.Learning.Ticks / 2;

        Assert.False(_latch.IsStranger(Signalled.Serialize(), _now));
        Assert.True(Accept(Signalled.Serialize()));
        Assert.Equal(Signalled.Serialize(), _latch.Target);
        Assert.False(Accept(Stranger));
    }

    [Fact]
    public void Later_on_not_even_the_address_of_the_sdp_takes_a_party_behind_a_nat_over()
    {
        Accept(Nat);
        Accept(Nat);
        _now += RemoteLatch.Learning.Ticks;

        Assert.True(_latch.IsStranger(Signalled.Serialize(), _now));
        for (var i = 0; i < 100; i++)
            Assert.False(Accept(Signalled.Serialize()));
        Assert.Equal(Nat, _latch.Target);
    }

    [Fact]
    public void No_flood_after_the_first_packets_changes_anything()
    {
        Accept(Signalled.Serialize());
        for (var i = 0; i < 10_000; i++)
        {
            _now += TimeSpan.TicksPerMillisecond;
            Assert.False(Accept(i % 3 == 0 ? Other : Stranger));
        }

        Assert.True(Accept(Signalled.Serialize()));
        Assert.Equal(Signalled.Serialize(), _latch.Target);
    }

    [Fact]
    public void The_party_that_was_left_for_another_address_does_not_latch_again_by_what_is_still_on_the_way()
    {
        Accept(Nat);
        Accept(Nat);
        _latch.Expect(Moved, _now);

        Assert.False(Accept(Nat));
        Assert.False(Accept(Nat));
        Assert.True(Accept(Other));
        Assert.True(Accept(Other));
        Assert.Equal(Other, _latch.Target);
    }

    [Fact]
    public void A_party_whose_packets_still_come_from_where_they_came_is_known_again_after_a_while()
    {
        Accept(Nat);
        Accept(Nat);
        _latch.Expect(Moved, _now);
        _now += RemoteLatch.Learning.Ticks;

        Accept(Nat);
        Accept(Nat);
        Assert.Equal(Nat, _latch.Target);
    }

    [Fact]
    public void Hold_by_the_any_address_opens_the_leg_to_nobody()
    {
        Accept(Nat);
        Accept(Nat);
        _latch.Expect(new IPEndPoint(IPAddress.Any, 4000), _now);
        for (var i = 0; i < 10; i++)
            Assert.False(Accept(Stranger));

        _latch.Expect(Signalled, _now);
        Assert.Equal(Nat, _latch.Target);
        Assert.True(Accept(Nat));
    }

    private bool Accept(SocketAddress from) => _latch.Accept(from, _now);
}
