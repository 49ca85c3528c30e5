using System.Collections.Frozen;
using System.IO.Pipelines;
using CallCenterKit.Testing;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Fakes;

/// <summary>A leg without audio: a prompt takes its time and is written down.</summary>
internal sealed class FakeCall(VirtualTimeProvider time) : ICall, IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly DateTimeOffset _start = time.GetUtcNow();

    /// <summary>What happened, each line after the seconds since the start.</summary>
    public List<string> Transcript { get; } = [];

    /// <summary>How long each prompt takes.</summary>
    public TimeSpan PromptLength { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long answering takes.</summary>
    public TimeSpan AnswerTime { get; set; } = TimeSpan.Zero;

    /// <summary>How long until the caller has been silent for as long as somebody waits for; null when that cannot be told.</summary>
    public TimeSpan? SilentAfter { get; set; }

    /// <summary>Whether a stopped prompt is an exception, as drivers may have it, rather than a result.</summary>
    public bool ThrowsWhenStopped { get; set; }

    public CallId Id { get; } = new(new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

    public string Driver => "fake";

    public CallDirection Direction => CallDirection.Inbound;

    public CallOrigin Origin { get; } = new CallOrigin.FromTrunk("trunk");

    public CallParty From { get; } = new("100");

    public CallParty To { get; } = new("200");

    public IReadOnlyDictionary<string, string> Attributes => FrozenDictionary<string, string>.Empty;

    public CallState State { get; private set; } = CallState.Trying;

    public CallEnding? Ending { get; private set; }

    public CancellationToken Ended => _ended.Token;

    public int AudioRateHz => 8000;

    public void Write(string what) => Transcript.Add(FormattableString.Invariant($"{(time.GetUtcNow() - _start).TotalSeconds} {what}"));

    /// <summary>The caller hangs up.</summary>
    public void LeftByCaller() => End(HangUpCause.Normal, CallEndedBy.Party);

    /// <summary>The leg is known to have ended, but its token is not cancelled yet.</summary>
    public void EndQuietly() => (State, Ending) = (CallState.Ended, new(HangUpCause.Normal, CallEndedBy.Party));

    public void HangUp(HangUpCause cause)
    {
        if (State == CallState.Ended)
            return;
        Write($"hang up {cause}");
        End(cause, CallEndedBy.Center);
    }

    public async ValueTask AnswerAsync(CancellationToken cancellationToken)
    {
        ThrowIfEnded();
        await PassAsync(AnswerTime, cancellationToken);
        ThrowIfEnded();
        cancellationToken.ThrowIfCancellationRequested();
        State = CallState.Answered;
        Write("answered");
    }

    public async ValueTask<PlayEnd> PlayAsync(PlayRequest request, CancellationToken cancellationToken)
    {
        ThrowIfEnded();
        Write($"play {string.Join(' ', request.Sources.Select(Describe))}");
        await PassAsync(PromptLength, cancellationToken);
        ThrowIfEnded();
        if (!cancellationToken.IsCancellationRequested)
            return PlayEnd.Finished;
        Write("stopped");
        if (ThrowsWhenStopped)
            cancellationToken.ThrowIfCancellationRequested();
        return PlayEnd.Stopped;
    }

    public ValueTask RingAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask HoldAsync(bool hold, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask SendDigitsAsync(string digits, TimeSpan tone, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ICallRecording> RecordAsync(RecordRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async ValueTask WaitForAsync(VoiceActivity activity, TimeSpan length, CancellationToken cancellationToken)
    {
        if (SilentAfter is not { } after)
            throw new NotSupportedException();
        Write($"wait for {length.TotalSeconds} s of {activity}");
        await PassAsync(after, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
    }

    public PipeReader Listen() => throw new NotSupportedException();

    public PipeWriter Speak() => throw new NotSupportedException();

    public void Dispose() => _ended.Dispose();

    /// <summary>Lets time pass, less when the token is cancelled; returns either way.</summary>
    /// <remarks>Completes inline, so that the flow is entered as running before whoever completes goes on.</remarks>
    private async Task PassAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        if (length == TimeSpan.Zero)
            return;
        var passed = new TaskCompletionSource(TaskCreationOptions.None);
        using var timer = time.CreateTimer(_ => passed.TrySetResult(), null, length, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.Register(() => passed.TrySetResult());
        await passed.Task.ConfigureAwait(false);
    }

    private void End(HangUpCause cause, CallEndedBy by)
    {
        (State, Ending) = (CallState.Ended, new(cause, by));
        _ended.Cancel();
    }

    private void ThrowIfEnded()
    {
        if (State == CallState.Ended)
            throw new CallEndedException(Id, Ending);
    }

    private static string Describe(PlaySource source) => source switch
    {
        PlaySource.File file => Path.GetFileName(file.Path),
        PlaySource.Tone tone => $"tone:{tone.Kind}",
        PlaySource.Silence silence => $"silence:{silence.Duration.TotalSeconds}",
        _ => source.ToString(),
    };
}
