namespace JitterTraces;

/// <summary>Something with the pitch, the syllables and the pauses of a voice.</summary>
internal sealed class Voice(int rateHz, int seed)
{
    private const int Harmonics = 12;
    private static readonly double[] Period = [.. Enumerable.Range(0, 1024).Select(i => Wave(i / 1024.0))];

    private readonly Random _random = new(seed);
    private double _phase;
    private double _pitchHz = 120;
    private double _level;
    private double _wantedLevel;
    private int _left;

    public void Speak(Span<short> pcm)
    {
        for (var i = 0; i < pcm.Length; i++, _left--)
        {
            if (_left == 0)
                NextSyllable();
            _level += (_wantedLevel - _level) * 40 / rateHz;
            _phase += _pitchHz / rateHz;
            pcm[i] = (short)(_level * Period[(int)((_phase - Math.Floor(_phase)) * Period.Length)]);
        }
    }

    // A third of the time it says nothing.
    private void NextSyllable()
    {
        _left = rateHz * _random.Next(100, 300) / 1000;
        _pitchHz = 90 + (110 * _random.NextDouble());
        _wantedLevel = _random.Next(3) == 0 ? 0 : 1500 + (3000 * _random.NextDouble());
    }

    private static double Wave(double phase)
    {
        var sum = 0.0;
        for (var n = 1; n <= Harmonics; n++)
            sum += Math.Sin(2 * Math.PI * n * phase) / n;
        return sum;
    }
}
