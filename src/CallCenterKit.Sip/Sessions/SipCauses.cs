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

    /// <summary>Says why, in the terms of SIP where there are some and in those of the telephone network (RFC 3326).</summary>
    public static void WriteReason(SipMessageWriter message, HangUpCause cause)
    {
        if (ReasonFor(cause) is { } reason)
            message.Header(SipHeader.Reason, reason);
        message.Header(SipHeader.Reason, $"Q.850;cause={Q850(cause)}");
    }

    /// <summary>Why a caller gave up: somebody else took it if its CANCEL says so (RFC 3326).</summary>
    public static HangUpCause OfCancel(SipMessage? cancel) =>
        cancel is not null && TryReadReason(cancel, "SIP"u8, out var cause) && cause == 200 ? HangUpCause.AnsweredElsewhere : HangUpCause.Cancelled;

    /// <summary>Why a party that says BYE does so; usually because the conversation is over.</summary>
    public static HangUpCause OfBye(SipMessage bye) =>
        TryReadReason(bye, "Q.850"u8, out var cause) ? OfQ850(cause) ?? HangUpCause.Normal : HangUpCause.Normal;

    /// <summary>How a dialled party refused: a telephone network behind a gateway may say it clearer than the status does (RFC 3398 §8.2.6).</summary>
    public static DialOutcome Refusal(SipMessage? response, int status) => status switch
    {
        486 or 600 => new DialOutcome.Busy(),
        _ when response is not null && TryReadReason(response, "Q.850"u8, out var cause) && OfQ850(cause) is { } known => known switch
        {
            HangUpCause.Busy => new DialOutcome.Busy(),
            HangUpCause.NoAnswer => new DialOutcome.NoAnswer(),
            _ => new DialOutcome.Rejected(status),
        },
        _ => new DialOutcome.Rejected(status),
    };

    private static bool TryReadReason(SipMessage message, ReadOnlySpan<byte> protocol, out uint cause)
    {
        cause = 0;
        foreach (var element in message.List(SipHeader.Reason))
        {
            var end = element.IndexOf((byte)';');
            if (end >= 0 && Ascii.EqualsIgnoreCase(SipText.Trim(element[..end]), protocol)
                && new SipParameters(element[end..]).TryGet("cause"u8, out var text) && SipText.TryParseUInt32(text, out cause))
                return true;
        }
        return false;
    }

    // ITU-T Q.850 table 1
    private static int Q850(HangUpCause cause) => cause switch
    {
        HangUpCause.NotFound => 1,
        HangUpCause.Busy => 17,
        HangUpCause.NoAnswer => 19,
        HangUpCause.Rejected or HangUpCause.Forbidden => 21,
        HangUpCause.AnsweredElsewhere => 26,
        HangUpCause.Failed or HangUpCause.ShuttingDown => 41,
        HangUpCause.Congestion => 42,
        HangUpCause.NoCommonFormat => 88,
        HangUpCause.NetworkLost => 102,
        _ => 16,
    };

    private static HangUpCause? OfQ850(uint cause) => cause switch
    {
        1 or 3 or 28 => HangUpCause.NotFound,
        17 => HangUpCause.Busy,
        18 or 19 => HangUpCause.NoAnswer,
        21 => HangUpCause.Rejected,
        26 => HangUpCause.AnsweredElsewhere,
        34 or 42 => HangUpCause.Congestion,
        38 or 102 => HangUpCause.NetworkLost,
        _ => null,
    };
}
