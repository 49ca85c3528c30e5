namespace CallCenterKit.Media.Engine;

/// <summary>The numbers a stream begins with; hard to guess (RFC 3550 §5.1).</summary>
internal readonly record struct RtpSenderStart(uint Ssrc, ushort Sequence, uint Timestamp)
{
    /// <summary>The name that goes with them in reports: as hard to guess, and no other participant's (RFC 3550 §6.5.1).</summary>
    public byte[] CanonicalName => System.Text.Encoding.ASCII.GetBytes($"{Ssrc:x8}{Timestamp:x8}@callcenterkit");
}
