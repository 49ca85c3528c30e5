namespace CallCenterKit.Media.Jitter;

/// <summary>What a jitter buffer did, in samples, and with how many packets it could do nothing.</summary>
internal sealed class PlayoutCounts
{
    /// <summary>Given to the listener, of whatever kind.</summary>
    public long Played { get; set; }

    /// <summary>Made up in the place of packets that were lost or late; counted once it is known that the sender did not pause, and at most 200 ms of a wait.</summary>
    public long Concealed { get; set; }

    /// <summary>Periods repeated to wait longer.</summary>
    public long Inserted { get; set; }

    /// <summary>Left out to wait less.</summary>
    public long LeftOut { get; set; }

    /// <summary>Came when their time had passed.</summary>
    public long LatePackets { get; set; }

    public long DuplicatePackets { get; set; }
}
