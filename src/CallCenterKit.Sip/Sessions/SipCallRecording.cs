using CallCenterKit.Media.Recording;
using CallCenterKit.Voice;
using RecordingResult = CallCenterKit.Voice.RecordingResult;

namespace CallCenterKit.Sip.Sessions;

/// <summary>A recording of Media behind the voice port. Any thread.</summary>
internal sealed class SipCallRecording : ICallRecording
{
    private readonly RecordingSession _session;

    public SipCallRecording(RecordingId id, RecordingSession session)
    {
        Id = id;
        _session = session;
        Completed = WaitAsync(session);
    }

    public RecordingId Id { get; }

    public Task<RecordingResult> Completed { get; }

    public void Pause() => _session.Pause();

    public void Resume() => _session.Resume();

    public async ValueTask<RecordingResult> StopAsync()
    {
        await _session.StopAsync().ConfigureAwait(false);
        return await Completed.ConfigureAwait(false);
    }

    private static async Task<RecordingResult> WaitAsync(RecordingSession session)
    {
        var result = await session.Completed.ConfigureAwait(false);
        return new(result.Path, result.Duration, result.DroppedPackets, result.Fault?.Message);
    }
}
