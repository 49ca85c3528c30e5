using CallCenterKit.DialPlans;
using CallCenterKit.Ivr;
using CallCenterKit.Queues;
using CallCenterKit.Voice;

namespace CallCenterKit.Flows;

/// <summary>What answers a number that leads straight to a queue.</summary>
internal sealed class QueueFlow(QueueId queue, QueueRequest request) : IFlow
{
    /// <summary>What a number that leads to a queue is answered by.</summary>
    public static QueueFlow Of(ToQueue target) => new(target.Queue, target.Vip ? new() { Vip = true } : QueueRequest.None);

    public string Name => $"queue:{queue}";

    public async Task RunAsync(FlowCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var outcome = await call.QueueAsync(queue, request, cancellationToken).ConfigureAwait(false);
        if (outcome is QueueOutcome.CallbackBooked booked)
            await call.ConfirmCallbackAsync(booked, cancellationToken).ConfigureAwait(false);
        else if (outcome.Onward is { Kind: not (OverflowKind.HangUp or OverflowKind.Callback or OverflowKind.Queue) } overflow)
            await call.FollowAsync(overflow, cancellationToken).ConfigureAwait(false);
        else
            call.HangUp(CauseOf(outcome));
    }

    private static HangUpCause CauseOf(QueueOutcome outcome) => outcome switch
    {
        QueueOutcome.TimedOut => HangUpCause.NoAnswer,
        QueueOutcome.Full => HangUpCause.Busy,
        QueueOutcome.Empty or QueueOutcome.Closed => HangUpCause.NoAnswer,
        _ => HangUpCause.Normal,
    };
}
