namespace CallCenterKit.Sip.Resolving;

/// <summary>Answers with their time. One thread at a time.</summary>
/// <param name="capacity">The answer learned first goes when there are more.</param>
internal sealed class DnsCache(int capacity)
{
    private readonly Dictionary<(string Name, DnsType Type), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byAge = new();

    public int Count => _entries.Count;

    /// <summary>What is known and fresh.</summary>
    public DnsLookup? Fresh(string name, DnsType type, TimeSpan now) =>
        _entries.TryGetValue((name, type), out var node) && now < node.Value.FreshUntil ? node.Value.Answer : null;

    /// <summary>What was known, and may be used for want of anything better.</summary>
    public DnsLookup? Stale(string name, DnsType type, TimeSpan now) =>
        _entries.TryGetValue((name, type), out var node) && now < node.Value.StaleUntil ? node.Value.Answer : null;

    public void Put(string name, DnsType type, DnsLookup answer, TimeSpan freshUntil, TimeSpan staleUntil)
    {
        if (_entries.Remove((name, type), out var before))
            _byAge.Remove(before);
        else if (_entries.Count >= capacity)
            RemoveOldest();
        _entries.Add((name, type), _byAge.AddLast(new Entry((name, type), answer, freshUntil, staleUntil)));
    }

    /// <summary>An answer that has run out counts as fresh a little longer.</summary>
    public void Extend(string name, DnsType type, TimeSpan freshUntil)
    {
        if (_entries.TryGetValue((name, type), out var node))
            node.Value = node.Value with { FreshUntil = freshUntil < node.Value.StaleUntil ? freshUntil : node.Value.StaleUntil };
    }

    private void RemoveOldest()
    {
        _entries.Remove(_byAge.First!.Value.Key);
        _byAge.RemoveFirst();
    }

    private sealed record Entry((string Name, DnsType Type) Key, DnsLookup Answer, TimeSpan FreshUntil, TimeSpan StaleUntil);
}
