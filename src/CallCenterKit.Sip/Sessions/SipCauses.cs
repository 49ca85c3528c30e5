using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Causes of the voice port as status codes and Reason headers (RFC 3261 §21, RFC 3326).</summary>
internal static class SipCauses
{
    /// <summary>The final response to an INVITE that is not answered.</summary>
    public static int StatusFor(HangUpCause cause) => cause switch
    {
        HangUpCause.Busy => 486,
        HangUpCause.Rejected => 603,
        HangUpCause.NotFound => 404,
        HangUpCause.Forbidden => 403,
        HangUpCause.NoCommonFormat => 488,
        HangUpCause.Congestion or HangUpCause.ShuttingDown => 503,
        HangUpCause.Failed => 500,
        _ => 480,
    };

    /// <summary>The Reason header of a CANCEL or BYE; null when there is nothing to tell.</summary>
    public static string? ReasonFor(HangUpCause cause) => cause switch
    {
        HangUpCause.AnsweredElsewhere => "SIP;cause=200;text=\"Call completed elsewhere\"",
        HangUpCause.NoAnswer => "SIP;cause=480;text=\"No answer\"",
        HangUpCause.NetworkLost => "SIP;cause=408;text=\"Media lost\"",
        HangUpCause.ShuttingDown => "SIP;cause=503;text=\"Shutting down\"",
        HangUpCause.Failed => "SIP;cause=500;text=\"Internal error\"",
        _ => null,
    };

    /// <summary>Why a caller gave up: somebody else took it if its CANCEL says so (RFC 3326).</summary>
    public static HangUpCause OfCancel(SipMessage? cancel)
    {
        if (cancel is null)
            return HangUpCause.Cancelled;
        foreach (var element in cancel.List(SipHeader.Reason))
        {
            var end = element.IndexOf((byte)';');
            if (end < 0 || !Ascii.EqualsIgnoreCase(SipText.Trim(element[..end]), "SIP"u8))
                continue;
            if (new SipParameters(element[end..]).TryGet("cause"u8, out var cause) && cause.SequenceEqual("200"u8))
                return HangUpCause.AnsweredElsewhere;
        }
        return HangUpCause.Cancelled;
    }
}
