namespace CallCenterKit.Recordings;

/// <summary>When the calls that a rule is about are recorded.</summary>
public enum RecordingMode
{
    /// <summary>Not at all, and nobody may start it: wins over every other rule.</summary>
    Never,

    /// <summary>Once somebody of ours asks for it.</summary>
    OnDemand,

    /// <summary>From the moment somebody of ours is with the customer.</summary>
    FromAnswer,

    /// <summary>From the customer's first answer, by a machine or a person.</summary>
    FromIvr,
}
