using System.Collections.Concurrent;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Recordings;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Rings whom a conversation wants. Each attempt ends with exactly one result.</summary>
internal sealed class PartyDials(CenterServices center, ConversationHost host, Interactions interactions)
{
    /// <summary>How long somebody is rung before the customer returns.</summary>
    private static readonly TimeSpan RingTime = TimeSpan.FromSeconds(30);

    // A source without timer or wait handle holds nothing to release, and a cancellation may come at any time.
    private readonly ConcurrentDictionary<int, CancellationTokenSource> _running = new(concurrencyLevel: 1, capacity: 1);

    /// <summary>Hands over; never waits.</summary>
    /// <param name="wanted">Whom to ring.</param>
    /// <param name="by">The leg of whoever wants it; null when that is gone.</param>
    public void Start(DialParty wanted, ICall? by)
    {
        var unwanted = new CancellationTokenSource();
        _running[wanted.Dial] = unwanted;
        center.Work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(
            static state => _ = state.Dials.RunAsync(state.Wanted, state.By, state.Unwanted),
            (Dials: this, Wanted: wanted, By: by, Unwanted: unwanted.Token),
            preferLocal: false);
    }

    public void Cancel(int dial)
    {
        if (_running.TryGetValue(dial, out var unwanted))
            unwanted.Cancel();
    }

    private async Task RunAsync(DialParty wanted, ICall? by, CancellationToken unwanted)
    {
        var (leg, result) = await DialAsync(wanted, by, unwanted).ConfigureAwait(false);
        _running.TryRemove(wanted.Dial, out _);
        if (leg is null)
            host.Post(result);
        else
            host.Join(leg, result);
        center.Work.Leave();
    }

    private async ValueTask<(ICall? Leg, ConversationInput Result)> DialAsync(DialParty wanted, ICall? by, CancellationToken unwanted)
    {
        try
        {
            var request = RequestOf(wanted, by);
            interactions.Listen(request.Id, new Ringing(host, wanted.Dial));
            try
            {
                var outcome = await center.DialAsync(request, host.Customer, unwanted).ConfigureAwait(false);
                return outcome is DialOutcome.Answered answered ? (answered.Call, Answer(wanted, answered.Call)) : (null, new DialFailed(wanted.Dial, EndOf(outcome)));
            }
            finally
            {
                interactions.ForgetLeg(request.Id);
            }
        }
        catch (OperationCanceledException)
        {
            return (null, new DialFailed(wanted.Dial, DialEnd.Cancelled));
        }
        catch (Exception fault)
        {
            CallsLog.DialFailed(center.Logger, fault, host.Interaction);
            return (null, new DialFailed(wanted.Dial, DialEnd.Unreachable));
        }
    }

    private DialRequest RequestOf(DialParty wanted, ICall? by) => new()
    {
        Id = new(center.Ids.Next()),
        Target = wanted.Target switch
        {
            TransferTarget.ToPhone phone => new DialTarget.ToEndpoint(phone.Endpoint),
            TransferTarget.ToOutside outside => new DialTarget.ToNumber(outside.Number, outside.Trunks),
            _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "Not somebody who can be rung."),
        },
        Caller = (wanted.Target as TransferTarget.ToOutside)?.Shown ?? PartyOf(wanted.Purpose is DialPurpose.Consult or DialPurpose.Add ? by ?? host.Customer : host.Customer),
        RingTime = RingTime,
        PreferFormatsOf = host.Customer,
        IsEmergency = wanted.Target is TransferTarget.ToOutside { IsEmergency: true },
    };

    private DialAnswered Answer(DialParty wanted, ICall leg)
    {
        var endpoint = (wanted.Target as TransferTarget.ToPhone)?.Endpoint;
        var agent = endpoint is { } phone ? center.Board.AgentAt(phone)?.Id : null;
        var rule = wanted.Target switch
        {
            TransferTarget.ToPhone called => called.Recording,
            TransferTarget.ToOutside called => called.Recording,
            _ => null,
        };
        return new(wanted.Dial, leg.Id, agent, endpoint, RecordingPolicy.Resolve(number: rule, agent: center.RecordingOf(agent)));
    }

    /// <summary>Whom the phone that rings is to show: who is at the other end of a leg.</summary>
    private static CallParty PartyOf(ICall leg) => leg switch
    {
        { Direction: CallDirection.Inbound } => leg.From,
        { Origin: CallOrigin.Dialled { Target: DialTarget.ToEndpoint phone } } => new(phone.Endpoint.Value),
        _ => leg.To,
    };

    private static DialEnd EndOf(DialOutcome outcome) => outcome switch
    {
        DialOutcome.Busy => DialEnd.Busy,
        DialOutcome.NoAnswer => DialEnd.NoAnswer,
        DialOutcome.Rejected => DialEnd.Rejected,
        _ => DialEnd.Unreachable,
    };

    private sealed class Ringing(ConversationHost host, int dial) : ILegListener
    {
        public void OnSignal(ICall call, CallSignal signal)
        {
            // Of what is heard before the answer nothing is passed on: then it is ringing too.
            if (signal is CallSignal.Ringing or CallSignal.EarlyAudio)
                host.Post(new DialRings(dial));
        }
    }
}
