using CallCenterKit.Calls;
using CallCenterKit.Hosting;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Offers;

/// <summary>Waits for a person to press 1, so that a mobile's voicemail never takes a call.</summary>
internal sealed class Confirmation : ILegListener, IDisposable
{
    private const char Key = '1';

    private readonly ICall _leg;
    private readonly Interactions _interactions;
    private readonly CenterServices _center;
    private readonly Parked<bool> _answer;
    private readonly CancellationTokenSource _prompt = new();

    public Confirmation(ICall leg, Interactions interactions, CenterServices center)
    {
        _leg = leg;
        _interactions = interactions;
        _center = center;
        _answer = new(center.Work);
        interactions.Listen(leg.Id, this);
    }

    /// <summary>True when the key was pressed, false when the leg ended first.</summary>
    /// <exception cref="OperationCanceledException">The offer was withdrawn; the leg is hung up.</exception>
    public async ValueTask<bool> AskAsync(CancellationToken withdrawn)
    {
        if (_leg.Ending is not null)
            return false;
        if (_center.ConfirmPrompt is { } prompt)
            _ = PlayAsync(prompt);
        try
        {
            return await _answer.WaitAsync(withdrawn).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _leg.HangUp(HangUpCause.AnsweredElsewhere);
            throw;
        }
    }

    public void OnSignal(ICall call, CallSignal signal)
    {
        switch (signal)
        {
            case CallSignal.Digit { Key: Key }: _answer.TryComplete(true); break;
            case CallSignal.Ended: _answer.TryComplete(false); break;
            default: break;
        }
    }

    public void Dispose()
    {
        _interactions.ForgetLeg(_leg.Id);
        _prompt.Cancel();
        _prompt.Dispose();
    }

    private async Task PlayAsync(string prompt)
    {
        var repeated = new PlayRequest([new PlaySource.File(prompt), new PlaySource.Silence(TimeSpan.FromSeconds(2))], Loop: true);
        try
        {
            await _leg.PlayAsync(repeated, _prompt.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Answered or ended: no more need to ask.
        }
        catch (Exception fault)
        {
            OffersLog.ConfirmPromptFailed(_center.Logger, fault, prompt);
        }
    }
}
