using CallCenterKit.Ivr.Input;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Voicemail;

/// <summary>Greets, beeps, and records what the caller says until a key, silence, the longest length, or a hang-up.</summary>
internal sealed class VoicemailDialogue(IFlowSession session, FlowEnvironment environment, Speaker speaker, Keypad keypad, VoicemailRequest request)
{
    private static readonly Prompt Beep = Prompt.Of(new PromptPart.Tone(ToneKind.Beep));

    public async ValueTask<VoicemailOutcome> RunAsync(MailboxId mailbox, CancellationToken cancellationToken)
    {
        if (request.Greeting is { } greeting)
            await speaker.SayAsync(greeting, bargeIn: true, cancellationToken).ConfigureAwait(false);
        await speaker.SayAsync(Beep, bargeIn: false, cancellationToken).ConfigureAwait(false);
        keypad.Clear();
        if (await session.TakeMessageAsync(mailbox, cancellationToken).ConfigureAwait(false) is not { } taking)
            return new VoicemailOutcome.Unavailable();

        var silence = TimeSpan.Zero;
        VoicemailOutcome outcome;
        try
        {
            silence = await WaitForEndAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            outcome = await taking.EndAsync(silence, request.MinLength).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>The silence at the end. A caller who hangs up has left a message all the same.</summary>
    private async ValueTask<TimeSpan> WaitForEndAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var silence = WaitForSilenceAsync(over);
        try
        {
            await WaitForKeyAsync(over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Silence, or the caller has left.
        }

        await over.CancelAsync().ConfigureAwait(false);
        return await environment.Work.ParkAsync(new ValueTask<bool>(silence)).ConfigureAwait(false) ? request.SilenceEnd : TimeSpan.Zero;
    }

    private async ValueTask WaitForKeyAsync(CancellationToken cancellationToken)
    {
        var begun = environment.Time.GetTimestamp();
        for (var left = request.MaxLength; left > TimeSpan.Zero; left = request.MaxLength - environment.Time.GetElapsedTime(begun))
        {
            if (await keypad.ReadAsync(left, cancellationToken).ConfigureAwait(false) is { } key && request.EndKeys.Contains(key, StringComparison.Ordinal))
                return;
        }
    }

    private async Task<bool> WaitForSilenceAsync(CancellationTokenSource over)
    {
        try
        {
            await session.Call.WaitForAsync(VoiceActivity.Silence, request.SilenceEnd, over.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OperationCanceledException or NotSupportedException)
        {
            return false; // over by something else, or by a driver that cannot tell
        }

        over.Cancel();
        return true;
    }
}
