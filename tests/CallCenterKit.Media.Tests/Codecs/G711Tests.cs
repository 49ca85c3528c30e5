using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Tests.Codecs;

public sealed class G711Tests
{
    /// <summary>The first decision value of each step, from G.711 tables 1 and 2: steps double from segment to segment.</summary>
    private static List<int> DecisionValues(IEnumerable<(int Steps, int Size)> segments)
    {
        var values = new List<int> { 0 };
        foreach (var (steps, size) in segments)
        {
            for (var i = 0; i < steps; i++)
                values.Add(values[^1] + size);
        }

        return values;
    }

    // Normalised to 4096 (13 bits): 32 steps of 2, then 16 each of 4, 8, 16, 32, 64, 128.
    private static List<int> ALawDecisions() =>
        DecisionValues([(32, 2), (16, 4), (16, 8), (16, 16), (16, 32), (16, 64), (16, 128)]);

    // Normalised to 8159 (14 bits): one step of 1, 15 of 2, then 16 each of 4 to 256.
    private static List<int> MuLawDecisions() =>
        DecisionValues([(1, 1), (15, 2), (16, 4), (16, 8), (16, 16), (16, 32), (16, 64), (16, 128), (16, 256)]);

    private static short DecodeALaw(int code)
    {
        var pcm = new short[1];
        Assert.Equal(1, G711.DecodeALaw([(byte)code], pcm));
        return pcm[0];
    }

    private static short DecodeMuLaw(int code)
    {
        var pcm = new short[1];
        Assert.Equal(1, G711.DecodeMuLaw([(byte)code], pcm));
        return pcm[0];
    }

    private static byte EncodeALaw(int sample)
    {
        var code = new byte[1];
        Assert.Equal(1, G711.EncodeALaw([(short)sample], code));
        return code[0];
    }

    private static byte EncodeMuLaw(int sample)
    {
        var code = new byte[1];
        Assert.Equal(1, G711.EncodeMuLaw([(short)sample], code));
        return code[0];
    }

    [Fact]
    public void A_law_decodes_to_the_middle_of_each_step_of_the_recommendation()
    {
        var decisions = ALawDecisions();
        Assert.Equal(4096, decisions[^1]);
        for (var step = 0; step < 128; step++)
        {
            var expected = (decisions[step] + decisions[step + 1]) / 2 * 8;
            Assert.Equal(expected, DecodeALaw((0x80 | step) ^ 0x55));
            Assert.Equal(-expected, DecodeALaw(step ^ 0x55));
        }
    }

    [Fact]
    public void Mu_law_decodes_to_the_middle_of_each_step_of_the_recommendation()
    {
        var decisions = MuLawDecisions();
        Assert.Equal(8159, decisions[^1]);
        for (var step = 0; step < 128; step++)
        {
            var expected = step == 0 ? 0 : (decisions[step] + decisions[step + 1]) / 2 * 4;
            Assert.Equal(expected, DecodeMuLaw(0xFF - step));
            Assert.Equal(-expected, DecodeMuLaw(0x7F - step));
        }
    }

    [Fact]
    public void Every_sample_is_encoded_to_the_step_that_holds_it()
    {
        var aLaw = ALawDecisions();
        var muLaw = MuLawDecisions();
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            var magnitude = sample < 0 ? ~sample : sample;
            var aStep = (EncodeALaw(sample) ^ 0x55) & 0x7F;
            Assert.InRange(magnitude, aLaw[aStep] * 8, (aLaw[aStep + 1] * 8) - 1);

            var muStep = 0x7F - (EncodeMuLaw(sample) & 0x7F);
            var upper = muStep == 127 ? 32768 : muLaw[muStep + 1] * 4;
            Assert.InRange(magnitude, muLaw[muStep] * 4, upper - 1);
            Assert.Equal(sample >= 0, EncodeALaw(sample) >= 0x80);
            Assert.Equal(sample >= 0, EncodeMuLaw(sample) >= 0x80);
        }
    }

    // A sample that is a decision value itself lies between two codes, and G.711 leaves open which one is meant. A positive one
    // gets the louder, a negative one the quieter code, as in G.191: so both halves of the scale have steps of the same width.
    [Theory]
    [InlineData("PCMA", 127)]
    [InlineData("PCMU", 127)]
    public void Every_sample_is_encoded_as_the_recommendation_says_but_for_those_between_two_codes(string law, int between)
    {
        var (decisions, unit) = law == "PCMA" ? (ALawDecisions(), 8) : (MuLawDecisions(), 4);
        var differs = 0;
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            // From the outside in: the step whose lower decision value is reached.
            var expected = Math.Min(127, decisions.FindLastIndex(value => Math.Abs(sample) >= value * unit));
            var code = law == "PCMA" ? EncodeALaw(sample) ^ 0x55 ^ 0x80 : ~EncodeMuLaw(sample) & 0xFF;
            var step = code & 0x7F;
            Assert.Equal(sample < 0, (code & 0x80) != 0);
            if (step == expected)
                continue;
            differs++;
            Assert.Equal(expected - 1, step);
            Assert.Equal(decisions[expected] * unit, -sample);
        }

        Assert.Equal(between, differs);
    }

    [Theory]
    [InlineData("PCMA")]
    [InlineData("PCMU")]
    public void A_tone_10_dB_below_a_milliwatt_has_37_dB_less_noise(string law)
    {
        const double FullLoadDbm0 = 3.14;       // a full-scale sine of A-law; 3.17 of µ-law
        var amplitude = 32768 * Math.Pow(10, (-10 - FullLoadDbm0) / 20);
        double signal = 0, noise = 0;
        for (var i = 0; i < 80_000; i++)
        {
            var sample = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * 1020 * i / 8000.0));
            var heard = law == "PCMA" ? DecodeALaw(EncodeALaw(sample)) : DecodeMuLaw(EncodeMuLaw(sample));
            signal += (double)sample * sample;
            noise += Math.Pow(heard - sample, 2);
        }

        Assert.InRange(10 * Math.Log10(signal / noise), 37, 45);
    }

    [Fact]
    public void Every_code_survives_decoding_and_encoding_but_the_negative_zero_of_mu_law()
    {
        for (var code = 0; code < 256; code++)
        {
            Assert.Equal(code, EncodeALaw(DecodeALaw(code)));
            Assert.Equal(code == 0x7F ? 0xFF : code, EncodeMuLaw(DecodeMuLaw(code)));
        }
    }

    [Fact]
    public void Silence_is_the_code_of_zero()
    {
        Assert.Equal(EncodeALaw(0), G711.ALawSilence);
        Assert.Equal(EncodeMuLaw(0), G711.MuLawSilence);
    }

    [Fact]
    public void Coders_stop_where_the_shorter_span_ends()
    {
        Assert.Equal(2, G711.DecodeALaw([1, 2, 3], new short[2]));
        Assert.Equal(1, G711.DecodeMuLaw([1], new short[2]));
        Assert.Equal(2, G711.EncodeALaw([1, 2, 3], new byte[2]));
        Assert.Equal(0, G711.EncodeMuLaw([], new byte[2]));
    }

    [Theory]
    [InlineData("PCMA", 8)]
    [InlineData("PCMU", 0)]
    public void Codecs_code_with_their_own_law(string name, int payloadType)
    {
        var codec = Assert.Single(AudioCodecs.Default, codec => codec.Name == name);
        Assert.Equal(payloadType, codec.StaticPayloadType);
        Assert.Equal((8000, 8000), (codec.SampleRateHz, codec.RtpClockRateHz));
        using var encoder = codec.CreateEncoder();
        using var decoder = codec.CreateDecoder();
        var payload = new byte[1];
        var pcm = new short[1];

        Assert.Equal(1, encoder.Encode([1000], payload));
        Assert.Equal(1, decoder.Decode(payload, pcm));

        Assert.Equal(name == "PCMA" ? EncodeALaw(1000) : EncodeMuLaw(1000), payload[0]);
        Assert.Equal(name == "PCMA" ? DecodeALaw(payload[0]) : DecodeMuLaw(payload[0]), pcm[0]);
    }
}
