namespace CallCenterKit.Media.Playback;

/// <summary>A play list whose files are in memory.</summary>
/// <param name="Segments">What was loaded before the error, if there is one.</param>
/// <param name="Error">Why it cannot be played; null if it can.</param>
internal sealed record LoadedList(IReadOnlyList<PlaySegment> Segments, string? Error)
{
    /// <summary>Tells the writers of live audio that nobody listens any more.</summary>
    public void Release()
    {
        foreach (var segment in Segments)
            segment.Release();
    }
}
