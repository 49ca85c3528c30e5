namespace CallCenterKit.Media.Recording;

/// <summary>Is told when recordings are in trouble, so that somebody looks after the disk.</summary>
/// <remarks>
/// Called on threads that serve many recordings: an implementation only hands over. A stall is told by a thread that does not
/// write, while it lasts.
/// </remarks>
public interface IRecordingAlarm
{
    /// <summary>A recording ended early, or could not begin; its call goes on unharmed.</summary>
    /// <param name="recording">The one that failed.</param>
    /// <param name="fault">What the disk said.</param>
    void OnRecordingFailed(RecordingSession recording, Exception fault);

    /// <summary>A disk has not answered for <see cref="Engine.MediaOptions.RecordingStallAlarm"/>. Recordings wait in memory, as
    /// long as <see cref="Engine.MediaOptions.RecordingBacklog"/> says; calls go on.</summary>
    void OnRecordingStalled(RecordingStall stall);

    /// <summary>The disk writes again.</summary>
    void OnRecordingRecovered(RecordingStall stall);
}
