namespace CallCenterKit.Sip.Registrar;

/// <summary>When contacts run out, the next one first. One thread.</summary>
/// <remarks>A refresh does not move its entry: it goes back in when its old time has come. So there is one entry for each contact, however often it registers.</remarks>
internal sealed class ContactExpiries
{
    private readonly PriorityQueue<ContactKey, DateTimeOffset> _queue = new();
    private readonly Dictionary<ContactKey, DateTimeOffset> _earliest = [];

    /// <summary>Null when nothing runs out.</summary>
    public DateTimeOffset? Next => _queue.TryPeek(out _, out var at) ? at : null;

    /// <summary>Looks at the contact at that time, or before.</summary>
    public void Add(ContactKey key, DateTimeOffset at)
    {
        if (_earliest.TryGetValue(key, out var earliest) && earliest <= at)
            return;
        _earliest[key] = at;
        _queue.Enqueue(key, at);
    }

    /// <summary>The next contact to look at; it may have been refreshed or be gone.</summary>
    public bool TryTake(DateTimeOffset now, out ContactKey key)
    {
        while (_queue.TryPeek(out key, out var at) && at <= now)
        {
            _queue.Dequeue();
            if (!_earliest.TryGetValue(key, out var earliest) || earliest != at)
                continue;
            _earliest.Remove(key);
            return true;
        }
        return false;
    }
}
