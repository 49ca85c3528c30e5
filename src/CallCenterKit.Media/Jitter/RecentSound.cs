namespace CallCenterKit.Media.Jitter;

/// <summary>The last of what was heard, for whoever has to make up what comes next. One thread.</summary>
internal sealed class RecentSound(int rateHz)
{
    private readonly short[] _samples = new short[PitchFinder.Needed(rateHz)];

    /// <summary>As much as <see cref="LossConcealment.Begin"/> wants to see.</summary>
    public ReadOnlySpan<short> Latest => _samples;

    public void Add(ReadOnlySpan<short> pcm)
    {
        var last = pcm[^Math.Min(pcm.Length, _samples.Length)..];
        last.CopyTo(MakeRoom(last.Length));
    }

    /// <summary>Nothing was heard.</summary>
    /// <param name="samples">0 or more.</param>
    public void AddSilence(long samples) => MakeRoom((int)Math.Min(samples, _samples.Length)).Clear();

    private Span<short> MakeRoom(int samples)
    {
        _samples.AsSpan(samples).CopyTo(_samples);
        return _samples.AsSpan(_samples.Length - samples);
    }
}
