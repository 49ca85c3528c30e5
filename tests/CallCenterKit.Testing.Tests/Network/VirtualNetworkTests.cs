using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenterKit.Testing.Network;

public sealed class VirtualNetworkTests
{
    private static readonly IPEndPoint Alice = IPEndPoint.Parse("10.1.0.1:5060");
    private static readonly IPEndPoint Bob = IPEndPoint.Parse("10.1.0.2:5060");

    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void A_datagram_arrives_at_the_next_advance_even_one_by_zero()
    {
        using var network = new VirtualNetwork(_time);
        var heard = new List<string>();
        var alice = network.Open(Alice, (_, _) => { });
        network.Open(Bob, (bytes, from) => heard.Add($"{Encoding.ASCII.GetString(bytes.Span)} from {from}"));

        alice.Send("hello"u8, Bob);
        Assert.Empty(heard);
        _time.Advance(TimeSpan.Zero);

        Assert.Equal(["hello from 10.1.0.1:5060"], heard);
        Assert.Equal(new VirtualNetworkCounters(1, 1, 0, 0, 0, 0), network.Counters);
    }

    [Fact]
    public void An_answer_sent_from_a_receiver_arrives_in_the_same_advance()
    {
        using var network = new VirtualNetwork(_time, new() { MinDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(10) });
        var answeredAt = TimeSpan.Zero;
        var start = _time.GetTimestamp();
        var alice = network.Open(Alice, (_, _) => answeredAt = _time.GetElapsedTime(start));
        IDatagramEndpoint? bob = null;
        bob = network.Open(Bob, (bytes, from) => bob!.Send(bytes.Span, from));

        alice.Send("ping"u8, Bob);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromMilliseconds(20), answeredAt);
    }

    [Fact]
    public void The_same_seed_gives_the_same_arrivals_and_another_seed_gives_others()
    {
        var options = new VirtualNetworkOptions
        {
            Seed = 42,
            LossShare = 0.1,
            DuplicationShare = 0.1,
            ReorderShare = 0.1,
            MinDelay = TimeSpan.FromMilliseconds(5),
            MaxDelay = TimeSpan.FromMilliseconds(45),
        };

        var first = Arrivals(options, 500);

        Assert.Equal(first, Arrivals(options, 500));
        Assert.NotEqual(first, Arrivals(options with { Seed = 43 }, 500));
    }

    [Fact]
    public void Traffic_between_others_does_not_change_the_fate_of_a_datagram()
    {
        var options = new VirtualNetworkOptions { Seed = 3, LossShare = 0.3 };

        Assert.Equal(Arrivals(options, 200), Arrivals(options, 200, otherTraffic: true));
    }

    [Fact]
    public void Shares_come_out_as_asked_and_counters_add_up()
    {
        using var network = new VirtualNetwork(_time, new()
        {
            Seed = 9,
            LossShare = 0.2,
            DuplicationShare = 0.1,
            ReorderShare = 0.1,
            ReorderDelay = TimeSpan.FromMilliseconds(5),
        });
        var received = 0;
        var alice = network.Open(Alice, (_, _) => { });
        network.Open(Bob, (_, _) => received++);

        for (var i = 0; i < 10_000; i++)
        {
            alice.Send([1], Bob);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        var counters = network.Counters;
        Assert.Equal(10_000, counters.Sent);
        Assert.InRange(counters.Lost, 1_800, 2_200);
        Assert.InRange(counters.Doubled, 700, 900);
        Assert.InRange(counters.Reordered, 650, 950);
        Assert.Equal(received, counters.Delivered);
        Assert.Equal(counters.Sent - counters.Lost + counters.Doubled, counters.Delivered);
    }

    [Fact]
    public void Jitter_alone_keeps_the_order()
    {
        var arrivals = Arrivals(new() { Seed = 5, MaxDelay = TimeSpan.FromMilliseconds(100) }, 300);

        var numbers = arrivals.ConvertAll(text => int.Parse(text.Split('@')[0], CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, 300), numbers);
    }

    [Fact]
    public void Simultaneous_datagrams_are_delivered_in_the_order_of_their_addresses_whoever_sent_first()
    {
        using var network = new VirtualNetwork(_time);
        var heard = new List<int>();
        network.Open(Bob, (_, from) => heard.Add(from.Port));
        var high = network.Open(new IPEndPoint(Alice.Address, 7000), (_, _) => { });
        var low = network.Open(new IPEndPoint(Alice.Address, 6000), (_, _) => { });

        high.Send([1], Bob);
        low.Send([1], Bob);
        _time.Advance(TimeSpan.Zero);

        Assert.Equal([6000, 7000], heard);
    }

    [Fact]
    public void A_test_can_drop_exactly_what_it_wants()
    {
        using var network = new VirtualNetwork(_time);
        var heard = new List<byte>();
        var alice = network.Open(Alice, (_, _) => { });
        network.Open(Bob, (bytes, _) => heard.Add(bytes.Span[0]));
        network.DropWhen = (_, to, bytes) => to.Equals(Bob) && bytes.Span[0] == 2;

        alice.Send([1], Bob);
        alice.Send([2], Bob);
        alice.Send([3], Bob);
        _time.Advance(TimeSpan.Zero);

        Assert.Equal([1, 3], heard);
        Assert.Equal(1, network.Counters.Lost);
    }

    [Fact]
    public async Task An_address_is_taken_while_it_is_open_and_silent_once_closed()
    {
        using var network = new VirtualNetwork(_time);
        var alice = network.Open(Alice, (_, _) => { });
        var bob = network.Open(Bob, (_, _) => Assert.Fail("closed"));
        Assert.Throws<SocketException>(() => network.Open(Bob, (_, _) => { }));

        alice.Send([1], Bob);
        await bob.DisposeAsync();
        _time.Advance(TimeSpan.Zero);

        Assert.Equal(1, network.Counters.Undeliverable);
        Assert.Equal(Bob, network.Open(Bob, (_, _) => { }).LocalEndPoint);
    }

    [Fact]
    public void Free_ports_are_even_and_leave_room_for_rtcp()
    {
        using var network = new VirtualNetwork(_time);
        var any = new IPEndPoint(Alice.Address, 0);

        int[] ports = [network.Open(any, (_, _) => { }).LocalEndPoint.Port, network.Open(any, (_, _) => { }).LocalEndPoint.Port];

        Assert.Equal([20_000, 20_002], ports);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_outside_zero_to_one_is_refused(double share) =>
        Assert.Throws<ArgumentException>(() => new VirtualNetwork(_time, new() { LossShare = share }));

    private static List<string> Arrivals(VirtualNetworkOptions options, int count, bool otherTraffic = false)
    {
        var time = new VirtualTimeProvider();
        using var network = new VirtualNetwork(time, options);
        var start = time.GetTimestamp();
        var arrivals = new List<string>();
        var alice = network.Open(Alice, (_, _) => { });
        var carol = network.Open(IPEndPoint.Parse("10.1.0.3:5060"), (_, _) => { });
        network.Open(Bob, (bytes, from) =>
        {
            if (from.Equals(Alice))
                arrivals.Add($"{BitConverter.ToInt32(bytes.Span)}@{time.GetElapsedTime(start).Ticks}");
        });
        for (var i = 0; i < count; i++)
        {
            alice.Send(BitConverter.GetBytes(i), Bob);
            if (otherTraffic)
                carol.Send([1, 2, 3, 4], Bob);
            time.Advance(TimeSpan.FromMilliseconds(20));
        }

        time.Advance(TimeSpan.FromSeconds(1));
        return arrivals;
    }
}
