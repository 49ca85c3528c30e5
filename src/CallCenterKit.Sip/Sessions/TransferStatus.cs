using CallCenterKit.Sip.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>How a transfer goes, as message/sipfrag says it (RFC 3515 §2.4.5, RFC 3420).</summary>
internal static class TransferStatus
{
    public static string Write(TransferProgress progress) => progress switch
    {
        TransferProgress.Trying => "SIP/2.0 100 Trying",
        TransferProgress.Ringing => "SIP/2.0 180 Ringing",
        TransferProgress.Completed => "SIP/2.0 200 OK",
        TransferProgress.Busy => "SIP/2.0 486 Busy Here",
        TransferProgress.NoAnswer => "SIP/2.0 480 Temporarily Unavailable",
        TransferProgress.Rejected => "SIP/2.0 603 Decline",
        _ => "SIP/2.0 404 Not Found",
    };

    public static bool IsFinal(TransferProgress progress) => progress is not (TransferProgress.Trying or TransferProgress.Ringing);

    /// <summary>What a NOTIFY about a transfer we asked for says; null when it says nothing that can be read.</summary>
    public static TransferProgress? Read(SipMessage notify)
    {
        var body = notify.Body;
        if (!SipText.EqualsIgnoreCase(notify.MediaType, "message/sipfrag"u8) || body.Length < 11 || !body.StartsWith("SIP/2.0 "u8)
            || !SipText.TryParseUInt32(body[8..11], out var status))
            return null;
        return Of((int)status);
    }

    /// <summary>What a status code means for a transfer.</summary>
    public static TransferProgress Of(int status) => status switch
    {
        100 => TransferProgress.Trying,
        < 200 => TransferProgress.Ringing,
        < 300 => TransferProgress.Completed,
        486 or 600 => TransferProgress.Busy,
        408 or 480 or 487 => TransferProgress.NoAnswer,
        404 or 410 or 481 or 484 or >= 500 and < 600 => TransferProgress.Unreachable,
        _ => TransferProgress.Rejected,
    };
}
