using CallCenterKit.Contacts;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using CallCenterKit.Supervisors;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Where every leg that a driver brings enters the center.</summary>
internal sealed class IncomingCalls : ITelephonySink
{
    private static readonly TimeSpan WriteBudget = TimeSpan.FromMilliseconds(20);

    private readonly CenterServices _center;
    private readonly Interactions _interactions;
    private readonly ContactLookup _contacts;
    private readonly OutgoingCalls _outgoing;
    private readonly CallRunner _runner;
    private readonly SecondCalls _seconds;
    private readonly SupervisorDesk _supervisors;
    private bool _closed;

    public IncomingCalls(CenterServices center, Interactions interactions, ContactLookup contacts, OutgoingCalls outgoing, CallRunner runner, SupervisorDesk supervisors)
    {
        _center = center;
        _interactions = interactions;
        _contacts = contacts;
        _outgoing = outgoing;
        _runner = runner;
        _seconds = new(center, interactions);
        _supervisors = supervisors;
    }

    /// <summary>Refuses what arrives from now on, emergencies left out.</summary>
    public void Close() => Interlocked.Exchange(ref _closed, true);

    public void OnIncoming(ICall call)
    {
        _interactions.Expect();
        if (Volatile.Read(ref _closed) && !Outside.IsEmergency(_center, call))
        {
            _interactions.Arrived();
            call.HangUp(HangUpCause.ShuttingDown);
            return;
        }
        _center.Work.Enter();
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Calls.ReceiveAsync(state.Call), (Calls: this, Call: call), preferLocal: false);
    }

    public void OnSignal(ICall call, CallSignal signal) => _interactions.ListenerOf(call.Id)?.OnSignal(call, signal);

    public void OnReachability(EndpointId endpoint, bool reachable) => _center.Routing.Post(new ReachabilityChanged(endpoint, reachable));

    private async Task ReceiveAsync(ICall call)
    {
        var interaction = new InteractionId(_center.Ids.Next());
        try
        {
            await StartAsync(call, interaction).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            CallsLog.StartFailed(_center.Logger, fault, interaction);
            call.HangUp(HangUpCause.Failed);
        }
        finally
        {
            _interactions.Arrived();
            _center.Work.Leave();
        }
    }

    private async ValueTask StartAsync(ICall call, InteractionId interaction)
    {
        if (!Outside.IsEmergency(_center, call) && (_seconds.TryTake(call) || await _supervisors.TryTakeAsync(call).ConfigureAwait(false)))
            return;
        var target = _center.DialPlan.Find(call.To.Number);
        var refusal = target is null ? HangUpCause.NotFound : (HangUpCause?)null;
        if ((target is ToOutside || Outside.IsEmergency(_center, call)) && TryCallOutside(call, interaction, out refusal))
            return;
        var contacts = _contacts.FindAsync(call.From.Number, call.From.Name);
        var known = ContactLookup.KnownBy(contacts);
        var host = new ConversationHost(interaction, call, _center, _interactions);
        host.Session.Contacts = contacts;
        var position = host.Begin(known?.Party ?? new(_center.Ids.Next()), OriginOf(call.Origin), call.To.Number);
        CallsLog.InteractionBegan(_center.Logger, interaction, call.Id, OriginOf(call.Origin), target is null ? "nowhere" : CallRunner.NameOf(target));
        if (known is null && !contacts.IsCompleted)
            _ = IdentifyLaterAsync(host, contacts);
        if (refusal is { } cause)
        {
            Refuse(call, interaction, target, cause);
            return;
        }
        await WrittenAsync(position, interaction).ConfigureAwait(false);
        if (_center.Stopping.IsCancellationRequested)
            call.HangUp(HangUpCause.ShuttingDown);
        else
            _runner.Start(host, target!);
    }

    /// <summary>True when one of our phones makes the call. Otherwise a trunk may be let through; nobody else is.</summary>
    private bool TryCallOutside(ICall call, InteractionId interaction, out HangUpCause? refusal)
    {
        refusal = null;
        if (call.Origin is not CallOrigin.FromEndpoint { Endpoint: var phone })
        {
            if (Outside.FindFor(_center, call, call.To.Number) is null)
                refusal = HangUpCause.Forbidden;
            return false;
        }
        var agent = _center.Board.AgentAt(phone)?.Id;
        if (Outside.Find(_center, call.To.Number, phone, agent, out var cause) is not { } number)
        {
            refusal = cause;
            return false;
        }
        _outgoing.Start(call, interaction, number, phone, agent);
        return true;
    }

    private void Refuse(ICall call, InteractionId interaction, DialPlanTarget? target, HangUpCause cause)
    {
        if (target is ToOutside outside)
            CallsLog.OutsideRefused(_center.Logger, interaction, OriginOf(call.Origin), outside.Name);
        else
            CallsLog.NoSuchNumber(_center.Logger, interaction);
        call.HangUp(cause);
    }

    private static async Task IdentifyLaterAsync(ConversationHost host, Task<IReadOnlyList<Contact>> contacts)
    {
        if (await contacts.ConfigureAwait(false) is [var contact, ..])
            host.Identify(contact);
    }

    private async ValueTask WrittenAsync(long position, InteractionId interaction)
    {
        var written = _center.Journal.WaitUntilWrittenAsync(position, CancellationToken.None);
        if (written.IsCompletedSuccessfully)
            return;
        try
        {
            await _center.Work.ParkAsync(new ValueTask(written.AsTask().WaitAsync(WriteBudget, _center.Time))).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            CallsLog.StartedUnwritten(_center.Logger, interaction);
        }
    }

    private static string OriginOf(CallOrigin origin) => origin switch
    {
        CallOrigin.FromEndpoint e => $"endpoint:{e.Endpoint}",
        CallOrigin.FromTrunk e => $"trunk:{e.Trunk}",
        CallOrigin.Stranger => "stranger",
        CallOrigin.Dialled => "dialled",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "Not an origin."),
    };
}
