namespace CallCenterKit.Media.Recording;

/// <summary>What a recorder stands on.</summary>
/// <param name="Disk">Where it writes.</param>
/// <param name="OwnThreads">Whether it writes on threads of its own, not in its caller's.</param>
internal sealed record RecorderParts(IRecordingDisk Disk, bool OwnThreads);
