using CallCenterKit.Media.Recording;

namespace CallCenterKit.Media.Tests.Recording;

public sealed class PacketRingTests
{
    private const int PerSegment = 10;
    private const int PayloadBytes = 160;

    private readonly byte[] _payload = new byte[PayloadBytes];

    [Fact]
    public void Packets_come_out_whole_and_in_their_order()
    {
        var ring = MakeRing(2);
        for (var i = 0; i < 100; i++)
        {
            Write(ring, i);
            if (i % 3 == 2)
                AssertReads(ring, i - 2, 3);
        }

        AssertReads(ring, 99, 1);
        Assert.False(ring.TryRead(out _, out _));
        Assert.Equal(2, ring.Segments);
    }

    [Fact]
    public void Without_a_spare_segment_it_refuses_and_keeps_what_it_has()
    {
        var ring = MakeRing(5);
        for (var i = 0; i < 2 * PerSegment; i++)
            Write(ring, i);

        Assert.False(ring.TryWrite(new RingPacket(0, 0, 0, 99), _payload));
        AssertReads(ring, 0, 2 * PerSegment);
        Write(ring, 0);
    }

    [Fact]
    public void While_nobody_reads_it_grows_up_to_its_bound_and_shrinks_again()
    {
        var ring = MakeRing(5);
        var kept = 0;
        for (; ring.TryWrite(new RingPacket(0, 0, 0, kept), _payload); kept++)
            ring.Provide();

        Assert.Equal((5 * PerSegment, 5), (kept, ring.Segments));
        AssertReads(ring, 0, kept);
        Assert.False(ring.TryRead(out _, out _));
        Assert.Equal(2, ring.Segments);
    }

    [Fact]
    public void Writing_allocates_nothing_also_while_it_grows()
    {
        var ring = MakeRing(50);
        var allocated = 0L;
        for (var i = 0; i < 200; i++)
        {
            ring.Provide();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Write(ring, i);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task One_thread_hands_over_everything_to_another()
    {
        const int Packets = 20_000;
        var ring = MakeRing(40);
        var writing = Task.Factory.StartNew(
            () =>
            {
                var payload = new byte[PayloadBytes];
                for (var i = 0; i < Packets; i++)
                {
                    payload.AsSpan().Fill((byte)i);
                    while (!ring.TryWrite(new RingPacket((byte)(i % 2), 0, (ushort)i, i), payload))
                        Thread.Yield();
                }
            },
            TaskCreationOptions.LongRunning);

        for (var i = 0; i < Packets;)
        {
            if (!ring.TryRead(out var packet, out var payload))
            {
                ring.Provide();
                Thread.Yield();
                continue;
            }

            Assert.Equal(((byte)(i % 2), (ushort)i, (long)i), (packet.Channel, packet.Missing, packet.Position));
            Assert.Equal(((byte)i, (byte)i), (payload[0], payload[^1]));
            i++;
        }

        await writing;
        Assert.False(ring.TryRead(out _, out _));
    }

    private static PacketRing MakeRing(int mostSegments) => new(PerSegment * (PacketSegment.HeaderSize + PayloadBytes), mostSegments);

    private void Write(PacketRing ring, int number) => Assert.True(ring.TryWrite(new RingPacket(1, 3, (ushort)number, number), _payload));

    private static void AssertReads(PacketRing ring, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            Assert.True(ring.TryRead(out var packet, out var payload));
            Assert.Equal((i, PayloadBytes), (packet.Position, payload.Length));
        }
    }
}
