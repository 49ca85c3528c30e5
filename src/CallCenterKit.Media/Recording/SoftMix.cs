namespace CallCenterKit.Media.Recording;

/// <summary>Adds two voices up: unchanged up to three quarters of full scale, bent towards full scale beyond, never cut.</summary>
internal static class SoftMix
{
    private const int Knee = 24576;
    private const int Room = short.MaxValue - Knee;

    /// <summary>Mixes stereo frames to mono, in place.</summary>
    /// <param name="frames">Left and right take turns.</param>
    /// <returns>How many samples stand at its beginning now.</returns>
    public static int ToMono(Span<short> frames)
    {
        var count = frames.Length / 2;
        for (var i = 0; i < count; i++)
            frames[i] = Bend(frames[2 * i] + frames[(2 * i) + 1]);
        return count;
    }

    // Beyond the knee the slope falls from 1 towards 0: no corner, and so no crackle.
    private static short Bend(int sample)
    {
        var beyond = Math.Abs(sample) - Knee;
        if (beyond <= 0)
            return (short)sample;
        var bent = Knee + (int)((long)beyond * Room / (beyond + Room));
        return (short)(sample < 0 ? -bent : bent);
    }
}
