namespace CallCenterKit.Media.Rtp;

/// <summary>What goes into the next packet of an event.</summary>
/// <param name="Payload">The event.</param>
/// <param name="Timestamp">Of the event's start; the same in all its packets.</param>
/// <param name="Marker">Only in the first packet.</param>
public readonly record struct TelephoneEventPacket(TelephoneEventPayload Payload, uint Timestamp, bool Marker);
