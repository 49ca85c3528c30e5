namespace CallCenterKit.Media.Recording;

/// <summary>Is told when recordings fail, so that somebody looks after the disk.</summary>
/// <remarks>Called on the thread that writes all recordings: an implementation only hands over.</remarks>
public interface IRecordingAlarm
{
    /// <summary>A recording ended early; its call goes on unharmed.</summary>
    /// <param name="recording">The one that failed.</param>
    /// <param name="fault">What the disk said.</param>
    void OnRecordingFailed(RecordingSession recording, Exception fault);
}
