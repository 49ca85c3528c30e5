using CallCenterKit.Media.Jitter;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Jitter;

public sealed class JitterBufferTests
{
    private const int FrameTicks = (int)(20 * TimeSpan.TicksPerMillisecond);
    private static readonly long Noon = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    private readonly short[] _frame = new short[160];
    private JitterBuffer _buffer = new(PlainCodec.Instance, startsAtOnce: true);
    private long _now = Noon;

    [Fact]
    public void What_was_written_is_read_once()
    {
        Write(1000, Frame(7));
        Assert.Equal(Frame(7), Read());

        Write(1160, Frame(8));
        Assert.Equal(Frame(8), Read());
        Assert.Equal(0, _buffer.Counts.Concealed);
    }

    [Fact]
    public void Nothing_is_heard_before_the_first_packet() => Assert.Equal(Frame(0), Read());

    [Fact]
    public void The_first_packet_waits_until_it_is_known_how_uneven_the_network_is()
    {
        _buffer = new(PlainCodec.Instance);
        List<short> heard = [];
        for (uint i = 0; i < 5; i++)
        {
            Write(1000 + (i * 160), Frame((short)(i + 1)));
            heard.Add(Read()[80]);
        }

        Assert.Equal([0, 0, 1, 2, 3], heard);
    }

    [Fact]
    public void Packets_out_of_order_are_read_in_order()
    {
        Write(1000, Frame(1));
        Write(1320, Frame(3));
        Write(1160, Frame(2));

        Assert.Equal([1, 2, 3], [Read()[80], Read()[80], Read()[80]]);
    }

    [Fact]
    public void A_packet_that_comes_twice_is_heard_once()
    {
        Write(1000, Frame(1));
        Write(1000, Frame(1));
        Write(1160, Frame(2));
        Write(1160, Frame(2));

        Assert.Equal([1, 2], [Read()[80], Read()[80]]);
        Assert.Equal(2, _buffer.Counts.DuplicatePackets);
    }

    [Fact]
    public void A_packet_that_comes_after_its_time_delays_the_stream_by_as_much()
    {
        Write(1000, Frame(1));
        Read();
        Read();
        Write(1160, Frame(2));
        Write(1320, Frame(3));

        List<short> heard = [.. Read(), .. Read(), .. Read()];
        Assert.Equal([2, 3], heard.Where(sample => sample > 1).Distinct());
        Assert.InRange(heard.Count(sample => sample == 2), 150, 200);
        Assert.InRange(_buffer.Counts.Concealed, 160, 320);   // nothing came after the third
        Assert.InRange(_buffer.Delay, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public void A_packet_whose_place_is_taken_already_is_not_heard()
    {
        Talk(20);
        SkipOne();
        Talk(1);
        Write(_timestamp - 320, Frame(30_000));               // overtaken by the one after it
        Talk(1);

        Assert.DoesNotContain(_heard, sample => sample > 20_000);
        Assert.Equal(1, _buffer.Counts.LatePackets);
    }

    [Fact]
    public void A_lost_packet_sounds_like_what_was_before_and_moves_nothing()
    {
        Talk(20);
        SkipOne();
        Talk(20);

        Assert.Equal(160, _buffer.Counts.Concealed);
        Assert.Equal(TimeSpan.Zero, _buffer.Delay);
        // The sine goes on through the hole: no quiet place, no step that the sine itself does not have.
        var heard = _heard.ToArray();
        Assert.True(Tone.LevelOf(heard.AsSpan(19 * 160, 160), ToneHz) > 0.8 * 8000);
        Assert.InRange(LongestStep(heard), 0, 1.5 * LongestStep(Tone.Sine(ToneHz, 0, 800)));
        Assert.Equal(Tone.Sine(ToneHz, 30 * 160, 160), heard.AsSpan(30 * 160, 160).ToArray());
    }

    [Fact]
    public void A_long_hole_fades_into_silence_within_60_ms()
    {
        Talk(20);
        for (var i = 0; i < 10; i++)
            _heard.AddRange(Read());

        var hole = _heard.Skip(20 * 160).ToArray();
        Assert.True(Tone.LevelOf(hole.AsSpan(0, 80), ToneHz) > 0.8 * 8000);
        Assert.InRange(Tone.LevelOf(hole.AsSpan(160, 160), ToneHz), 0.4 * 8000, 0.8 * 8000);
        Assert.All(hole.Skip(480), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void After_a_pause_of_the_sender_the_stream_is_heard_as_soon_as_before()
    {
        Talk(20);
        for (var i = 0; i < 150; i++)
        {
            Skip();
            Read();
        }

        _heard.Clear();
        Talk(20);

        Assert.Equal(TimeSpan.Zero, _buffer.Delay);
        Assert.True(Tone.Has(_heard.ToArray(), ToneHz));
        Assert.InRange(_buffer.Counts.Concealed, 0, 11 * 160); // the pause itself is none of it
    }

    [Fact]
    public void A_burst_does_not_delay_for_ever()
    {
        for (uint i = 0; i < 40; i++)
            Write(1000 + (i * 160), Frame((short)(i + 1)));

        Read();
        Assert.InRange(Read()[80], 40 - 12, 40);
    }

    [Fact]
    public void A_new_source_is_heard_at_once()
    {
        Write(1000, Frame(1));
        Read();
        Write(900_000, Frame(5), ssrc: 2);

        Assert.Equal(5, Read()[159]);
    }

    [Fact]
    public void A_sender_that_begins_anew_is_heard_from_its_second_packet_on()
    {
        Write(1000, Frame(1));
        Read();
        Write(900_000, Frame(5));
        Read();
        Write(900_160, Frame(6));

        Assert.Equal(6, Read()[159]);
    }

    [Fact]
    public void One_stray_timestamp_moves_nothing()
    {
        Talk(10);
        Write(_timestamp + 900_000, Frame(30_000));
        Talk(20);

        Assert.Equal(Tone.Sine(ToneHz, 29 * 160, 160), _heard.Skip(29 * 160).ToArray());
        Assert.Equal(0, _buffer.Counts.Concealed);
    }

    [Fact]
    public void Timestamps_may_wrap()
    {
        Write(uint.MaxValue - 159, Frame(1));
        Write(0, Frame(2));

        Assert.Equal([1, 2], [Read()[80], Read()[80]]);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(60)]
    public void Packets_of_any_length_are_heard_whole(int milliseconds)
    {
        _buffer = new(PlainCodec.Instance);
        var samples = 8 * milliseconds;
        for (var at = 0; at < 3000; at += 10)
        {
            if (at % milliseconds == 0)
            {
                Write(_timestamp, Tone.Sine(ToneHz, (int)_timestamp, samples));
                _timestamp += (uint)samples;
            }

            if (at % 20 == 0)
                _heard.AddRange(ReadNow());
            _now += FrameTicks / 2;
        }

        Assert.Equal(0, _buffer.Counts.Concealed);
        Assert.True(Tone.Has(_heard.ToArray().AsSpan(1600, 8000), ToneHz));
    }

    [Fact]
    public void A_format_whose_clock_is_half_its_rate_is_put_in_order_too()
    {
        var buffer = new JitterBuffer(new HalfClock(), startsAtOnce: true);
        var frame = new short[320];
        List<short> heard = [];
        for (uint i = 0; i < 10; i++)
        {
            buffer.Write(new RtpHeader(9, false, 0, i * 160, 1), PlainCodec.Bytes([.. Enumerable.Repeat((short)(i + 1), 320)]), _now);
            buffer.Read(frame, _now);
            heard.Add(frame[160]);
            _now += FrameTicks;
        }

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], heard);
        Assert.Equal(10u * 160, buffer.NextTimestamp);
    }

    [Fact]
    public void The_delay_grows_with_unevenness_and_goes_back_afterwards()
    {
        Talk(50);
        for (var i = 0; i < 25; i++)                          // all but every fourth packet waits for it
        {
            for (var n = 0; n < 4; n++)
            {
                if (n == 3)
                    Repeat(4, Say);
                _heard.AddRange(Read());
            }
        }

        var concealed = _buffer.Counts.Concealed;
        Assert.InRange(_buffer.Delay, TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(90));
        Assert.InRange(concealed, 1, 8 * 160);

        Talk(250);
        Assert.InRange(_buffer.Delay, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        Assert.Equal(concealed, _buffer.Counts.Concealed);
        Assert.InRange(LongestStep(_heard.ToArray()), 0, 2.5 * LongestStep(Tone.Sine(ToneHz, 0, 800)));
    }

    [Fact]
    public void Packets_and_frames_allocate_nothing()
    {
        var payload = PlainCodec.Bytes(Frame(1000));
        long allocated = 0;
        for (uint i = 0; i < 2000; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (i % 20 != 0)                                  // some are lost
                _buffer.Write(new RtpHeader(0, false, 0, i * 160, 1), payload, _now);
            _buffer.Read(_frame, _now);
            if (i > 200)
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            _now += FrameTicks;
        }

        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Whatever_comes_every_frame_is_made_and_the_delay_stays_bounded(int seed)
    {
        var random = new Random(seed);
        var ssrc = 1u;
        for (var i = 0; i < 4_000; i++)
        {
            ssrc += random.Next(2000) == 0 ? 1u : 0;
            _timestamp += random.Next(1000) switch { 0 => (uint)random.Next(), < 20 => 320, < 30 => 0, _ => 160 };
            for (var n = random.Next(100) switch { 0 => 30, < 10 => 0, < 15 => 2, _ => 1 }; n > 0; n--)
            {
                var payload = new byte[random.Next(50) switch { 0 => random.Next(1400), 1 => 0, _ => 320 }];
                random.NextBytes(payload);
                _buffer.Write(new RtpHeader(0, false, 0, _timestamp - (uint)(160 * random.Next(3)), ssrc), payload, _now + random.Next(FrameTicks));
            }

            Read();
        }

        _buffer.Write(new RtpHeader(0, false, 0, _timestamp, 77), PlainCodec.Bytes(Frame(5)), _now);
        for (var i = 0; i < 25; i++)                          // the wait that such a network needs is over by then
        {
            _timestamp += 160;
            _buffer.Write(new RtpHeader(0, false, 0, _timestamp, 77), PlainCodec.Bytes(Frame(5)), _now);
            Read();
        }

        Assert.Equal(Frame(5), _frame);
    }

    private const int ToneHz = 350;
    private readonly List<short> _heard = [];
    private uint _timestamp = 160_000;
    private readonly uint _said = 160_000;

    private void Talk(int frames) => Repeat(frames, () =>
    {
        Say();
        _heard.AddRange(Read());
    });

    private void Say()
    {
        Write(_timestamp, Tone.Sine(ToneHz, (int)(_timestamp - _said), 160));
        _timestamp += 160;
    }

    private void Skip() => _timestamp += 160;

    private void SkipOne()
    {
        Skip();
        _heard.AddRange(Read());
    }

    private static void Repeat(int times, Action what)
    {
        for (var i = 0; i < times; i++)
            what();
    }

    private void Write(uint timestamp, short[] pcm, uint ssrc = 1) =>
        _buffer.Write(new RtpHeader(0, false, 0, timestamp, ssrc), PlainCodec.Bytes(pcm), _now);

    private short[] Read()
    {
        var pcm = ReadNow();
        _now += FrameTicks;
        return pcm;
    }

    private short[] ReadNow()
    {
        _buffer.Read(_frame, _now);
        return [.. _frame];
    }

    private static short[] Frame(short value) => [.. Enumerable.Repeat(value, 160)];

    private static double LongestStep(ReadOnlySpan<short> pcm)
    {
        var longest = 0;
        for (var i = 1; i < pcm.Length; i++)
            longest = Math.Max(longest, Math.Abs(pcm[i] - pcm[i - 1]));
        return longest;
    }

    private sealed class HalfClock : Media.Codecs.AudioCodec
    {
        public override string Name => "HALF";

        public override int? StaticPayloadType => null;

        public override int SampleRateHz => 16000;

        public override int RtpClockRateHz => 8000;

        public override Media.Codecs.AudioEncoder CreateEncoder() => throw new NotSupportedException();

        public override Media.Codecs.AudioDecoder CreateDecoder() => PlainCodec.Instance.CreateDecoder();
    }
}
