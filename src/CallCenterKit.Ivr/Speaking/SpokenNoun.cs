namespace CallCenterKit.Ivr.Speaking;

/// <summary>What a <see cref="SpokenLanguage"/> can count. Its forms and its gender are the language's.</summary>
public enum SpokenNoun
{
    /// <summary>"five seconds".</summary>
    Second,

    /// <summary>"five minutes".</summary>
    Minute,

    /// <summary>"five hours".</summary>
    Hour,

    /// <summary>"five days".</summary>
    Day,

    /// <summary>"five messages": of a mailbox.</summary>
    Message,

    /// <summary>"five euros".</summary>
    Euro,

    /// <summary>"five cents", of the euro and of the dollar.</summary>
    Cent,

    /// <summary>"five dollars".</summary>
    Dollar,

    /// <summary>"five pounds".</summary>
    Pound,

    /// <summary>"five pence".</summary>
    Penny,
}
