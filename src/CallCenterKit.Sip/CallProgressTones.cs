namespace CallCenterKit.Sip;

/// <summary>What calls in progress sound like in which part of the world (ITU-T E.180 supplement 2).</summary>
public enum CallProgressTones
{
    /// <summary>425 Hz: Lithuania, Germany, Poland and most others.</summary>
    Europe,

    /// <summary>A double ring of 400 and 450 Hz; busy of 400 Hz.</summary>
    UnitedKingdom,

    /// <summary>440 and 480 Hz for ringing; busy of 480 and 620 Hz.</summary>
    NorthAmerica,
}
