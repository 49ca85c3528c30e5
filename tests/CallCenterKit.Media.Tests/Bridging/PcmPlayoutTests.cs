using CallCenterKit.Media.Bridging;

namespace CallCenterKit.Media.Tests.Bridging;

public sealed class PcmPlayoutTests
{
    private readonly PcmPlayout _playout = new(8000, 8000);

    [Fact]
    public void What_was_written_is_read_once_and_then_silence()
    {
        _playout.Write(1, 1000, Frame(7));

        Assert.Equal(Frame(7), Read());
        Assert.Equal(Frame(0), Read());
    }

    [Fact]
    public void Packets_out_of_order_are_read_in_order()
    {
        _playout.Write(1, 1000, Frame(1));
        _playout.Write(1, 1320, Frame(3));
        _playout.Write(1, 1160, Frame(2));

        Assert.Equal([1, 2, 3], [Read()[0], Read()[0], Read()[0]]);
    }

    [Fact]
    public void A_packet_that_comes_after_its_time_delays_the_stream_by_as_much()
    {
        _playout.Write(1, 1000, Frame(1));
        Read();
        Read();
        _playout.Write(1, 1160, Frame(2));
        _playout.Write(1, 1320, Frame(3));

        Assert.Equal([2, 3], [Read()[0], Read()[0]]);
    }

    [Fact]
    public void A_burst_does_not_delay_for_ever()
    {
        for (uint i = 0; i < 40; i++)
            _playout.Write(1, 1000 + (i * 160), Frame((short)(i + 1)));

        Assert.InRange(_playout.Waiting, 160, 1280);
    }

    [Fact]
    public void A_new_source_is_heard_at_once()
    {
        _playout.Write(1, 1000, Frame(1));
        Read();
        _playout.Write(2, 900_000, Frame(5));

        Assert.Equal(5, Read()[0]);
    }

    [Fact]
    public void Timestamps_may_wrap()
    {
        _playout.Write(1, uint.MaxValue - 159, Frame(1));
        _playout.Write(1, 0, Frame(2));

        Assert.Equal([1, 2], [Read()[0], Read()[0]]);
    }

    private static short[] Frame(short value) => [.. Enumerable.Repeat(value, 160)];

    private short[] Read()
    {
        var pcm = new short[160];
        _playout.Read(pcm);
        return pcm;
    }
}
