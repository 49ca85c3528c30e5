namespace CallCenterKit.Recordings;

/// <summary>What the life before may have left unfinished.</summary>
/// <param name="LastSeen">When it was last heard of; null when there was none.</param>
/// <param name="CutOff">The recordings that were running then.</param>
internal sealed record LeftRecordings(DateTimeOffset? LastSeen, IReadOnlyList<RecordingId> CutOff)
{
    /// <summary>Journal and files may lie on disks that lose different stretches of the end.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    /// <summary>What is older has been looked at.</summary>
    public DateTimeOffset? From => LastSeen - Before;
}
