using CallCenterKit.Media.Resampling;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Testing;

/// <summary>What a scripted phone says into its microphone. A description: each call starts it from the beginning.</summary>
public abstract class PhoneVoice
{
    private protected const int SampleRateHz = 8000;

    private protected PhoneVoice()
    {
    }

    /// <summary>Packets of silence.</summary>
    public static PhoneVoice Silence { get; } = new SilentVoice();

    /// <summary>A sine.</summary>
    /// <param name="frequencyHz">Over 0 and under 4000.</param>
    /// <param name="levelDb">Relative to a full-scale sine; 0 or less.</param>
    public static PhoneVoice Tone(double frequencyHz, double levelDb = -10)
    {
        if (frequencyHz is not (> 0 and < SampleRateHz / 2.0))
            throw new ArgumentOutOfRangeException(nameof(frequencyHz), frequencyHz, "Over 0 and under 4000 Hz.");
        if (levelDb is not <= 0)
            throw new ArgumentOutOfRangeException(nameof(levelDb), levelDb, "0 dB or less.");
        return new ToneVoice(frequencyHz, levelDb);
    }

    /// <summary>A recording, over and over.</summary>
    /// <param name="path">A WAV file with 8,000 to 48,000 samples per second, 16-bit PCM or G.711; of two channels the first is said.</param>
    /// <exception cref="InvalidDataException">The file is not such a WAV file, or is empty.</exception>
    public static PhoneVoice Wav(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var audio = WavReader.Load(path);
        var samples = new short[audio.Length];
        audio.ReadChannel(0, 0, samples);
        return samples.Length == 0 ? throw new InvalidDataException($"{path} holds no samples.") : new SampleVoice(Resampler.ConvertWhole(samples, audio.SampleRateHz, SampleRateHz));
    }

    /// <summary>Samples, over and over.</summary>
    /// <param name="samples">16-bit PCM, 8,000 per second; at least one. Copied.</param>
    public static PhoneVoice Samples(ReadOnlySpan<short> samples) => samples.IsEmpty
        ? throw new ArgumentException("At least one sample is needed.", nameof(samples))
        : new SampleVoice(samples.ToArray());

    /// <summary>Writes the samples from a position on.</summary>
    internal abstract void Fill(long position, Span<short> frame);

    private sealed class SilentVoice : PhoneVoice
    {
        internal override void Fill(long position, Span<short> frame) => frame.Clear();
    }

    private sealed class ToneVoice(double frequencyHz, double levelDb) : PhoneVoice
    {
        private readonly double _amplitude = short.MaxValue * Math.Pow(10, levelDb / 20);

        internal override void Fill(long position, Span<short> frame)
        {
            for (var i = 0; i < frame.Length; i++)
                frame[i] = (short)Math.Round(_amplitude * Math.Sin(2 * Math.PI * frequencyHz * (position + i) / SampleRateHz));
        }
    }

    private sealed class SampleVoice(short[] samples) : PhoneVoice
    {
        internal override void Fill(long position, Span<short> frame)
        {
            for (var i = 0; i < frame.Length; i++)
                frame[i] = samples[(position + i) % samples.Length];
        }
    }
}
