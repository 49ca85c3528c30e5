namespace CallCenterKit.Media.Playback;

/// <summary>What to play on a leg.</summary>
/// <param name="Items">One after another, without a gap.</param>
/// <param name="Loop">Begins again at the end, until stopped: music on hold.</param>
/// <param name="ResumeKey">When given, playing under the same key later on the same leg goes on where it was stopped.</param>
public sealed record PlayList(IReadOnlyList<PlayItem> Items, bool Loop = false, string? ResumeKey = null);
