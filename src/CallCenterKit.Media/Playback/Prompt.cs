using System.Collections.Concurrent;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Resampling;

namespace CallCenterKit.Media.Playback;

/// <summary>A piece of sound in memory, encoded once for each codec that needs it. Any thread; immutable to the outside.</summary>
internal sealed class Prompt
{
    private const int FramesPerSecond = 50;
    private const int SettlingFrames = 25;

    private readonly short[] _pcm;
    private readonly int _rateHz;
    private readonly ConcurrentDictionary<AudioCodec, Lazy<EncodedPrompt>> _encoded = new();

    public Prompt(short[] pcm, int rateHz)
    {
        _pcm = pcm;
        _rateHz = rateHz;
        Frames = (int)((((long)pcm.Length * FramesPerSecond) + rateHz - 1) / rateHz);
    }

    /// <summary>20 ms frames; the last is filled up with silence.</summary>
    public int Frames { get; }

    /// <summary>What it takes in memory with one encoding.</summary>
    public long Bytes => _pcm.LongLength * 3;

    public EncodedPrompt For(AudioCodec codec) => _encoded.TryGetValue(codec, out var known) ? known.Value : Add(codec);

    private EncodedPrompt Add(AudioCodec codec) =>
        _encoded.GetOrAdd(codec, static (key, prompt) => new Lazy<EncodedPrompt>(() => prompt.Encode(key)), this).Value;

    private EncodedPrompt Silence(AudioCodec codec, int frame)
    {
        var payload = new byte[frame * sizeof(short)];
        var length = codec.EncodeSilence(frame, payload);
        return new EncodedPrompt([.. Enumerable.Repeat(payload[..length], Frames).SelectMany(bytes => bytes)], Frames);
    }

    // Prompts follow silence: an encoder with a memory has to come from there.
    private static void Settle(AudioEncoder encoder, int frame)
    {
        var (silence, payload) = (new short[frame], new byte[frame * sizeof(short)]);
        for (var i = 0; i < SettlingFrames; i++)
            encoder.Encode(silence, payload);
    }

    private EncodedPrompt Encode(AudioCodec codec)
    {
        var frame = codec.SampleRateHz / FramesPerSecond;
        if (!_pcm.AsSpan().ContainsAnyExcept((short)0))
            return Silence(codec, frame);
        var pcm = new short[Frames * frame];
        Resampler.ConvertWhole(_pcm, _rateHz, codec.SampleRateHz).CopyTo(pcm, 0);
        using var encoder = codec.CreateEncoder();
        var payloads = new byte[Frames * frame * sizeof(short)];
        Settle(encoder, frame);
        var length = 0;
        for (var i = 0; i < Frames; i++)
            length += encoder.Encode(pcm.AsSpan(i * frame, frame), payloads.AsSpan(length));
        return new EncodedPrompt(payloads.AsSpan(0, length).ToArray(), Frames);
    }
}
