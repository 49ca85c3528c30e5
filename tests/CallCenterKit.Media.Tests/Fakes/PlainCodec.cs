using System.Buffers.Binary;
using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>Samples as they are, so that a test finds its own numbers again.</summary>
internal sealed class PlainCodec : AudioCodec
{
    public static PlainCodec Instance { get; } = new();

    public override string Name => "PLAIN";

    public override int? StaticPayloadType => null;

    public override int SampleRateHz => 8000;

    public override int RtpClockRateHz => 8000;

    public override AudioEncoder CreateEncoder() => throw new NotSupportedException();

    public override AudioDecoder CreateDecoder() => new Decoder();

    public static byte[] Bytes(ReadOnlySpan<short> pcm)
    {
        var bytes = new byte[2 * pcm.Length];
        for (var i = 0; i < pcm.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), pcm[i]);
        return bytes;
    }

    private sealed class Decoder : AudioDecoder
    {
        public override int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
        {
            var count = Math.Min(payload.Length / 2, pcm.Length);
            for (var i = 0; i < count; i++)
                pcm[i] = BinaryPrimitives.ReadInt16LittleEndian(payload[(2 * i)..]);
            return count;
        }
    }
}
