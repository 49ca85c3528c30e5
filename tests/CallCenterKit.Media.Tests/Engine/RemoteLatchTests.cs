using System.Net;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Tests.Engine;

public sealed class RemoteLatchTests
{
    private static readonly IPEndPoint Signalled = new(IPAddress.Parse("192.168.1.5"), 4000);
    private static readonly SocketAddress Nat = new IPEndPoint(IPAddress.Parse("203.0.113.9"), 61000).Serialize();
    private static readonly SocketAddress Stranger = new IPEndPoint(IPAddress.Parse("198.51.100.66"), 5).Serialize();

    private readonly RemoteLatch _latch = new();

    public RemoteLatchTests() => _latch.Expect(Signalled);

    [Fact]
    public void Packets_go_to_the_signalled_address_until_one_has_come()
    {
        Assert.Equal(Signalled.Serialize(), _latch.Target);
        Assert.False(_latch.IsLatched);
    }

    [Fact]
    public void The_signalled_address_is_fixed_by_its_first_packet()
    {
        Assert.True(_latch.Accept(Signalled.Serialize()));

        Assert.True(_latch.IsLatched);
        Assert.False(_latch.Accept(Stranger));
    }

    [Fact]
    public void A_party_behind_a_nat_is_answered_where_its_packets_come_from()
    {
        Assert.True(_latch.Accept(Nat));
        Assert.True(_latch.Accept(Nat));

        Assert.Equal(Nat, _latch.Target);
        Assert.False(_latch.Accept(Stranger));
        Assert.True(_latch.Accept(Nat));
    }

    [Fact]
    public void One_stray_packet_takes_nothing_over()
    {
        _latch.Accept(Stranger);
        _latch.Accept(Signalled.Serialize());

        Assert.Equal(Signalled.Serialize(), _latch.Target);
    }

    [Fact]
    public void The_same_address_with_another_port_is_another()
    {
        _latch.Accept(Signalled.Serialize());

        Assert.False(_latch.Accept(new IPEndPoint(Signalled.Address, 4001).Serialize()));
    }

    [Fact]
    public void A_new_address_in_sdp_begins_anew_and_the_old_one_again_does_not()
    {
        _latch.Accept(Nat);
        _latch.Accept(Nat);
        _latch.Expect(Signalled);
        Assert.Equal(Nat, _latch.Target);

        var other = new IPEndPoint(IPAddress.Parse("192.0.2.77"), 7000);
        _latch.Expect(other);

        Assert.Equal(other.Serialize(), _latch.Target);
        Assert.False(_latch.IsLatched);
    }
}
