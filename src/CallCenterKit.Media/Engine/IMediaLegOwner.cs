namespace CallCenterKit.Media.Engine;

/// <summary>A call whose audio runs on a <see cref="MediaEngine"/>; by it, legs of several voice drivers meet in one bridge.</summary>
public interface IMediaLegOwner
{
    /// <summary>The call's audio; null when it has none yet. Any thread.</summary>
    MediaLeg? MediaLeg { get; }
}
