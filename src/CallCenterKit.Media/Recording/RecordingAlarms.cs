using CallCenterKit.Media.Engine;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Media.Recording;

/// <summary>Says what goes wrong with recordings, to the log and to the host. Any thread; never throws.</summary>
internal sealed class RecordingAlarms(ILogger logger, IRecordingAlarm? alarm)
{
    public void Failed(RecordingSession recording, Exception fault)
    {
        MediaLog.RecordingFailed(logger, recording.Path, fault);
        Tell(host => host.OnRecordingFailed(recording, fault));
    }

    public void Stalled(RecordingStall stall)
    {
        MediaLog.RecordingsStalled(logger, stall.Volume, stall.Lasted, stall.Recordings);
        Tell(host => host.OnRecordingStalled(stall));
    }

    public void Recovered(RecordingStall stall)
    {
        MediaLog.RecordingsRecovered(logger, stall.Volume, stall.Lasted);
        Tell(host => host.OnRecordingRecovered(stall));
    }

    private void Tell(Action<IRecordingAlarm> tell)
    {
        try
        {
            if (alarm is not null)
                tell(alarm);
        }
#pragma warning disable CA1031 // the alarm is the host's code; recordings go on
        catch (Exception fault)
#pragma warning restore CA1031
        {
            MediaLog.AlarmFailed(logger, fault);
        }
    }
}
