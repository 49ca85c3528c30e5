namespace CallCenterKit.Media.Recording;

/// <summary>
/// Lays the packets of a tap side by side on one time line and keeps the file up to now. The last of it may be written over,
/// because packets come late. On the writer's thread.
/// </summary>
internal sealed class RecordingFile : IDisposable
{
    private const int Channels = 2;
    private const int HoldBackMilliseconds = 20 + MediaTimeline.MostBehindMilliseconds;

    private readonly RecordingOptions _options;
    private readonly RecordingTap _tap;
    private readonly short[] _window;           // interleaved, from _settled on
    private readonly int _windowFrames;
    private readonly RecordedVoice[] _voices;
    private AudioFileWriter? _file;
    private PausedStretch[] _pauses = [];
    private long _settled;                      // nothing before it changes any more
    private long _clean;                        // up to here the file holds what it shall
    private long _length;

    public RecordingFile(RecordingOptions options, RecordingTap tap)
    {
        _options = options;
        _tap = tap;
        _voices = [new RecordedVoice(tap.RateHz), new RecordedVoice(tap.RateHz)];
        _windowFrames = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(tap.RateHz / 2));
        _window = new short[_windowFrames * Channels];
    }

    /// <summary>How much audio the file holds. Any thread.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Volatile.Read(ref _length) * TimeSpan.TicksPerSecond / _tap.RateHz);

    /// <summary>Makes the file; does nothing when called again.</summary>
    /// <exception cref="IOException">The file cannot be made; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public void Open(IRecordingDisk disk) => _file ??= AudioFileWriter.Create(disk, _options, _tap.RateHz);

    /// <summary>Takes what has come and brings the file up to now.</summary>
    /// <returns>True if the recording is over and all of it is written.</returns>
    /// <exception cref="IOException">The disk is full or gone, or the file has reached the most its format can hold.</exception>
    public bool Drain(long now, RecordingScratch scratch)
    {
        var endedAt = _tap.EndedAt;
        FollowPauses();
        while (_tap.Ring.TryRead(out var packet, out var payload))
            Lay(packet, payload, scratch);
        var end = Math.Max(_tap.FrameAt(endedAt ?? now), _length);
        Settle(end - Samples(HoldBackMilliseconds), scratch);
        Put(end, scratch);
        _file!.Flush(_settled);
        if (endedAt is not null)
            _file.Finish();
        Volatile.Write(ref _length, end);
        return endedAt is not null;
    }

    /// <inheritdoc cref="AudioFileWriter.Salvage"/>
    public void Salvage() => _file?.Salvage();

    /// <inheritdoc cref="AudioFileWriter.Sum"/>
    /// <remarks>On any one thread, once the writer's is done with it. Nothing where there is no file.</remarks>
    public (string? Sha256, long Bytes) Sum() => _file is null ? (null, 0) : _file.Sum();

    public void Dispose()
    {
        _file?.Dispose();
        foreach (var voice in _voices)
            voice.Dispose();
    }

    private void Lay(in RingPacket packet, ReadOnlySpan<byte> payload, RecordingScratch scratch)
    {
        var pcm = _voices[packet.Channel].Take(packet, _tap.Codec(packet.Codec), payload, scratch, out var from);
        pcm = pcm[..Math.Min(pcm.Length, _windowFrames)];
        Settle(from + pcm.Length - _windowFrames, scratch);
        var mask = _window.Length - 1;
        for (var i = (int)Math.Clamp(_settled - from, 0, pcm.Length); i < pcm.Length; i++)
            _window[(int)((((from + i) * Channels) + packet.Channel) & mask)] = pcm[i];
        _clean = Math.Min(_clean, Math.Max(from, _settled));
    }

    // What was said ahead of the clock may lie in the file already when a pause begins there.
    private void FollowPauses()
    {
        var pauses = _tap.Pauses.All;
        if (pauses == _pauses)
            return;
        for (var i = Math.Max(0, _pauses.Length - 1); i < pauses.Length; i++)
            _clean = Math.Min(_clean, Math.Max(pauses[i].From, _settled));
        _pauses = pauses;
    }

    // What leaves the window is written for good.
    private void Settle(long frame, RecordingScratch scratch)
    {
        if (frame <= _settled)
            return;
        Put(frame, scratch);
        if (frame - _settled >= _windowFrames)
        {
            Array.Clear(_window);
            _settled = frame;
            return;
        }

        while (_settled < frame)
        {
            var start = (int)(_settled & (_windowFrames - 1));
            var frames = (int)Math.Min(frame - _settled, _windowFrames - start);
            _window.AsSpan(start * Channels, frames * Channels).Clear();
            _settled += frames;
        }
    }

    private void Put(long end, RecordingScratch scratch)
    {
        while (_clean < end)
        {
            var part = Part(end, scratch);
            var frames = part.Length / Channels;
            Silence(part, _clean);
            _file!.Write(_clean, _options.Channels == RecordingChannels.Mono ? part[..SoftMix.ToMono(part)] : part);
            _clean += frames;
        }
    }

    private Span<short> Part(long end, RecordingScratch scratch)
    {
        var start = (int)(_clean & (_windowFrames - 1));
        var frames = Math.Min(end - _clean, scratch.Frames.Length / Channels);
        var inWindow = Math.Min(_settled + _windowFrames - _clean, _windowFrames - start);
        if (inWindow > 0)
            frames = Math.Min(frames, inWindow);
        var part = scratch.Frames.AsSpan(0, (int)frames * Channels);
        if (inWindow > 0)
            _window.AsSpan(start * Channels, part.Length).CopyTo(part);
        else
            part.Clear();                                     // nobody has said anything for longer than the window
        return part;
    }

    private void Silence(Span<short> part, long at)
    {
        var end = at + (part.Length / Channels);
        for (var i = _pauses.Length - 1; i >= 0 && _pauses[i].To > at; i--)
        {
            var from = Math.Max(_pauses[i].From, at) - at;
            var to = Math.Min(_pauses[i].To, end) - at;
            if (from < to)
                part[(int)(from * Channels)..(int)(to * Channels)].Clear();
        }
    }

    private long Samples(int milliseconds) => (long)milliseconds * _tap.RateHz / 1000;
}
