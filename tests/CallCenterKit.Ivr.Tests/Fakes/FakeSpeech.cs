using CallCenterKit.Ivr.Speaking;

namespace CallCenterKit.Ivr.Fakes;

/// <summary>An engine that speaks when the test says so, a tenth of a second for each character.</summary>
internal sealed class FakeSpeech : ITextToSpeech
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name { get; init; } = "fake";

    public string Voice { get; set; } = "one";

    public int Spoken { get; private set; }

    /// <summary>Ends when an engine that speaks was stopped.</summary>
    public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when somebody has asked.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SpeechException? Broken { get; set; }

    public string VoiceOf(string language) => $"{Voice}/{language}";

    public void Release() => _released.TrySetResult();

    public async ValueTask<SpokenAudio> SpeakAsync(string text, string language, CancellationToken cancellationToken)
    {
        Spoken++;
        Asked.TrySetResult();
        try
        {
            await _released.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Stopped.TrySetResult();
            throw;
        }

        return Broken is null ? new(new short[1_600 * text.Length], 16_000) : throw Broken;
    }
}
