using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Sessions;

/// <summary>The INVITE that began an inbound leg.</summary>
/// <param name="Transaction">Where it is answered.</param>
/// <param name="CSeq">Its number, which its ACK has too.</param>
/// <param name="Offer">Its SDP; null when the caller wants ours.</param>
/// <param name="Reliability">Whether provisional responses are to be, or may be, reliable.</param>
internal sealed record IncomingInvite(SipInviteServerTransaction Transaction, uint CSeq, SessionDescription? Offer, ProvisionalReliability Reliability);

/// <summary>What a caller says about reliable provisional responses (RFC 3262 §3).</summary>
internal enum ProvisionalReliability
{
    /// <summary>It knows none.</summary>
    None,

    /// <summary>It takes them.</summary>
    Supported,

    /// <summary>It takes no others.</summary>
    Required,
}

/// <summary>Reads it.</summary>
internal static class ProvisionalReliabilityText
{
    public static ProvisionalReliability Read(SipMessage invite) =>
        invite.HasToken(SipHeader.Require, "100rel"u8) ? ProvisionalReliability.Required
        : invite.HasToken(SipHeader.Supported, "100rel"u8) ? ProvisionalReliability.Supported
        : ProvisionalReliability.None;
}
