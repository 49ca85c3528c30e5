namespace CallCenterKit.Testing;

/// <summary>What a scripted phone hears on one call: counts, digits, and the last minutes of sound to measure.</summary>
/// <remarks>Any thread. Levels are in dB, 0 being a full-scale sine; -120 stands for nothing.</remarks>
public sealed class HeardAudio
{
    private const int SampleRateHz = 8000;
    private const int LongestPause = 5 * SampleRateHz;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly PhoneWork _work;
    private readonly List<ToneWatch> _watches = [];
    private readonly List<char> _digits = [];
    private readonly int _capacity;
    private short[] _samples = [];
    private RtpCount _count;
    private int _length;
    private int _watchedUpTo;
    private uint _baseTimestamp;
    private int _basePosition;
    private bool _hasBase;
    private uint? _lastDigitTimestamp;
    private long _lastArrival;
    private bool _hasArrival;
    private TimeSpan _longestGap;
    private long _audioSamples;

    internal HeardAudio(TimeProvider time, PhoneWork work, TimeSpan memory)
    {
        _time = time;
        _work = work;
        _capacity = (int)(memory.TotalSeconds * SampleRateHz);
    }

    /// <summary>Audio and digit packets received; one that arrives twice counts once.</summary>
    public long Packets
    {
        get { lock (_lock) { return _count.Received; } }
    }

    /// <summary>Packets missing between the first and the latest sequence number (RFC 3550 §A.3).</summary>
    public long PacketsLost
    {
        get { lock (_lock) { return _count.Lost; } }
    }

    /// <summary>Packets that came after one that was sent later, and those that came twice.</summary>
    public long PacketsOutOfOrder
    {
        get { lock (_lock) { return _count.OutOfOrder; } }
    }

    /// <summary>How much sound was received; what was lost or paused does not count.</summary>
    public TimeSpan Duration
    {
        get { lock (_lock) { return TimeSpan.FromTicks(_audioSamples * TimeSpan.TicksPerSecond / SampleRateHz); } }
    }

    /// <summary>The longest time between the arrivals of two packets, one after the other.</summary>
    public TimeSpan LongestGap
    {
        get { lock (_lock) { return _longestGap; } }
    }

    /// <summary>The digits received as telephone events (RFC 4733), in order.</summary>
    public string Digits
    {
        get { lock (_lock) { return string.Concat(_digits); } }
    }

    /// <summary>Level of everything that is kept.</summary>
    public double Level
    {
        get { lock (_lock) { return Goertzel.Level(_samples.AsSpan(0, _length)); } }
    }

    /// <summary>Mean level of one frequency in everything that is kept, by whole windows of 200 ms.</summary>
    /// <param name="frequencyHz">Over 0 and under 4000; neighbours 50 Hz away are over 60 dB down.</param>
    public double ToneLevel(double frequencyHz)
    {
        lock (_lock)
            return Goertzel.Level(_samples.AsSpan(0, _length), frequencyHz);
    }

    /// <summary>As the other overload, in the most recent part only.</summary>
    /// <param name="frequencyHz">Over 0 and under 4000.</param>
    /// <param name="last">How far to look back; at least 200 ms, of which there may be less.</param>
    public double ToneLevel(double frequencyHz, TimeSpan last)
    {
        lock (_lock)
        {
            var from = Math.Max(0, _length - (int)(last.TotalSeconds * SampleRateHz));
            return Goertzel.Level(_samples.AsSpan(from, _length - from), frequencyHz);
        }
    }

    /// <summary>A copy of what is kept: 16-bit PCM, 8,000 samples per second, silence where a packet was lost.</summary>
    public short[] CopySamples()
    {
        lock (_lock)
            return _samples.AsSpan(0, _length).ToArray();
    }

    /// <summary>Forgets everything up to now, so that the next phase of a call can be measured by itself.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _count = default;
            _digits.Clear();
            Array.Clear(_samples);
            (_length, _watchedUpTo, _basePosition, _audioSamples) = (0, 0, 0, 0);
            (_hasBase, _hasArrival, _longestGap) = (false, false, TimeSpan.Zero);
        }
    }

    /// <summary>Waits until a tone has been heard for 200 ms, counted from now.</summary>
    /// <param name="frequencyHz">Over 0 and under 4000.</param>
    /// <param name="levelDb">How strong it must be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the call ended first.</exception>
    public Task WaitForToneAsync(double frequencyHz, double levelDb = -30, CancellationToken cancellationToken = default)
    {
        var watch = new ToneWatch(frequencyHz, levelDb, new PhoneCompletion<bool>(_work));
        lock (_lock)
        {
            if (_watches.Count == 0)
                _watchedUpTo = _length;
            _watches.Add(watch);
        }

        return watch.Heard.WaitAsync(cancellationToken);
    }

    internal void OnAudio(in RtpPacket packet, ReadOnlySpan<short> pcm)
    {
        lock (_lock)
        {
            NoteArrival();
            if (!_count.Add(packet))
                return;
            _audioSamples += pcm.Length;
            Store(packet, pcm);
            Watch();
        }
    }

    /// <summary>Notes a packet of a telephone event; a digit counts once, with the first of its packets that arrives.</summary>
    internal void OnTelephoneEvent(in RtpPacket packet, char digit)
    {
        lock (_lock)
        {
            NoteArrival();
            if (!_count.Add(packet) || _lastDigitTimestamp == packet.Timestamp)
                return;
            _lastDigitTimestamp = packet.Timestamp;
            _digits.Add(digit);
        }
    }

    internal void End()
    {
        lock (_lock)
        {
            foreach (var watch in _watches)
                watch.Heard.Cancel();
            _watches.Clear();
        }
    }

    private void NoteArrival()
    {
        var now = _time.GetTimestamp();
        if (_hasArrival)
        {
            var gap = _time.GetElapsedTime(_lastArrival, now);
            _longestGap = gap > _longestGap ? gap : _longestGap;
        }

        (_lastArrival, _hasArrival) = (now, true);
    }

    // Samples lie where their timestamp says; a new stream or a jump goes on at the end.
    private void Store(in RtpPacket packet, ReadOnlySpan<short> pcm)
    {
        if (_samples.Length == 0)
            _samples = new short[_capacity];
        var position = _basePosition + (long)(int)(packet.Timestamp - _baseTimestamp);
        if (!_hasBase || position < 0 || position > _length + (long)LongestPause || position < _length - (long)LongestPause)
        {
            (_baseTimestamp, _basePosition, _hasBase) = (packet.Timestamp, _length, true);
            position = _length;
        }

        if (position + pcm.Length > _samples.Length)
            position -= ForgetOldest((int)Math.Min(_length, position + pcm.Length - (_samples.Length / 2)));
        pcm.CopyTo(_samples.AsSpan((int)position));
        _length = Math.Max(_length, (int)position + pcm.Length);
    }

    private int ForgetOldest(int samples)
    {
        _samples.AsSpan(samples, _length - samples).CopyTo(_samples);
        _length -= samples;
        _samples.AsSpan(_length).Clear();
        _basePosition -= samples;
        _watchedUpTo = Math.Max(0, _watchedUpTo - samples);
        return samples;
    }

    private void Watch()
    {
        while (_watches.Count > 0 && _length - _watchedUpTo >= Goertzel.WindowSamples)
        {
            foreach (var watch in _watches)
            {
                if (Goertzel.Level(_samples.AsSpan(_watchedUpTo, Goertzel.WindowSamples), watch.FrequencyHz) >= watch.LevelDb)
                    watch.Heard.Complete(true);
            }

            _watches.RemoveAll(static watch => watch.Heard.IsCompleted);
            _watchedUpTo += Goertzel.WindowSamples;
        }
    }

    private sealed record ToneWatch(double FrequencyHz, double LevelDb, PhoneCompletion<bool> Heard);
}
