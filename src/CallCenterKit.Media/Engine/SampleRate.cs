namespace CallCenterKit.Media.Engine;

/// <summary>Brings PCM from one sample rate to another by straight lines between samples.</summary>
internal static class SampleRate
{
    /// <summary>Samples that <paramref name="samples"/> become.</summary>
    public static int Converted(int samples, int fromHz, int toHz) => (int)((long)samples * toHz / fromHz);

    /// <summary>Converts a whole piece.</summary>
    /// <returns>Samples written.</returns>
    public static int Convert(ReadOnlySpan<short> pcm, int fromHz, int toHz, Span<short> result)
    {
        if (fromHz == toHz)
        {
            pcm.CopyTo(result);
            return pcm.Length;
        }

        var count = Math.Min(Converted(pcm.Length, fromHz, toHz), result.Length);
        for (var i = 0; i < count; i++)
        {
            var place = (long)i * fromHz;
            var index = (int)(place / toHz);
            var next = pcm[Math.Min(index + 1, pcm.Length - 1)];
            var part = (int)(place % toHz);
            result[i] = (short)(pcm[index] + ((next - pcm[index]) * (long)part / toHz));
        }

        return count;
    }
}
