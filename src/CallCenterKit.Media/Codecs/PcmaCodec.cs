namespace CallCenterKit.Media.Codecs;

internal sealed class PcmaCodec : AudioCodec
{
    public override string Name => "PCMA";

    public override int? StaticPayloadType => 8;

    public override int SampleRateHz => 8000;

    public override int RtpClockRateHz => 8000;

    public override AudioEncoder CreateEncoder() => new Encoder();

    public override AudioDecoder CreateDecoder() => new Decoder();

    private sealed class Encoder : AudioEncoder
    {
        public override int Encode(ReadOnlySpan<short> pcm, Span<byte> payload) => G711.EncodeALaw(pcm, payload);
    }

    private sealed class Decoder : AudioDecoder
    {
        public override int Decode(ReadOnlySpan<byte> payload, Span<short> pcm) => G711.DecodeALaw(payload, pcm);
    }
}
