using CallCenterKit.Media.Recording;

namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>Keeps what it is told.</summary>
internal sealed class FakeAlarm : IRecordingAlarm
{
    public List<(RecordingSession Recording, Exception Fault)> Failed { get; } = [];

    public List<RecordingStall> Stalled { get; } = [];

    public List<RecordingStall> Recovered { get; } = [];

    public void OnRecordingFailed(RecordingSession recording, Exception fault) => Failed.Add((recording, fault));

    public void OnRecordingStalled(RecordingStall stall) => Stalled.Add(stall);

    public void OnRecordingRecovered(RecordingStall stall) => Recovered.Add(stall);
}
