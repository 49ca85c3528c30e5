using CallCenterKit.Ivr;
using CallCenterKit.Queues;
using CallCenterKit.Voice;

namespace CallCenterKit.Flows;

/// <summary>What answers a number that leads straight to a queue.</summary>
internal sealed class QueueFlow(QueueId queue) : IFlow
{
    public string Name => $"queue:{queue}";

    public async Task RunAsync(FlowCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var outcome = await call.QueueAsync(queue, cancellationToken).ConfigureAwait(false);
        (Overflow? overflow, HangUpCause cause) = outcome switch
        {
            QueueOutcome.TimedOut timedOut => (timedOut.Overflow, HangUpCause.NoAnswer),
            QueueOutcome.Full full => (full.Overflow, HangUpCause.Busy),
            _ => (null, HangUpCause.Normal),
        };
        if (overflow is { Kind: OverflowKind.Flow })
            call.GoTo(overflow.Name);
        else
            call.HangUp(cause);
    }
}
