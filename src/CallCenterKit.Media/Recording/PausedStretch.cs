namespace CallCenterKit.Media.Recording;

/// <summary>A part of a recording that stays silent.</summary>
/// <param name="From">Its first frame.</param>
/// <param name="To">The first frame after it; <see cref="Open"/> while the pause goes on.</param>
internal readonly record struct PausedStretch(long From, long To)
{
    public const long Open = long.MaxValue;
}
