using System.Collections.Concurrent;
using CallCenterKit.Conversations;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>The interactions that live, by id and by leg. Any thread.</summary>
internal sealed class Interactions
{
    private readonly ConcurrentDictionary<InteractionId, ConversationHost> _byId = new();
    private readonly ConcurrentDictionary<CallId, ILegListener> _byLeg = new();
    private TaskCompletionSource? _empty;

    public int Count => _byId.Count;

    /// <summary>Legs somebody listens to.</summary>
    public int Legs => _byLeg.Count;

    public void Add(ConversationHost host) => _byId[host.Interaction] = host;

    public void Listen(CallId leg, ILegListener listener) => _byLeg[leg] = listener;

    public void ForgetLeg(CallId leg) => _byLeg.TryRemove(leg, out _);

    public ConversationHost? Find(InteractionId interaction) => _byId.GetValueOrDefault(interaction);

    public ILegListener? ListenerOf(CallId leg) => _byLeg.GetValueOrDefault(leg);

    public void Remove(ConversationHost host)
    {
        _byId.TryRemove(host.Interaction, out _);
        if (_byId.IsEmpty)
            Volatile.Read(ref _empty)?.TrySetResult();
    }

    /// <summary>Ends when there is none, at once when there is none now. One waiter.</summary>
    public Task WhenEmptyAsync()
    {
        var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _empty, empty);
        if (_byId.IsEmpty)
            empty.TrySetResult();
        return empty.Task;
    }

    public void EndAll(HangUpCause cause)
    {
        foreach (var host in _byId.Values)
            host.Post(new HangUpAsked(cause, Hosting.Actors.System));
    }
}
