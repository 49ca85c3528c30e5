using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Resampling;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Recording;

/// <summary>Lays the packets of a tap side by side on one time line and writes it out. On the writer's thread.</summary>
internal sealed class RecordingFile : IDisposable
{
    private const int Channels = 2;
    private const int HoldBackMilliseconds = 20 + MediaTimeline.MostBehindMilliseconds;

    private readonly RecordingTap _tap;
    private readonly WavWriter _wav;
    private readonly short[] _window;           // interleaved, from _position on
    private readonly int _windowFrames;
    private readonly (AudioCodec? Codec, AudioDecoder? Decoder)[] _decoders = new (AudioCodec?, AudioDecoder?)[Channels];
    private readonly Resampler?[] _resamplers = new Resampler?[Channels];
    private long _position;

    public RecordingFile(string path, RecordingTap tap)
    {
        _tap = tap;
        _wav = WavWriter.Create(path, Channels, tap.RateHz);
        _windowFrames = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(tap.RateHz / 2));
        _window = new short[_windowFrames * Channels];
    }

    /// <summary>Any thread.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Volatile.Read(ref _position) * TimeSpan.TicksPerSecond / _tap.RateHz);

    /// <summary>Takes what has come and writes all that can't change any more.</summary>
    /// <returns>True if the recording is over and all of it is written.</returns>
    /// <exception cref="IOException">The disk is full or gone, or the file has reached the 4 GB of its format.</exception>
    public bool Drain(long now, RecordingScratch scratch)
    {
        var endedAt = _tap.EndedAt;
        while (_tap.Ring.TryRead(out var packet, scratch.Payload, out var length))
            Lay(packet, scratch.Payload.AsSpan(0, length), scratch);
        if (endedAt is { } end)
            WriteUpTo(FrameAt(end));
        else
            WriteUpTo(FrameAt(now) - (HoldBackMilliseconds * _tap.RateHz / 1000));
        _wav.Flush();
        return endedAt is not null;
    }

    public void Dispose() => _wav.Dispose();

    private long FrameAt(long at) => (at - _tap.StartedAt) * _tap.RateHz / TimeSpan.TicksPerSecond;

    private void Lay(in RingPacket packet, ReadOnlySpan<byte> payload, RecordingScratch scratch)
    {
        var codec = _tap.Codec(packet.Codec);
        ref var own = ref _decoders[packet.Channel];
        if (own.Codec != codec)
            own = (codec, codec.CreateDecoder());
        var count = own.Decoder!.Decode(payload, scratch.Decoded);
        var resampler = _resamplers[packet.Channel] = Resampler.Follow(_resamplers[packet.Channel], codec.SampleRateHz, _tap.RateHz);
        count = resampler.Convert(scratch.Decoded.AsSpan(0, count), scratch.Converted);
        var pcm = scratch.Converted.AsSpan(0, Math.Min(count, _windowFrames));

        WriteUpTo(packet.Position + pcm.Length - _windowFrames);
        var mask = _window.Length - 1;
        for (var i = (int)Math.Clamp(_position - packet.Position, 0, pcm.Length); i < pcm.Length; i++)
            _window[(int)((((packet.Position + i) * Channels) + packet.Channel) & mask)] = pcm[i];
    }

    private void WriteUpTo(long position)
    {
        while (_position < position)
        {
            var start = (int)(_position & (_windowFrames - 1));
            var frames = (int)Math.Min(position - _position, _windowFrames - start);
            var part = _window.AsSpan(start * Channels, frames * Channels);
            if (!_wav.Append(part))
                throw new IOException("The recording has reached 4 GB, the most its format can hold.");
            part.Clear();
            Volatile.Write(ref _position, _position + frames);
        }
    }
}
