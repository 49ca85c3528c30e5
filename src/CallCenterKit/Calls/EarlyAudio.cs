using System.Diagnostics.CodeAnalysis;
using CallCenterKit.Events;
using CallCenterKit.Hosting;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>What somebody who has dialled hears until the number answers: ringing, or whatever the network outside lets them hear.</summary>
/// <remarks>One step after another; any thread may post.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing to release; CloseAsync ends it.")]
internal sealed class EarlyAudio
{
    private readonly CenterServices _center;
    private readonly InteractionId _interaction;
    private readonly Mailbox<Func<ValueTask>> _steps;
    private CancellationTokenSource? _tone;
    private IBridge? _bridge;
    private bool _rung;

    public EarlyAudio(ICall caller, CenterServices center, InteractionId interaction)
    {
        (Caller, _center, _interaction) = (caller, center, interaction);
        _steps = new(StepAsync, center.Work);
    }

    public ICall Caller { get; }

    /// <summary>The number rings, or can be heard.</summary>
    public void Post(ICall party, CallSignal signal) => _steps.Post(signal is CallSignal.EarlyAudio ? () => HearAsync(party) : RingAsync);

    /// <summary>Nothing is heard any more when this returns.</summary>
    public async ValueTask CloseAsync()
    {
        var closed = new Parked<bool>(_center.Work);
        _steps.Post(async () =>
        {
            try
            {
                await EndAsync().ConfigureAwait(false);
            }
            finally
            {
                closed.TryComplete(true);
            }
        });
        await closed.WaitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask StepAsync(Func<ValueTask> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // One of the legs has ended.
        }
        catch (Exception fault)
        {
            CallsLog.EarlyAudioFailed(_center.Logger, fault, _interaction);
        }
    }

    private async ValueTask RingAsync()
    {
        if (_rung || _bridge is not null)
            return;
        _rung = true;
        if (Caller.State != CallState.Answered)
        {
            await _center.Work.ParkAsync(Caller.RingAsync(CancellationToken.None)).ConfigureAwait(false);
            return;
        }
        _tone = new();
        _ = PlayRingingAsync(_tone.Token);
    }

    private async ValueTask HearAsync(ICall party)
    {
        if (_bridge is not null)
            return;
        var driver = _center.DriverOf(Caller);
        if (Caller.State != CallState.Answered)
        {
            if (!driver.Capabilities.HasFlag(VoiceCapabilities.EarlyAudio))
            {
                await RingAsync().ConfigureAwait(false);
                return;
            }
            await _center.Work.ParkAsync(Caller.StartEarlyAudioAsync(CancellationToken.None)).ConfigureAwait(false);
        }
        StopTone();
        _bridge = driver.CreateBridge();
        await _center.Work.ParkAsync(_bridge.AddAsync(party, BridgeRole.Full, CancellationToken.None)).ConfigureAwait(false);
        await _center.Work.ParkAsync(_bridge.AddAsync(Caller, BridgeRole.Full, CancellationToken.None)).ConfigureAwait(false);
    }

    private async ValueTask EndAsync()
    {
        StopTone();
        if (_bridge is { } bridge)
            await _center.Work.ParkAsync(bridge.DisposeAsync()).ConfigureAwait(false);
    }

    private void StopTone()
    {
        _tone?.Cancel();
        _tone?.Dispose();
        _tone = null;
    }

    private async Task PlayRingingAsync(CancellationToken stop)
    {
        try
        {
            await Caller.PlayAsync(PlayRequest.Tone(ToneKind.Ringback), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The number has answered, can be heard, or is given up.
        }
        catch (Exception fault)
        {
            CallsLog.EarlyAudioFailed(_center.Logger, fault, _interaction);
        }
    }
}
