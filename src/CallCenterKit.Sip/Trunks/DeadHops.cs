using CallCenterKit.Sip.Resolving;

namespace CallCenterKit.Sip.Trunks;

/// <summary>Remembers for a while which servers were silent, so that not every call waits for them again (RFC 3263 §4.3). Any thread.</summary>
internal sealed class DeadHops(TimeProvider time)
{
    /// <summary>How long a server stands behind the others.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private const int MaxRemembered = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<SipHop, long> _since = [];

    public void Add(SipHop hop)
    {
        lock (_lock)
        {
            if (_since.Count >= MaxRemembered)
                _since.Clear();
            _since[hop] = time.GetTimestamp();
        }
    }

    public void Remove(SipHop hop)
    {
        lock (_lock)
            _since.Remove(hop);
    }

    /// <summary>The same hops, those that were silent lately at the end.</summary>
    public List<TrunkHop> Order(List<TrunkHop> hops)
    {
        lock (_lock)
            return _since.Count == 0 ? hops : [.. hops.OrderBy(hop => IsDead(hop.Hop))];
    }

    private bool IsDead(SipHop hop)
    {
        if (!_since.TryGetValue(hop, out var since))
            return false;
        if (time.GetElapsedTime(since) < Memory)
            return true;
        _since.Remove(hop);
        return false;
    }
}
