using CallCenterKit.Media.Codecs;

namespace CallCenterKit.Media.Engine;

/// <summary>Tells whether the party speaks, by the level of what comes; works only while somebody asks. On the media thread.</summary>
/// <remarks>
/// Each 20 ms is loud or quiet. Loud is over -42 dBFS and 9 dB over the noise, which is the lowest level of late: it falls at
/// once and rises by 1 dB a second, so a noise that stays is silence in the end.
/// </remarks>
internal sealed class ActivityMeter
{
    private const double LeastLoud = -42;                     // dBFS
    private const double OverNoise = 9;                       // dB
    private const double LeastNoise = -60;                    // dBFS
    private const double NoiseRise = 1.0 / 50;                // dB per frame
    private const int MostLoudAhead = 10;                     // frames
    private const int ShortestSound = 3;                      // frames that break a silence
    private const int LongestPause = 10;                      // frames that do not break speech

    private readonly List<ActivityWatch> _watches = [];
    private AudioCodec? _codec;
    private AudioDecoder? _decoder;
    private double _noise = LeastNoise;
    private int _loudAhead;
    private int _loudRun;
    private int _quietRun;

    /// <summary>Whether frames are to be judged.</summary>
    public bool IsAsked => _watches.Count > 0;

    public void Add(ActivityWatch watch)
    {
        if (!IsAsked)
            (_noise, _loudAhead, _loudRun, _quietRun) = (LeastNoise, 0, 0, 0);
        _watches.Add(watch);
    }

    public void Remove(ActivityWatch watch)
    {
        if (_watches.Remove(watch))
            watch.End(heard: false);
    }

    /// <summary>The leg is over.</summary>
    public void Close()
    {
        foreach (var watch in _watches)
            watch.End(heard: false);
        _watches.Clear();
    }

    public void OnAudio(AudioCodec codec, ReadOnlySpan<byte> payload, MixerScratch scratch)
    {
        if (codec != _codec)
            (_codec, _decoder) = (codec, codec.CreateDecoder());
        var pcm = scratch.Decoded.AsSpan(0, _decoder!.Decode(payload, scratch.Decoded));
        var frame = codec.SampleRateHz / 50;
        for (; pcm.Length >= frame; pcm = pcm[frame..])
        {
            if (IsLoud(LevelOf(pcm[..frame])) && _loudAhead < MostLoudAhead)
                _loudAhead++;
        }
    }

    /// <summary>20 ms have passed.</summary>
    public void Tick()
    {
        var isLoud = _loudAhead > 0;
        if (isLoud)
            (_loudAhead, _loudRun, _quietRun) = (_loudAhead - 1, _loudRun + 1, 0);
        else
            (_loudRun, _quietRun) = (0, _quietRun + 1);
        for (var i = _watches.Count - 1; i >= 0; i--)
        {
            var watch = _watches[i];
            var isBroken = watch.IsForSpeech ? _quietRun > LongestPause || (watch.Frames == 0 && !isLoud) : _loudRun >= ShortestSound;
            if (!watch.Step(isBroken))
                continue;
            _watches.RemoveAt(i);
            watch.End(heard: true);
        }
    }

    private bool IsLoud(double level)
    {
        _noise = Math.Max(LeastNoise, Math.Min(level, _noise + NoiseRise));
        return level > LeastLoud && level > _noise + OverNoise;
    }

    /// <summary>In dBFS.</summary>
    private static double LevelOf(ReadOnlySpan<short> pcm)
    {
        long energy = 0;
        foreach (var sample in pcm)
            energy += sample * sample;
        return energy == 0 ? LeastNoise : 10 * Math.Log10((double)energy / pcm.Length / ((double)short.MaxValue * short.MaxValue));
    }
}
