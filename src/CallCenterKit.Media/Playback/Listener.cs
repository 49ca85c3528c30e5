using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Jitter;
using CallCenterKit.Media.Resampling;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Playback;

/// <summary>
/// Gives what a party says to a pipe, in order and without holes: what is lost is concealed, and silence after 60 ms of it.
/// On the media thread but for <see cref="Reader"/>.
/// </summary>
internal sealed class Listener(int rateHz)
{
    private const int LongestHoleSeconds = 1;

    private readonly Pipe _pipe = PcmPipe.CreateLong(rateHz);
    private readonly LossConcealment _concealment = new(rateHz);
    private readonly RecentSound _recent = new(rateHz);
    private AudioCodec? _codec;
    private AudioDecoder? _decoder;
    private Resampler? _resampler;
    private ValueTask<FlushResult> _flush;
    private uint _ssrc;
    private uint _expected;
    private bool _completed;
    private long _framesDropped;

    public PipeReader Reader => _pipe.Reader;

    public long FramesDropped => Volatile.Read(ref _framesDropped);

    public void OnAudio(AudioCodec codec, in RtpHeader header, ReadOnlySpan<byte> payload, MixerScratch scratch)
    {
        if (_completed)
            return;
        var hole = HoleBefore(codec, header);
        if (hole < 0)
            return; // it comes too late: something stands in its place already
        var count = _decoder!.Decode(payload, scratch.Decoded);
        _expected = header.Timestamp + (uint)((long)count * codec.RtpClockRateHz / codec.SampleRateHz);
        _resampler = Resampler.Follow(_resampler, codec.SampleRateHz, rateHz);
        count = _resampler.Convert(scratch.Decoded.AsSpan(0, count), scratch.Converted);
        Write(hole, scratch.Converted.AsSpan(0, count));
    }

    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        _pipe.Writer.Complete();
    }

    /// <summary>Samples missing before this packet; negative if its time has passed.</summary>
    private int HoleBefore(AudioCodec codec, in RtpHeader header)
    {
        var begins = codec != _codec || header.Ssrc != _ssrc;
        if (codec != _codec)
            _decoder = codec.CreateDecoder();
        _codec = codec;
        _ssrc = header.Ssrc;
        var ticks = RtpArithmetic.TimestampDistance(_expected, header.Timestamp);
        if (begins || Math.Abs((long)ticks) > LongestHoleSeconds * codec.RtpClockRateHz)
            return 0;
        return (int)((long)ticks * rateHz / codec.RtpClockRateHz);
    }

    private void Write(int hole, ReadOnlySpan<short> pcm)
    {
        // A flush that has not completed means that the pipe is full: its reader is slow.
        if (!_flush.IsCompleted)
        {
            Volatile.Write(ref _framesDropped, _framesDropped + 1);
            return;
        }

        if (_flush.GetAwaiter().GetResult().IsCompleted)
        {
            Complete();
            return;
        }

        var bytes = (hole + pcm.Length) * sizeof(short);
        var samples = MemoryMarshal.Cast<byte, short>(_pipe.Writer.GetSpan(bytes)[..bytes]);
        pcm.CopyTo(samples[hole..]);
        if (hole > 0)
            Conceal(samples, hole);
        _recent.Add(samples);
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(samples, samples);
        _pipe.Writer.Advance(bytes);
#pragma warning disable CA2012 // a media thread can't wait: the flush is looked at before the next write, and its result taken once
        _flush = _pipe.Writer.FlushAsync();
#pragma warning restore CA2012
    }

    private void Conceal(Span<short> samples, int hole)
    {
        _concealment.Begin(_recent.Latest);
        _concealment.Next(samples[..hole]);
        _concealment.End(samples[hole..]);
    }
}
