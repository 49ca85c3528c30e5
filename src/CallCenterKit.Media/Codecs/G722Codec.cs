using System.Runtime.CompilerServices;

namespace CallCenterKit.Media.Codecs;

/// <summary>ITU-T G.722 at 64 kbit/s (mode 1): one byte for two samples. Its RTP clock runs at half the sample rate (RFC 3551 §4.5.2).</summary>
internal sealed class G722Codec : AudioCodec
{
    private static readonly byte[] Hush = MakeHush();

    public override string Name => "G722";

    public override int? StaticPayloadType => 9;

    public override int SampleRateHz => 16000;

    public override int RtpClockRateHz => 8000;

    public override AudioEncoder CreateEncoder() => new Encoder();

    public override AudioDecoder CreateDecoder() => new Decoder();

    public override int EncodeSilence(int samples, Span<byte> payload)
    {
        payload = payload[..(samples / 2)];
        for (var i = 0; i < payload.Length; i++)
            payload[i] = Hush[i % Hush.Length];
        return payload.Length;
    }

    // Codes of nothing, heard over and over, leave a decoder that came from something loud in a whistle of its own rounding; the
    // first codes of a new encoder hum. A noise of two units, 70 dB down, shakes the predictors free.
    private static byte[] MakeHush()
    {
        const int Frames = 30, FrameSamples = 320;
        using var encoder = new Encoder();
        var (pcm, hush) = (new short[FrameSamples], new byte[FrameSamples / 2]);
        uint number = 1;
        for (var i = 0; i < Frames * FrameSamples; i++)
        {
            number = unchecked((number * 1664525) + 1013904223);
            pcm[i % FrameSamples] = (short)((int)((number >> 16) % 5) - 2);
            if (i % FrameSamples == FrameSamples - 1)
                encoder.Encode(pcm, hush);
        }

        return hush;
    }

    private sealed class Encoder : AudioEncoder
    {
        private readonly G722MirrorFilter _filter = new();
        private readonly G722LowBand _low = new();
        private readonly G722HighBand _high = new();

        // An odd last sample is left out: frames have whole milliseconds.
        public override int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
        {
            var total = Math.Min(pcm.Length / 2, payload.Length);
            for (var done = 0; done < total;)
            {
                var pairs = Math.Min(total - done, G722MirrorFilter.MostPairs);
                EncodePairs(pcm.Slice(2 * done, 2 * pairs), payload.Slice(done, pairs));
                done += pairs;
            }

            return total;
        }

        // As all loops over samples: compiled in full at once. Media threads go first, and one that is busy with slow code would
        // leave the compiler no time to replace it.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void EncodePairs(ReadOnlySpan<short> pcm, Span<byte> payload)
        {
            var input = _filter.Input;
            for (var i = 0; i < pcm.Length; i++)
                input[i] = pcm[i];
            for (var i = 0; i < payload.Length; i++)
            {
                _filter.Sums(i, out var even, out var odd);
                payload[i] = (byte)((_high.Encode((odd - even) >> 14) << 6) | _low.Encode((even + odd) >> 14));
            }

            _filter.Advance(payload.Length);
        }
    }

    private sealed class Decoder : AudioDecoder
    {
        private readonly G722MirrorFilter _filter = new();
        private readonly G722LowBand _low = new();
        private readonly G722HighBand _high = new();

        public override int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
        {
            var total = Math.Min(payload.Length, pcm.Length / 2);
            for (var done = 0; done < total;)
            {
                var pairs = Math.Min(total - done, G722MirrorFilter.MostPairs);
                DecodePairs(payload.Slice(done, pairs), pcm.Slice(2 * done, 2 * pairs));
                done += pairs;
            }

            return 2 * total;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void DecodePairs(ReadOnlySpan<byte> payload, Span<short> pcm)
        {
            var input = _filter.Input;
            for (var i = 0; i < payload.Length; i++)
            {
                int low = _low.Decode(payload[i] & 0x3F), high = _high.Decode(payload[i] >> 6);
                (input[2 * i], input[(2 * i) + 1]) = (low + high, low - high);
            }

            for (var i = 0; i < payload.Length; i++)
            {
                _filter.Sums(i, out var even, out var odd);
                pcm[2 * i] = (short)G722Predictor.Saturate(odd >> 11);
                pcm[(2 * i) + 1] = (short)G722Predictor.Saturate(even >> 11);
            }

            _filter.Advance(payload.Length);
        }
    }
}
