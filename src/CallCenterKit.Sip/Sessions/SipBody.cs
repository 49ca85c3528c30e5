using System.Text;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Reads the SDP in an INVITE.</summary>
internal static class SipBody
{
    /// <summary>False when the body is something else or unreadable.</summary>
    /// <param name="invite">The request.</param>
    /// <param name="offer">Null when there is no body: the sender wants an offer.</param>
    /// <param name="refusal">The status to answer.</param>
    public static bool TryReadOffer(SipMessage invite, out SessionDescription? offer, out int refusal)
    {
        offer = null;
        refusal = 0;
        if (invite.Body.IsEmpty)
            return true;
        if (!Ascii.EqualsIgnoreCase(invite.MediaType, "application/sdp"u8))
            refusal = 415;
        else if (SessionDescription.TryParse(invite.Body, out offer) != SdpError.None)
            refusal = 400;
        return refusal == 0;
    }
}
