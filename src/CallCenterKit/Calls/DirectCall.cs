using CallCenterKit.Conversations;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>A call to one of our phones, without a queue.</summary>
internal sealed class DirectCall(ConversationHost host, CenterServices center, Interactions interactions) : ILegListener
{
    private bool _rung;

    /// <summary>Rings the phone, joins the two, and returns when one of them has left.</summary>
    public async ValueTask RunAsync(ToExtension extension)
    {
        var request = new DialRequest
        {
            Id = new(center.Ids.Next()),
            Target = new DialTarget.ToEndpoint(extension.Endpoint),
            Caller = host.Customer.From,
            PreferFormatsOf = host.Customer,
        };
        var outcome = await DialAsync(request).ConfigureAwait(false);
        if (outcome is DialOutcome.Answered answered)
            await TalkAsync(answered.Call, extension).ConfigureAwait(false);
        else
            host.Customer.HangUp(CauseOf(outcome));
    }

    public void OnSignal(ICall call, CallSignal signal)
    {
        if (signal is not CallSignal.Ringing || _rung)
            return;
        _rung = true;
        _ = RingCallerAsync();
    }

    private async ValueTask<DialOutcome> DialAsync(DialRequest request)
    {
        interactions.Listen(request.Id, this);
        try
        {
            return await center.Work.ParkAsync(center.DriverOf(host.Customer).DialAsync(request, host.Customer.Ended)).ConfigureAwait(false);
        }
        finally
        {
            interactions.ForgetLeg(request.Id);
        }
    }

    private async ValueTask TalkAsync(ICall leg, ToExtension extension)
    {
        var parted = host.Session.BeginTalk();
        var recording = extension.Record ? center.NewRecording(host.Interaction) : null;
        host.Join(leg, new ExtensionJoined(leg.Id, extension.Endpoint, recording));
        await parted.WaitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RingCallerAsync()
    {
        try
        {
            await host.Customer.RingAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller left while the phone began to ring.
        }
    }

    private static HangUpCause CauseOf(DialOutcome outcome) => outcome switch
    {
        DialOutcome.Busy => HangUpCause.Busy,
        DialOutcome.NoAnswer => HangUpCause.NoAnswer,
        DialOutcome.Rejected => HangUpCause.Rejected,
        _ => HangUpCause.NoAnswer,
    };
}
