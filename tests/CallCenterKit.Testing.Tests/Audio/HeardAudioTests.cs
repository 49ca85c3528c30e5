using CallCenterKit.Time;

namespace CallCenterKit.Testing.Audio;

public sealed class HeardAudioTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly HeardAudio _heard;

    public HeardAudioTests() => _heard = new HeardAudio(_time, new PhoneWork(RunningWork.Uncounted, isSerial: false), TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData(440, -10)]
    [InlineData(1000, 0)]
    [InlineData(3400, -30)]
    public void The_level_of_a_tone_is_what_was_said(double frequencyHz, double levelDb)
    {
        Hear(PhoneVoice.Tone(frequencyHz, levelDb), 0, 100);

        Assert.Equal(levelDb, _heard.ToneLevel(frequencyHz), tolerance: 0.2);
        Assert.Equal(levelDb, _heard.Level, tolerance: 0.2);
        Assert.True(_heard.ToneLevel(frequencyHz - 50) < levelDb - 50);
    }

    [Fact]
    public void Nothing_heard_is_as_low_as_it_gets()
    {
        Assert.Equal(-120, _heard.Level);
        Assert.Equal(-120, _heard.ToneLevel(440));
        Hear(PhoneVoice.Silence, 0, 100);
        Assert.Equal(-120, _heard.ToneLevel(440));
    }

    [Fact]
    public void Loss_repetition_and_disorder_are_told_apart()
    {
        foreach (var sequence in new[] { 65534, 65535, 1, 0, 1, 5, 4 })
            _heard.OnAudio(Packet(sequence), new short[160]);

        Assert.Equal(6, _heard.Packets);
        Assert.Equal(2, _heard.PacketsLost);
        Assert.Equal(3, _heard.PacketsOutOfOrder);
        Assert.Equal(TimeSpan.FromMilliseconds(120), _heard.Duration);
        Assert.Equal(8 * 160, _heard.CopySamples().Length);
    }

    [Fact]
    public void Packets_out_of_order_lie_where_they_belong()
    {
        foreach (var number in new[] { 0, 2, 1 })
            _heard.OnAudio(Packet(number), [.. Enumerable.Repeat((short)(number + 1), 160)]);

        Assert.Equal([1, 2, 3], _heard.CopySamples().Chunk(160).Select(chunk => (int)chunk[80]));
    }

    [Fact]
    public void Only_the_latest_is_kept()
    {
        Hear(PhoneVoice.Tone(440), 0, 600);
        Hear(PhoneVoice.Tone(1000), 600, 600);

        Assert.InRange(_heard.CopySamples().Length, 5 * 8000, 10 * 8000);
        Assert.Equal(-10, _heard.ToneLevel(1000), tolerance: 0.2);
        Assert.True(_heard.ToneLevel(440) < -60);
        Assert.Equal(24, _heard.Duration.TotalSeconds);
    }

    [Fact]
    public void A_new_stream_goes_on_where_the_old_one_ended()
    {
        Hear(PhoneVoice.Tone(440), 0, 50);
        var frame = new short[160];
        _heard.OnAudio(new RtpPacket(0, true, 9000, 4_000_000_000, 2), frame);

        Assert.Equal(51 * 160, _heard.CopySamples().Length);
        Assert.Equal(0, _heard.PacketsLost);
    }

    [Fact]
    public void A_restart_forgets()
    {
        Hear(PhoneVoice.Tone(440), 0, 100);
        _heard.OnTelephoneEvent(Packet(100), '5');

        _heard.Restart();

        Assert.Equal(("", 0L, -120.0), (_heard.Digits, _heard.Packets, _heard.ToneLevel(440)));
    }

    [Fact]
    public void The_most_recent_part_can_be_measured_alone()
    {
        Hear(PhoneVoice.Tone(440), 0, 100);
        Hear(PhoneVoice.Tone(1000), 100, 100);

        Assert.Equal(-10, _heard.ToneLevel(1000, TimeSpan.FromSeconds(1)), tolerance: 0.2);
        Assert.True(_heard.ToneLevel(440, TimeSpan.FromSeconds(1)) < -60);
    }

    [Fact]
    public void A_voice_from_samples_repeats()
    {
        var frame = new short[5];

        PhoneVoice.Samples([1, 2, 3]).Fill(1, frame);

        Assert.Equal([2, 3, 1, 2, 3], frame.Select(sample => (int)sample));
    }

    private static RtpPacket Packet(int number) => new(0, false, (ushort)number, (uint)((short)number * 160), 1);

    private void Hear(PhoneVoice voice, int from, int packets)
    {
        var frame = new short[160];
        for (var i = from; i < from + packets; i++)
        {
            voice.Fill(i * 160L, frame);
            _heard.OnAudio(Packet(i), frame);
        }
    }
}
