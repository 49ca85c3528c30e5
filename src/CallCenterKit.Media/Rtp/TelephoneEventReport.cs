namespace CallCenterKit.Media.Rtp;

/// <summary>What a received packet says about keys; nothing most of the time.</summary>
/// <param name="Started">A key went down: 0-9, *, #, A-D.</param>
/// <param name="Ended">A key went up; its start was reported before or is in this report.</param>
/// <param name="Held">How long <paramref name="Ended"/> was held, as far as packets arrived.</param>
public readonly record struct TelephoneEventReport(char? Started, char? Ended, TimeSpan Held);
