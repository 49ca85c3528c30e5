using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Metrics;

/// <summary>How well the phones can be reached and heard since the start: a fold over the journal.</summary>
/// <remarks>
/// <see cref="At"/> on any thread; <see cref="Apply"/> on one thread at a time. The journal says only what changes, so the state
/// at the start is told by <see cref="Begin"/>: a phone that was never there is not lost.
/// </remarks>
public sealed class PhoneHealth : IEventFold
{
    private const string FromPhone = "endpoint:";

    private readonly Lock _lock = new();
    private readonly Dictionary<EndpointId, Phone> _phones = [];
    private readonly Dictionary<CallId, EndpointId> _legs = [];
    private readonly Dictionary<InteractionId, EndpointId> _callers = [];

    /// <summary>Whether a phone can be reached when it is first looked at. Ignored for one that is known. Any thread.</summary>
    public void Begin(EndpointId phone, bool isReachable, DateTimeOffset at)
    {
        lock (_lock) { _phones.TryAdd(phone, new() { IsReachable = isReachable, Since = at }); }
    }

    /// <summary>Each phone as of then, in order of their ids. Any thread.</summary>
    public IReadOnlyList<PhoneView> At(DateTimeOffset now)
    {
        lock (_lock)
        {
            return [.. _phones.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal).Select(pair => pair.Value.Draw(pair.Key, now))];
        }
    }

    /// <inheritdoc />
    public void Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_lock)
        {
            switch (entry.Event)
            {
                case EndpointReachability e when _phones.TryGetValue(e.Endpoint, out var phone): phone.Turn(e.Reachable, entry.At); break;
                case ConversationJoined e: Join(e); break;
                case ConversationParted e when _legs.Remove(e.Leg, out var phone): End(phone, e.Cause); break;
                case InteractionStarted { Direction: CallDirection.Inbound } e: Call(e); break;
                case InteractionEnded e when _callers.Remove(e.Interaction, out var phone): End(phone, e.Cause); break;
                case InteractionInterrupted e: _callers.Remove(e.Interaction); break;
            }
        }
    }

    private void Join(ConversationJoined joined)
    {
        if (!_phones.TryGetValue(joined.Endpoint, out var phone))
            return;
        _legs[joined.Leg] = joined.Endpoint;
        phone.Calls++;
    }

    private void Call(InteractionStarted started)
    {
        if (!started.Origin.StartsWith(FromPhone, StringComparison.Ordinal) || !EndpointId.TryFrom(started.Origin[FromPhone.Length..], out var caller))
            return;
        if (!_phones.TryGetValue(caller, out var phone))
            return;
        _callers[started.Interaction] = caller;
        phone.Calls++;
    }

    private void End(EndpointId phone, HangUpCause cause)
    {
        if (cause == HangUpCause.NetworkLost)
            _phones[phone].PoorCalls++;
    }

    private sealed class Phone
    {
        private TimeSpan _unreachable;
        private int _losses;

        public bool IsReachable { get; set; }

        public DateTimeOffset Since { get; set; }

        public int Calls { get; set; }

        public int PoorCalls { get; set; }

        public void Turn(bool isReachable, DateTimeOffset at)
        {
            if (IsReachable == isReachable)
                return;
            if (isReachable)
                _unreachable += at - Since;
            else
                _losses++;
            (IsReachable, Since) = (isReachable, at);
        }

        public PhoneView Draw(EndpointId phone, DateTimeOffset now) =>
            new(phone, IsReachable, Since, _losses, _unreachable + (IsReachable || now < Since ? TimeSpan.Zero : now - Since), Calls, PoorCalls);
    }
}
