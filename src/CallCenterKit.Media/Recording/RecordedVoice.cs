using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Jitter;
using CallCenterKit.Media.Resampling;

namespace CallCenterKit.Media.Recording;

/// <summary>
/// Makes the sound of one voice out of its packets and conceals what was lost between them, as a phone does. On the writer's thread.
/// </summary>
/// <remarks>
/// What is lost is known when the next packet comes: the numbers that are missing and the time that has passed agree. A voice that
/// paused is silent instead, and so is one that was lost for longer than the file waits. Nothing is allocated per packet.
/// </remarks>
internal sealed class RecordedVoice(int rateHz) : IDisposable
{
    /// <summary>A hole that is longer stays silent: its beginning is written for good.</summary>
    public const int LongestHoleMilliseconds = 300;

    private readonly LossConcealment _concealment = new(rateHz);
    private readonly RecentSound _recent = new(rateHz);
    private AudioCodec? _codec;
    private AudioDecoder? _decoder;
    private Resampler? _resampler;
    private long _end;                          // of the sound that is furthest ahead

    /// <summary>Decodes a packet.</summary>
    /// <param name="packet">As it was captured.</param>
    /// <param name="codec">Of the packet.</param>
    /// <param name="payload">Encoded.</param>
    /// <param name="scratch">Holds the result until the next call.</param>
    /// <param name="from">Where the result begins on the time line: before the packet, if something was lost there.</param>
    /// <returns>What stands in the place of lost packets, if any were, and the packet's own sound.</returns>
    public ReadOnlySpan<short> Take(in RingPacket packet, AudioCodec codec, ReadOnlySpan<byte> payload, RecordingScratch scratch, out long from)
    {
        var decoded = scratch.Decoded.AsSpan(0, DecoderOf(codec).Decode(payload, scratch.Decoded));
        var hole = LostBefore(packet, decoded.Length * rateHz / codec.SampleRateHz);
        _resampler = Resampler.Follow(_resampler, codec.SampleRateHz, rateHz);
        var count = _resampler.Convert(decoded, scratch.Converted.AsSpan(hole));
        var sound = scratch.Converted.AsSpan(0, hole + count);
        if (hole > 0)
            Conceal(sound, hole);
        from = packet.Position - hole;
        Remember(sound, from);
        return sound;
    }

    public void Dispose() => _decoder?.Dispose();

    private AudioDecoder DecoderOf(AudioCodec codec)
    {
        if (codec == _codec)
            return _decoder!;
        _decoder?.Dispose();
        _codec = codec;
        return _decoder = codec.CreateDecoder();
    }

    private int LostBefore(in RingPacket packet, int length)
    {
        var hole = packet.Position - _end;
        var isLost = packet.Missing > 0 && Math.Abs(hole - ((long)packet.Missing * length)) <= length / 2;
        return isLost && hole > 0 && hole <= rateHz * LongestHoleMilliseconds / 1000 ? (int)hole : 0;
    }

    private void Conceal(Span<short> sound, int hole)
    {
        _concealment.Begin(_recent.Latest);
        _concealment.Next(sound[..hole]);
        _concealment.End(sound[hole..]);
    }

    // A packet that comes late fills its place and is not the last that was heard.
    private void Remember(ReadOnlySpan<short> sound, long from)
    {
        var end = from + sound.Length;
        if (end <= _end)
            return;
        _recent.AddSilence(Math.Max(0, from - _end));
        _recent.Add(sound);
        _end = end;
    }
}
