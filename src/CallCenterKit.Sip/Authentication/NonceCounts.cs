namespace CallCenterKit.Sip.Authentication;

/// <summary>Remembers how far each nonce has been counted, so that a request heard on the wire cannot be sent again.</summary>
/// <remarks>
/// Any thread. Bounded: the nonce that was first used longest ago is forgotten, and from then on neither it nor an
/// older one that is not remembered is accepted; its client gets a fresh nonce.
/// </remarks>
internal sealed class NonceCounts(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, uint> _highest = new(Math.Min(capacity, 1024));
    private readonly Queue<long> _order = new();
    private long _forgottenUpTo;

    /// <summary>True when this use is the first with such a count.</summary>
    public bool TryUse(long serial, uint count)
    {
        lock (_lock)
        {
            if (_highest.TryGetValue(serial, out var highest))
            {
                if (count <= highest)
                    return false;
                _highest[serial] = count;
                return true;
            }
            if (serial <= _forgottenUpTo)
                return false;
            if (_order.Count >= capacity)
                ForgetOldest();
            _highest.Add(serial, count);
            _order.Enqueue(serial);
            return true;
        }
    }

    private void ForgetOldest()
    {
        var oldest = _order.Dequeue();
        _highest.Remove(oldest);
        _forgottenUpTo = Math.Max(_forgottenUpTo, oldest);
    }
}
