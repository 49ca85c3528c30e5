namespace CallCenterKit.Media.Srtp;

/// <summary>Which packets of one stream were there before, and which index the next has (RFC 3711 §3.3.1, §3.3.2).</summary>
/// <remarks>The default value has seen none.</remarks>
internal readonly struct ReplayWindow
{
    /// <summary>A packet this many behind the newest is too old to tell; the least the RFC allows.</summary>
    public const int Size = 64;

    private const int SequenceNumbers = 1 << 16;

    private readonly long _highest;
    private readonly ulong _seen;                             // bit n: the n-th before the highest

    private ReplayWindow(long highest, ulong seen)
    {
        _highest = highest;
        _seen = seen;
    }

    private bool IsEmpty => _seen == 0;

    /// <summary>2^16 times the rollover counter plus the sequence number: of all that fit, the one nearest to the newest packet.</summary>
    /// <returns>Negative for a packet from before the first rollover counter; it is not fresh.</returns>
    public long IndexOf(ushort sequence)
    {
        if (IsEmpty)
            return sequence;
        var index = (_highest & ~(SequenceNumbers - 1L)) | sequence;
        var distance = index - _highest;
        if (distance > SequenceNumbers / 2)
            return index - SequenceNumbers;
        return distance < -SequenceNumbers / 2 ? index + SequenceNumbers : index;
    }

    /// <summary>Not seen before, and not too old to know.</summary>
    public bool IsFresh(long index)
    {
        if (index < 0)
            return false;
        if (IsEmpty || index > _highest)
            return true;
        var behind = _highest - index;
        return behind < Size && (_seen & (1UL << (int)behind)) == 0;
    }

    /// <summary>The window after a fresh packet.</summary>
    public ReplayWindow With(long index)
    {
        if (IsEmpty)
            return new ReplayWindow(index, 1);
        var ahead = index - _highest;
        if (ahead <= 0)
            return new ReplayWindow(_highest, _seen | (1UL << (int)-ahead));
        return new ReplayWindow(index, ahead < Size ? (_seen << (int)ahead) | 1 : 1);
    }
}
