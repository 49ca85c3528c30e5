using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Jitter;
using CallCenterKit.Media.Rtp;

namespace JitterTraces;

/// <summary>Lets the buffer of the media engine play a trace, a frame every 20 ms.</summary>
internal sealed class AdaptiveBuffer
{
    private const int RateHz = 8000;
    private const uint FirstTimestamp = uint.MaxValue - 400_000; // it wraps on the way
    private static readonly long Noon = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    private readonly JitterTrace _trace;
    private readonly JitterBuffer _buffer = new(AudioCodecs.Pcma);
    private readonly AudioEncoder _encoder = AudioCodecs.Pcma.CreateEncoder();
    private readonly Voice _voice = new(RateHz, seed: 1);
    private readonly short[] _frame = new short[RateHz / 50];
    private readonly byte[] _payload = new byte[RateHz / 50];
    private TimeSpan _behind;
    private int _frames;
    private int _next;

    private AdaptiveBuffer(JitterTrace trace) => _trace = trace;

    /// <param name="trace">What the network does.</param>
    /// <param name="phase">Of the first frame, 0 to 20 ms: where packets fall between frames is chance.</param>
    public static TraceFigures Run(JitterTrace trace, TimeSpan phase) => new AdaptiveBuffer(trace).Run(phase);

    private TraceFigures Run(TimeSpan phase)
    {
        var end = _trace.Packets[^1].Sent;
        for (var now = phase; now < end; now += JitterTrace.Packet)
        {
            while (_next < _trace.Packets.Count && HasArrived(_trace.Packets[_next], now))
                Write();
            _buffer.Read(_frame, Noon + now.Ticks);
            if (_buffer.Counts.Played > 0)
                Measure(now);
        }

        var counts = _buffer.Counts;
        var lost = (long)_trace.Lost * _frame.Length;
        var concealed = Math.Max(0, counts.Concealed - lost);
        return new TraceFigures(_behind / _frames, (double)concealed / counts.Played, (double)(counts.Inserted + counts.LeftOut) / counts.Played);
    }

    private static bool HasArrived(TracePacket packet, TimeSpan now) => packet.Arrived is null ? packet.Sent + JitterTrace.Fastest <= now : packet.Arrived <= now;

    private void Write()
    {
        _voice.Speak(_frame);
        _encoder.Encode(_frame, _payload);
        var header = new RtpHeader(8, false, (ushort)_next, FirstTimestamp + (uint)(_next * _frame.Length), 1);
        if (_trace.Packets[_next].Arrived is { } arrived)
            _buffer.Write(header, _payload, Noon + arrived.Ticks);
        _next++;
    }

    // What will be heard with the next frame, measured by when it was said: not by what the buffer thinks.
    private void Measure(TimeSpan now)
    {
        var heard = TimeSpan.FromSeconds((double)(_buffer.NextTimestamp - FirstTimestamp) / RateHz) * _trace.Pace;
        _behind += now + JitterTrace.Packet - heard - JitterTrace.Fastest;
        _frames++;
    }
}
