using System.Collections.Concurrent;
using CallCenterKit.Conversations;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>The interactions that live, by id and by leg. Any thread.</summary>
internal sealed class Interactions
{
    private readonly ConcurrentDictionary<InteractionId, ConversationHost> _byId = new();
    private readonly ConcurrentDictionary<CallId, ILegListener> _byLeg = new();
    private readonly ConcurrentDictionary<EndpointId, (ConversationHost Host, CallId Leg)> _held = new();
    private int _arriving;
    private int _dialling;
    private Parked<bool>? _empty;

    public int Count => _byId.Count + Volatile.Read(ref _dialling);

    /// <summary>Whether there is none, and none on its way.</summary>
    public bool IsEmpty => _byId.IsEmpty && Volatile.Read(ref _arriving) == 0 && Volatile.Read(ref _dialling) == 0;

    /// <summary>Legs somebody listens to.</summary>
    public int Legs => _byLeg.Count;

    /// <summary>A call has come of which an interaction will be made, until <see cref="Arrived"/>.</summary>
    public void Expect() => Interlocked.Increment(ref _arriving);

    public void Arrived()
    {
        Interlocked.Decrement(ref _arriving);
        TellWhenEmpty();
    }

    /// <summary>Somebody of ours calls outside, until <see cref="EndDial"/>: it ended, or has become an interaction.</summary>
    public void BeginDial() => Interlocked.Increment(ref _dialling);

    public void EndDial()
    {
        Interlocked.Decrement(ref _dialling);
        TellWhenEmpty();
    }

    public void Add(ConversationHost host) => _byId[host.Interaction] = host;

    public void Listen(CallId leg, ILegListener listener) => _byLeg[leg] = listener;

    public void ForgetLeg(CallId leg) => _byLeg.TryRemove(leg, out _);

    /// <summary>A phone of ours has put somebody on hold: its next call may be a consultation.</summary>
    public void Hold(EndpointId phone, ConversationHost host, CallId leg) => _held[phone] = (host, leg);

    /// <summary>The phone holds on this leg no more.</summary>
    public void HoldNoMore(EndpointId phone, ConversationHost host, CallId leg) => _held.TryRemove(new(phone, (host, leg)));

    /// <summary>On which leg the phone holds somebody; null when on none.</summary>
    public (ConversationHost Host, CallId Leg)? HeldBy(EndpointId phone) => _held.TryGetValue(phone, out var held) ? held : null;

    public ConversationHost? Find(InteractionId interaction) => _byId.GetValueOrDefault(interaction);

    public ILegListener? ListenerOf(CallId leg) => _byLeg.GetValueOrDefault(leg);

    public void Remove(ConversationHost host)
    {
        _byId.TryRemove(new(host.Interaction, host)); // a callback may carry the interaction on already
        TellWhenEmpty();
    }

    /// <summary>Comes when there is none, at once when there is none now. One waiter.</summary>
    public Parked<bool> WhenEmpty(IRunningWork work)
    {
        var empty = new Parked<bool>(work);
        Interlocked.Exchange(ref _empty, empty);
        TellWhenEmpty();
        return empty;
    }

    public void EndAll(HangUpCause cause)
    {
        foreach (var host in _byId.Values)
            host.Post(new HangUpAsked(cause, Hosting.Actors.System));
    }

    private void TellWhenEmpty()
    {
        if (IsEmpty)
            Volatile.Read(ref _empty)?.TryComplete(true);
    }
}
