using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Resampling;

namespace CallCenterKit.Testing;

/// <summary>Turns what a phone says into payloads and what it hears into samples, 8,000 per second. Encoding and decoding may run side by side.</summary>
internal sealed class PhoneCoder
{
    private const int RateHz = 8000;

    private readonly short[] _saying = new short[2 * PhoneMedia.FrameSamples];
    private AudioCodec? _said, _heard;
    private AudioEncoder? _encoder;
    private AudioDecoder? _decoder;
    private Resampler _up = null!, _down = null!;

    /// <summary>Encodes 20 ms.</summary>
    public int Encode(AudioCodec codec, ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        if (codec != _said)
            (_said, _encoder, _up) = (codec, codec.CreateEncoder(), new Resampler(RateHz, codec.SampleRateHz));
        return _encoder!.Encode(_saying.AsSpan(0, _up.Convert(pcm, _saying)), payload);
    }

    /// <summary>Decodes whatever came; no format has more than one sample of 8,000 per byte.</summary>
    public int Decode(AudioCodec codec, ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        if (codec != _heard)
            (_heard, _decoder, _down) = (codec, codec.CreateDecoder(), new Resampler(codec.SampleRateHz, RateHz));
        var decoded = new short[2 * payload.Length];
        return _down.Convert(decoded.AsSpan(0, _decoder!.Decode(payload, decoded)), pcm);
    }
}
