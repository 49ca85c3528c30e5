namespace CallCenterKit.Media.Rtp;

/// <summary>Steps through the packets of queued keys; the leg's clock makes the steps (RFC 4733 §2.5.1).</summary>
/// <remarks>
/// One thread at a time. While <see cref="IsBusy"/>, each packet time is one step: it either yields an event packet, which takes
/// the place of audio, or belongs to the pause between keys, where audio goes on.
/// </remarks>
public sealed class TelephoneEventSender
{
    private const int EndPackets = 3;
    private const byte Volume = 10;
    private const int MinToneMilliseconds = 40;
    private const double MaxToneSeconds = 5;

    private readonly Queue<(byte Event, int Steps)> _keys = new();
    private readonly TimeSpan _maxTone;
    private readonly int _packetMilliseconds;
    private readonly int _packetTicks;
    private readonly int _pauseSteps;
    private (byte Event, int Steps) _key;
    private uint _start;
    private int _step;
    private int _lastStep;

    /// <summary>Begins with nothing to send.</summary>
    /// <param name="clockRateHz">Of the event's payload type, such as 8,000.</param>
    /// <param name="packetMilliseconds">One step, such as 20.</param>
    /// <param name="pauseMilliseconds">From the end of one key to the start of the next, rounded up to whole steps.</param>
    public TelephoneEventSender(int clockRateHz, int packetMilliseconds, int pauseMilliseconds = 80)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clockRateHz);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(packetMilliseconds);
        ArgumentOutOfRangeException.ThrowIfNegative(pauseMilliseconds);
        _packetMilliseconds = packetMilliseconds;
        _maxTone = TimeSpan.FromSeconds(Math.Min(MaxToneSeconds, (double)ushort.MaxValue / clockRateHz));
        _packetTicks = clockRateHz / 1000 * packetMilliseconds;
        _pauseSteps = Math.Max(Steps(pauseMilliseconds), EndPackets - 1);
    }

    /// <summary>Keys are being sent or wait for it.</summary>
    public bool IsBusy => _step < _lastStep || _keys.Count > 0;

    /// <summary>Adds keys behind those that wait.</summary>
    /// <param name="digits">Any of 0-9, *, # and A-D.</param>
    /// <param name="tone">40 ms to 5 s each (less where the clock is above 13 kHz: the duration has 16 bits), rounded up to whole steps.</param>
    /// <exception cref="ArgumentException">Some character is no key; nothing is added.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tone is too short or too long; nothing is added.</exception>
    public void Enqueue(ReadOnlySpan<char> digits, TimeSpan tone)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tone, TimeSpan.FromMilliseconds(MinToneMilliseconds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tone, _maxTone);
        foreach (var digit in digits)
        {
            if (!TelephoneEventPayload.TryGetEvent(digit, out _))
                throw new ArgumentException($"'{digit}' is no key; allowed are 0-9, *, # and A-D.", nameof(digits));
        }

        var steps = Steps((int)Math.Ceiling(tone.TotalMilliseconds));
        foreach (var digit in digits)
        {
            TelephoneEventPayload.TryGetEvent(digit, out var code);
            _keys.Enqueue((code, steps));
        }
    }

    /// <summary>Drops what waits and what is being sent; the far end finds the end of a cut key by itself.</summary>
    public void Clear()
    {
        _keys.Clear();
        _step = _lastStep = 0;
    }

    /// <summary>Makes one step.</summary>
    /// <param name="timestamp">Of the audio packet that would go out now.</param>
    /// <param name="packet">What goes out in its place.</param>
    /// <returns>False if audio goes out: nothing is queued, or there is a pause between two keys.</returns>
    public bool TryStep(uint timestamp, out TelephoneEventPacket packet)
    {
        packet = default;
        if (_step == _lastStep && !TryBegin(timestamp))
            return false;

        var step = _step++;
        if (step >= _key.Steps + EndPackets - 1)
            return false;

        var isEnd = step >= _key.Steps - 1;
        var duration = Math.Min(step + 1, _key.Steps) * _packetTicks;
        packet = new TelephoneEventPacket(
            new TelephoneEventPayload(_key.Event, isEnd, Volume, (ushort)Math.Min(duration, ushort.MaxValue)),
            _start,
            Marker: step == 0);
        return true;
    }

    private bool TryBegin(uint timestamp)
    {
        if (!_keys.TryDequeue(out _key))
            return false;
        (_start, _step, _lastStep) = (timestamp, 0, _key.Steps + _pauseSteps);
        return true;
    }

    private int Steps(int milliseconds) => (milliseconds + _packetMilliseconds - 1) / _packetMilliseconds;
}
