using CallCenterKit.Ivr.Input;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>Says prompts to a caller who may cut them short by a key.</summary>
internal sealed class Speaker(ICall call, PromptResolver prompts, Keypad keypad, IRunningWork work)
{
    public async ValueTask<PlayEnd> SayAsync(Prompt prompt, bool bargeIn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bargeIn && !keypad.IsEmpty)
            return PlayEnd.Stopped;
        if (prompt.Count == 0)
            return PlayEnd.Finished;

        var request = await prompts.ResolveAsync(prompt, cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (bargeIn)
            keypad.Watch(() => Stop(stop));
        try
        {
            var end = await work.ParkAsync(call.PlayAsync(request, stop.Token)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return end;
        }
        catch (OperationCanceledException fault) when (IsBargeIn(fault, stop, cancellationToken))
        {
            return PlayEnd.Stopped;
        }
        finally
        {
            keypad.StopWatching();
        }
    }

    private static bool IsBargeIn(OperationCanceledException fault, CancellationTokenSource stop, CancellationToken cancellationToken) =>
        fault is not CallEndedException && stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested;

    private static void Stop(CancellationTokenSource stop)
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The prompt came to its end while the key was on its way; the key is in the buffer all the same.
        }
    }
}
