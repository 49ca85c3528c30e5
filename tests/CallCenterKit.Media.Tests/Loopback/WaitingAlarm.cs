using CallCenterKit.Media.Recording;

namespace CallCenterKit.Media.Tests.Loopback;

/// <summary>Lets a test wait for what a disk does.</summary>
internal sealed class WaitingAlarm : IRecordingAlarm
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Stalled => _stalled.Task;

    public Task Recovered => _recovered.Task;

    public void OnRecordingFailed(RecordingSession recording, Exception fault)
    {
    }

    public void OnRecordingStalled(RecordingStall stall) => _stalled.TrySetResult();

    public void OnRecordingRecovered(RecordingStall stall) => _recovered.TrySetResult();
}
