using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Playback;

/// <summary>An item of a play list, ready to give frames. On the media thread.</summary>
internal abstract class PlaySegment
{
    /// <summary>Makes a frame.</summary>
    /// <param name="index">Counts from 0.</param>
    /// <param name="codec">What the leg sends.</param>
    /// <param name="scratch">Work space.</param>
    /// <param name="payload">Valid until the next call.</param>
    /// <returns>False after the last frame.</returns>
    public abstract bool TryGetFrame(int index, AudioCodec codec, MixerScratch scratch, out ReadOnlySpan<byte> payload);

    /// <summary>The list is over, by whatever reason.</summary>
    public virtual void Release()
    {
    }

    internal sealed class Sound(Prompt prompt) : PlaySegment
    {
        public override bool TryGetFrame(int index, AudioCodec codec, MixerScratch scratch, out ReadOnlySpan<byte> payload)
        {
            payload = default;
            if (index >= prompt.Frames)
                return false;
            payload = prompt.For(codec).Frame(index);
            return true;
        }
    }

    internal sealed class Silence(Prompt silence, int frames) : PlaySegment
    {
        public override bool TryGetFrame(int index, AudioCodec codec, MixerScratch scratch, out ReadOnlySpan<byte> payload)
        {
            payload = silence.For(codec).Frame(0);
            return index < frames;
        }
    }

    /// <summary>Audio that is computed frame by frame.</summary>
    internal sealed class Generated(Func<Span<short>, int, int> fill) : PlaySegment
    {
        private AudioCodec? _codec;
        private AudioEncoder? _encoder;
        private bool _wasLast;

        public override bool TryGetFrame(int index, AudioCodec codec, MixerScratch scratch, out ReadOnlySpan<byte> payload)
        {
            payload = default;
            var pcm = scratch.Heard.AsSpan(0, codec.SampleRateHz / 50);
            pcm.Clear();
            var made = _wasLast ? 0 : fill(pcm, codec.SampleRateHz);
            _wasLast = made > 0 && made < pcm.Length;         // after that a list that loops begins anew
            if (made <= 0)
                return false;
            if (_codec != codec)
                (_codec, _encoder) = (codec, codec.CreateEncoder());
            payload = scratch.Encoded.AsSpan(0, _encoder!.Encode(pcm, scratch.Encoded));
            return true;
        }
    }

    /// <summary>Audio that is being made while it is sent: 16-bit little-endian PCM at the codec's rate.</summary>
    internal sealed class Live : PlaySegment
    {
        private readonly PipeReader _source;
        private AudioCodec? _codec;
        private AudioEncoder? _encoder;
        private bool _over;

        public Live(PipeReader source) => _source = source;

        public override bool TryGetFrame(int index, AudioCodec codec, MixerScratch scratch, out ReadOnlySpan<byte> payload)
        {
            payload = default;
            var samples = codec.SampleRateHz / 50;
            var pcm = scratch.Heard.AsSpan(0, samples);
            if (!TryRead(pcm))
                return false;
            if (_codec != codec)
                (_codec, _encoder) = (codec, codec.CreateEncoder());
            payload = scratch.Encoded.AsSpan(0, _encoder!.Encode(pcm, scratch.Encoded));
            return true;
        }

        public override void Release()
        {
            if (_over)
                return;
            _over = true;
            _source.Complete();
        }

        // Less than a frame is there: the writer is late, and the party hears silence until it has caught up.
        private bool TryRead(Span<short> pcm)
        {
            pcm.Clear();
            if (_over)
                return false;
            if (!_source.TryRead(out var result))
                return true;

            var bytes = MemoryMarshal.AsBytes(pcm);
            var buffer = result.Buffer;
            if (buffer.Length < bytes.Length && !result.IsCompleted)
            {
                _source.AdvanceTo(buffer.Start, buffer.End);
                return true;
            }

            var taken = buffer.Slice(0, Math.Min(buffer.Length, bytes.Length));
            taken.CopyTo(bytes);
            if (!BitConverter.IsLittleEndian)
                System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(pcm, pcm);
            _source.AdvanceTo(taken.End);
            if (taken.Length > 0)
                return true;
            Release();
            return false;
        }
    }
}
