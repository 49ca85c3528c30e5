using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Recording;

/// <summary>Copies a leg's packets aside for the writer's thread. On the leg's media thread, but for what says otherwise.</summary>
internal sealed class RecordingTap
{
    /// <summary>The left channel: what the party says.</summary>
    public const byte Said = 0;

    /// <summary>The right channel: what the party is sent.</summary>
    public const byte Sent = 1;

    private const int MostCodecs = 8;

    /// <summary>How long after a pause packets still come that were said in it.</summary>
    private static readonly TimeSpan LatestAfterPause = TimeSpan.FromSeconds(2);

    /// <summary>Of nearly all streams: what a packet holds was said in the time before it came.</summary>
    private static readonly TimeSpan PacketLength = TimeSpan.FromMilliseconds(20);

    private readonly MediaTimeline[] _timelines;
    private readonly PacketGaps[] _gaps = [new(), new()];
    private readonly AudioCodec[] _codecs = new AudioCodec[MostCodecs];
    private int _codecCount;
    private long _droppedPackets;
    private long _endedAt;
    private volatile bool _isAbandoned;
    private volatile RecordingWriter? _writer;

    public RecordingTap(PacketRing ring, int rateHz, long startedAt)
    {
        Ring = ring;
        RateHz = rateHz;
        StartedAt = startedAt;
        _timelines = [new MediaTimeline(rateHz, startedAt), new MediaTimeline(rateHz, startedAt)];
    }

    public int RateHz { get; }

    public long StartedAt { get; }

    public PacketRing Ring { get; }

    /// <summary>Whom the end is told; looks by itself when it takes the recording on. Any thread.</summary>
    public RecordingWriter? Writer
    {
        set => _writer = value;
    }

    /// <summary>Any thread: the next packet already is not copied.</summary>
    public PausedStretches Pauses { get; } = new();

    /// <summary>Any thread.</summary>
    public long DroppedPackets => Volatile.Read(ref _droppedPackets);

    /// <summary>When the leg let go of it; null while it has not. Any thread.</summary>
    public long? EndedAt => Volatile.Read(ref _endedAt) is > 0 and var at ? at : null;

    /// <summary>Any thread.</summary>
    public AudioCodec Codec(byte index) => _codecs[index];

    /// <summary>The frame of an instant. Any thread.</summary>
    public long FrameAt(long at) => (at - StartedAt) * RateHz / TimeSpan.TicksPerSecond;

    /// <summary>Takes a packet of audio.</summary>
    /// <param name="channel"><see cref="Said"/> or <see cref="Sent"/>.</param>
    /// <param name="codec">Of the payload.</param>
    /// <param name="header">As received, or as sent.</param>
    /// <param name="payload">Encoded; copied.</param>
    /// <param name="at">When it came or went.</param>
    public void Capture(byte channel, AudioCodec codec, in RtpHeader header, ReadOnlySpan<byte> payload, long at)
    {
        if (_isAbandoned)
            return;
        var (timeline, gaps) = (_timelines[channel], _gaps[channel]);
        var pauses = Pauses.All;
        // What the party says lies where it was said, and so the last packet is whole; what it is sent lies where it was sent.
        var saidFor = channel == Said ? PacketLength : TimeSpan.Zero;
        if (pauses.Length > 0 && WasSaidIn(pauses[^1], timeline.Expected(header.Timestamp, codec.RtpClockRateHz), PacketLength - saidFor, at))
        {
            gaps.Forget();
            return;
        }

        var position = timeline.Place(header.Timestamp, codec.RtpClockRateHz, at - saidFor.Ticks);
        if (pauses is [.., { To: PausedStretch.Open }])
        {
            gaps.Forget();                                    // the time line goes on, so that the end of the pause finds its place
            return;
        }

        if (!Ring.TryWrite(new RingPacket(channel, IndexOf(codec), gaps.Note(header), position), payload))
            Volatile.Write(ref _droppedPackets, _droppedPackets + 1);
    }

    /// <summary>Takes a packet without audio, such as one of a key press: where it stands nothing is lost.</summary>
    /// <param name="channel"><see cref="Said"/> or <see cref="Sent"/>.</param>
    /// <param name="header">As received, or as sent.</param>
    public void PassOver(byte channel, in RtpHeader header) => _gaps[channel].Note(header);

    /// <summary>The leg lets go: nothing comes any more.</summary>
    public void End(long now)
    {
        if (_endedAt != 0)
            return;
        Volatile.Write(ref _endedAt, now);
        _writer?.Wake();
    }

    /// <summary>The disk failed: nothing is wanted any more. Any thread.</summary>
    public void Abandon() => _isAbandoned = true;

    // What was held up on the way must not come out after the pause, not even in part.
    private bool WasSaidIn(in PausedStretch pause, long? place, TimeSpan placedAfter, long at) =>
        pause.To != PausedStretch.Open
        && place is { } frame
        && frame >= pause.From
        && frame < pause.To + Frames(placedAfter)
        && FrameAt(at) < pause.To + Frames(LatestAfterPause);

    private long Frames(TimeSpan time) => time.Ticks * RateHz / TimeSpan.TicksPerSecond;

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
