using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CallCenterKit.Media.Codecs;

/// <summary>Linear 16-bit samples of one channel, the most significant byte first (RFC 3551 §4.5.11).</summary>
internal sealed class L16Codec(int sampleRateHz) : AudioCodec
{
    public override string Name => "L16";

    public override int? StaticPayloadType => null;

    public override int SampleRateHz => sampleRateHz;

    public override int RtpClockRateHz => sampleRateHz;

    public override AudioEncoder CreateEncoder() => new Encoder();

    public override AudioDecoder CreateDecoder() => new Decoder();

    private static void Swap(ReadOnlySpan<short> from, Span<short> to)
    {
        if (BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(from, to);
        else
            from.CopyTo(to);
    }

    private sealed class Encoder : AudioEncoder
    {
        public override int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
        {
            var count = Math.Min(pcm.Length, payload.Length / 2);
            Swap(pcm[..count], MemoryMarshal.Cast<byte, short>(payload[..(2 * count)]));
            return 2 * count;
        }
    }

    private sealed class Decoder : AudioDecoder
    {
        public override int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
        {
            var count = Math.Min(payload.Length / 2, pcm.Length);
            Swap(MemoryMarshal.Cast<byte, short>(payload[..(2 * count)]), pcm);
            return count;
        }
    }
}
