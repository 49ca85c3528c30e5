namespace CallCenterKit.Sip.Subscriptions;

/// <summary>What waits for one endpoint, and who wants to know. Any thread.</summary>
internal sealed class Mailbox(int maxSubscriptions)
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private MessageCounts _counts;

    public MessageCounts Counts
    {
        get { lock (_lock) { return _counts; } }
    }

    public bool HasSubscriptions
    {
        get { lock (_lock) { return _subscriptions.Count > 0; } }
    }

    /// <summary>Tells every subscription of a change; false when nothing has changed.</summary>
    public bool Set(MessageCounts counts)
    {
        Subscription[] told;
        lock (_lock)
        {
            if (_counts == counts)
                return false;
            _counts = counts;
            told = [.. _subscriptions];
        }
        foreach (var subscription in told)
            subscription.PostNotify();
        return true;
    }

    /// <summary>Adds one; the oldest has to go when there are too many.</summary>
    public void Add(Subscription subscription)
    {
        Subscription? oldest = null;
        lock (_lock)
        {
            if (_subscriptions.Count >= maxSubscriptions)
            {
                oldest = _subscriptions[0];
                _subscriptions.RemoveAt(0);
            }
            _subscriptions.Add(subscription);
        }
        oldest?.PostEnd();
    }

    public void Remove(Subscription subscription)
    {
        lock (_lock)
            _subscriptions.Remove(subscription);
    }
}
