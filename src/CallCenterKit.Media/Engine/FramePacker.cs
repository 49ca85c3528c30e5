namespace CallCenterKit.Media.Engine;

/// <summary>Puts two or three 20 ms frames into a packet, for a remote side that asked for longer ones (a=ptime).</summary>
internal sealed class FramePacker(int framesPerPacket)
{
    private const int LongestFrame = 640;       // L16 at 16,000 samples per second

    private readonly byte[] _payload = new byte[framesPerPacket * LongestFrame];
    private int _length;
    private int _frames;
    private long _at;

    /// <summary>Takes a frame.</summary>
    /// <returns>True if <paramref name="packet"/> is ready; it is valid until the next call.</returns>
    public bool Add(ReadOnlySpan<byte> frame, long at, out Packed packet)
    {
        packet = default;
        if (_frames > 0 && at != _at + (_frames * MediaThread.FrameTicks))
            _frames = 0; // something else was sent in between: what is left over is stale
        if (_frames == 0)
        {
            _at = at;
            _length = 0;
        }

        frame.CopyTo(_payload.AsSpan(_length));
        _length += frame.Length;
        if (++_frames < framesPerPacket)
            return false;
        packet = new Packed(_payload.AsSpan(0, _length), _at, _frames * MediaThread.Frame);
        _frames = 0;
        return true;
    }

    public readonly ref struct Packed(ReadOnlySpan<byte> payload, long at, TimeSpan duration)
    {
        public ReadOnlySpan<byte> Payload { get; } = payload;

        public long At { get; } = at;

        public TimeSpan Duration { get; } = duration;
    }
}
