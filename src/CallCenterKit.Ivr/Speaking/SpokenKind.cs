namespace CallCenterKit.Ivr.Speaking;

/// <summary>What can be said by recordings of words; each needs recordings of its own.</summary>
[Flags]
public enum SpokenKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Whole numbers and digits.</summary>
    Numbers = 1,

    /// <summary>Amounts of money.</summary>
    Money = 2,

    /// <summary>Times of day.</summary>
    Times = 4,

    /// <summary>Days of the year.</summary>
    Dates = 8,

    /// <summary>How long something takes.</summary>
    Durations = 16,

    /// <summary>How many messages there are in a mailbox.</summary>
    Messages = 32,

    /// <summary>From which hour of a day to which.</summary>
    Hours = 64,

    /// <summary>All of them.</summary>
    All = Numbers | Money | Times | Dates | Durations | Messages | Hours,
}
