namespace CallCenterKit.Media.Sdp;

/// <summary>What a payload type number means in one stream (RFC 8866 §6.6, §6.15).</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Name">Such as <c>PCMA</c> or <c>telephone-event</c>.</param>
/// <param name="ClockRateHz">Ticks per second of the RTP timestamp.</param>
/// <param name="Channels">1 where nothing is said.</param>
/// <param name="Parameters">The <c>fmtp</c> value; null without one.</param>
public sealed record RtpMap(int PayloadType, string Name, int ClockRateHz, int Channels = 1, string? Parameters = null);
