namespace CallCenterKit.Metrics;

/// <summary>The health of one phone since the start. Never changes.</summary>
/// <param name="Phone">Which.</param>
/// <param name="IsReachable">Whether it can be rung now.</param>
/// <param name="Since">Since when.</param>
/// <param name="Losses">How often it was there and was lost: its registration ended, or its connection broke.</param>
/// <param name="UnreachableTime">How long it could not be reached, the present time included.</param>
/// <param name="Calls">Conversations it took part in.</param>
/// <param name="PoorCalls">Those of them that ended because its network was lost.</param>
public sealed record PhoneView(
    EndpointId Phone,
    bool IsReachable,
    DateTimeOffset Since,
    int Losses,
    TimeSpan UnreachableTime,
    int Calls,
    int PoorCalls);
