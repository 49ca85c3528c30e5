using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Recording;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using MediaChannels = CallCenterKit.Media.Recording.RecordingChannels;
using MediaFormat = CallCenterKit.Media.Recording.RecordingFormat;
using MediaResult = CallCenterKit.Media.Recording.RecordingResult;
using RecordingChannels = CallCenterKit.Voice.RecordingChannels;
using RecordingFormat = CallCenterKit.Voice.RecordingFormat;
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
        _session = media.Record(leg, new(request.Path, request.StartPaused)
        {
            Format = FormatOf(request),
            Channels = request.Channels == RecordingChannels.Mono ? MediaChannels.Mono : MediaChannels.Stereo,
            CreatesFolder = true,
            WhenCompleted = result => _completed.Complete(Translate(result)),
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

    private static MediaFormat FormatOf(RecordRequest request) => request.Format switch
    {
        RecordingFormat.WavPcm16 => MediaFormat.WavPcm16,
        RecordingFormat.WavMuLaw => MediaFormat.WavMuLaw,
        _ => throw new NotSupportedException($"Recordings of format {request.Format} cannot be made; {RecordingFormat.WavPcm16} and {RecordingFormat.WavMuLaw} can."),
    };

    private static RecordingResult Translate(MediaResult result) =>
        new(result.Path, result.Duration, result.DroppedPackets, result.Fault?.Message) { Sha256 = result.Sha256, Bytes = result.Bytes };
}
