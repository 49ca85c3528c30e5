using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Recording;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using RecordingResult = CallCenterKit.Voice.RecordingResult;

namespace CallCenterKit.Sip.Sessions;

/// <summary>A recording of Media behind the voice port. Any thread.</summary>
internal sealed class SipCallRecording : ICallRecording
{
    private readonly Operation<RecordingResult> _completed;
    private readonly RecordingSession _session;

    /// <summary>Begins to record.</summary>
    /// <exception cref="IOException">The file cannot be made; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public SipCallRecording(RecordRequest request, MediaEngine media, MediaLeg leg, IRunningWork work)
    {
        Id = request.Id;
        _completed = new(work);
        _session = media.Record(leg, new(request.Path)
        {
            WhenCompleted = result => _completed.Complete(new(result.Path, result.Duration, result.DroppedPackets, result.Fault?.Message)),
        });
    }

    public RecordingId Id { get; }

    public Task<RecordingResult> Completed => _completed.Task;

    public void Pause() => _session.Pause();

    public void Resume() => _session.Resume();

    public async ValueTask<RecordingResult> StopAsync()
    {
        _ = _session.StopAsync();
        return await Completed.ConfigureAwait(false);
    }
}
