using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Sessions;

/// <summary>The INVITE that began an inbound leg.</summary>
/// <param name="Transaction">Where it is answered.</param>
/// <param name="CSeq">Its number, which its ACK has too.</param>
/// <param name="Offer">Its SDP; null when the caller wants ours.</param>
internal sealed record IncomingInvite(SipInviteServerTransaction Transaction, uint CSeq, SessionDescription? Offer);
