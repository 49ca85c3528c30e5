namespace CallCenterKit.Media.Engine;

/// <summary>The numbers a stream begins with; hard to guess (RFC 3550 §5.1).</summary>
internal readonly record struct RtpSenderStart(uint Ssrc, ushort Sequence, uint Timestamp);
