using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Recording;

/// <summary>Copies a leg's packets aside for the writer's thread. On the leg's media thread, but for what says otherwise.</summary>
internal sealed class RecordingTap
{
    /// <summary>The left channel: what the party says.</summary>
    public const byte Said = 0;

    /// <summary>The right channel: what the party is sent.</summary>
    public const byte Sent = 1;

    private const int MostCodecs = 8;

    private readonly RecordingWriter _writer;
    private readonly MediaTimeline[] _timelines;
    private readonly AudioCodec[] _codecs = new AudioCodec[MostCodecs];
    private int _codecCount;
    private long _droppedPackets;
    private long _endedAt;
    private volatile bool _isPaused;
    private volatile bool _isAbandoned;

    public RecordingTap(RecordingWriter writer, int rateHz, long startedAt)
    {
        _writer = writer;
        RateHz = rateHz;
        StartedAt = startedAt;
        _timelines = [new MediaTimeline(rateHz, startedAt), new MediaTimeline(rateHz, startedAt)];
    }

    public int RateHz { get; }

    public long StartedAt { get; }

    public PacketRing Ring { get; } = new();

    /// <summary>Any thread: the next packet already is not copied.</summary>
    public bool IsPaused
    {
        get => _isPaused;
        set => _isPaused = value;
    }

    /// <summary>Any thread.</summary>
    public long DroppedPackets => Volatile.Read(ref _droppedPackets);

    /// <summary>When the leg let go of it; null while it has not. Any thread.</summary>
    public long? EndedAt => Volatile.Read(ref _endedAt) is > 0 and var at ? at : null;

    /// <summary>Any thread.</summary>
    public AudioCodec Codec(byte index) => _codecs[index];

    public void Capture(byte channel, AudioCodec codec, uint timestamp, ReadOnlySpan<byte> payload, long at)
    {
        if (_isPaused || _isAbandoned)
            return;
        var position = _timelines[channel].Place(timestamp, codec.RtpClockRateHz, at);
        if (!Ring.TryWrite(new RingPacket(channel, IndexOf(codec), position), payload))
            Volatile.Write(ref _droppedPackets, _droppedPackets + 1);
    }

    /// <summary>The leg lets go: nothing comes any more.</summary>
    public void End(long now)
    {
        if (_endedAt != 0)
            return;
        Volatile.Write(ref _endedAt, now);
        _writer.Wake();
    }

    /// <summary>The disk failed: nothing is wanted any more. Any thread.</summary>
    public void Abandon() => _isAbandoned = true;

    // The ring's own order makes a new codec visible before the packet that names it.
    private byte IndexOf(AudioCodec codec)
    {
        for (var i = 0; i < _codecCount; i++)
        {
            if (_codecs[i] == codec)
                return (byte)i;
        }

        if (_codecCount == MostCodecs)
            _codecCount = 0;
        _codecs[_codecCount] = codec;
        return (byte)_codecCount++;
    }
}
