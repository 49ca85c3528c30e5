using CallCenterKit.Contacts;
using CallCenterKit.Conversations;
using CallCenterKit.Events;
using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Where every leg that a driver brings enters the center.</summary>
internal sealed class IncomingCalls : ITelephonySink
{
    private static readonly TimeSpan ContactBudget = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WriteBudget = TimeSpan.FromMilliseconds(20);

    private readonly CenterServices _center;
    private readonly Interactions _interactions;
    private readonly IContactStore _contacts;
    private readonly CallRunner _runner;
    private readonly SecondCalls _seconds;
    private bool _closed;

    public IncomingCalls(CenterServices center, Interactions interactions, IContactStore contacts, CallRunner runner)
    {
        _center = center;
        _interactions = interactions;
        _contacts = contacts;
        _runner = runner;
        _seconds = new(center, interactions);
    }

    /// <summary>Refuses what arrives from now on.</summary>
    public void Close() => Interlocked.Exchange(ref _closed, true);

    public void OnIncoming(ICall call)
    {
        _interactions.Expect();
        if (Volatile.Read(ref _closed))
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
        if (_seconds.TryTake(call))
            return;
        var target = _center.DialPlan.Find(call.To.Number);
        var contacts = FindContactsAsync(call.From);
        var known = contacts.IsCompletedSuccessfully && contacts.Result.Count > 0 ? contacts.Result[0] : null;
        var host = new ConversationHost(interaction, call, _center, _interactions);
        host.Session.Contacts = contacts;
        var position = host.Begin(known?.Party ?? new(_center.Ids.Next()), OriginOf(call.Origin), call.To.Number);
        CallsLog.InteractionBegan(_center.Logger, interaction, call.Id, OriginOf(call.Origin), target?.ToString() ?? "nowhere");
        if (known is null && !contacts.IsCompleted)
            _ = IdentifyLaterAsync(host, contacts);
        if (target is null)
        {
            CallsLog.NoSuchNumber(_center.Logger, interaction);
            call.HangUp(HangUpCause.NotFound);
            return;
        }
        await WrittenAsync(position, interaction).ConfigureAwait(false);
        if (_center.Stopping.IsCancellationRequested)
            call.HangUp(HangUpCause.ShuttingDown);
        else
            _runner.Start(host, target);
    }

    /// <summary>Everybody with that number; one is made when there is none. None at all when that takes longer than 50 ms or fails: no call is held up.</summary>
    private async Task<IReadOnlyList<Contact>> FindContactsAsync(CallParty from)
    {
        if (from.Number.Length == 0)
            return [];
        try
        {
            var found = FindOrAddAsync(_center.Setup.Numbers.Normalise(from.Number), from.Name);
            return found.IsCompletedSuccessfully ? found.Result : await found.AsTask().WaitAsync(ContactBudget, _center.Time).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            CallsLog.ContactUnknown(_center.Logger, fault);
            return [];
        }
    }

    private async ValueTask<IReadOnlyList<Contact>> FindOrAddAsync(string number, string? name)
    {
        var found = await _contacts.FindAsync(number, CancellationToken.None).ConfigureAwait(false);
        return found.Count > 0 ? found : [await _contacts.GetOrAddAsync(number, name, CancellationToken.None).ConfigureAwait(false)];
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
