namespace CallCenterKit.Journal;

/// <summary>A life of the center began.</summary>
[EventKind("center.started")]
public sealed record CenterStarted(CenterId Center, string Version) : CenterEvent;

/// <summary>The center was alive; written every 5 s while calls are open.</summary>
[EventKind("center.heartbeat")]
public sealed record CenterHeartbeat(int OpenInteractions) : CenterEvent;

/// <summary>The center was stopped in order.</summary>
[EventKind("center.stopped")]
public sealed record CenterStopped : CenterEvent;

/// <summary>Who a party is. One of the two kinds that hold personal values.</summary>
[EventKind("party.identified")]
public sealed record PartyIdentified(PartyId Party, InteractionId Interaction, string Number, string? Name) : CenterEvent;

/// <summary>What a party keyed or somebody noted about it. One of the two kinds that hold personal values.</summary>
[EventKind("party.noted")]
public sealed record PartyNoted(PartyId Party, InteractionId Interaction, string Field, string Text) : CenterEvent;
