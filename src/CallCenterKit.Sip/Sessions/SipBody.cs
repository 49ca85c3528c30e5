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
        if (!TakesSdp(invite))
            refusal = 406;
        else if (invite.Body.IsEmpty)
            return true;
        else if (!Ascii.EqualsIgnoreCase(invite.MediaType, "application/sdp"u8))
            refusal = 415;
        else if (SessionDescription.TryParse(invite.Body, out offer) != SdpError.None)
            refusal = 400;
        return refusal == 0;
    }

    // Whoever sends no Accept takes SDP (RFC 3261 §20.1).
    private static bool TakesSdp(SipMessage invite)
    {
        foreach (var element in invite.List(SipHeader.Accept))
        {
            var range = SipText.WithoutParameters(element);
            if (SipText.EqualsIgnoreCase(range, "application/sdp"u8) || SipText.EqualsIgnoreCase(range, "application/*"u8) || range.SequenceEqual("*/*"u8))
                return true;
        }
        return !invite.Has(SipHeader.Accept);
    }
}
