using System.Globalization;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Provisional responses of one INVITE that are repeated until their PRACK comes, one at a time (RFC 3262 §3). Worker only.</summary>
/// <param name="transaction">Of the INVITE.</param>
/// <param name="first">Number of the first response, 1 to 2^31-1.</param>
internal sealed class ReliableResponses(SipInviteServerTransaction transaction, uint first)
{
    private readonly Queue<Action> _waiting = new();
    private readonly uint _inviteCSeq = transaction.Request.CSeq;
    private uint _next = first;
    private bool _isPending;

    /// <summary>A response that carries SDP has not been acknowledged; no 2xx may be sent before it is.</summary>
    public bool IsSdpPending { get; private set; }

    /// <summary>The response not acknowledged carries our offer, so its PRACK carries the answer.</summary>
    public bool IsOfferPending { get; private set; }

    /// <summary>Sends it, or keeps it until the one before is acknowledged.</summary>
    /// <param name="begin">Makes the response; it is finished here.</param>
    /// <param name="body">SDP; null for none.</param>
    /// <param name="isOffer">The SDP is an offer.</param>
    public void Send(Func<SipMessageWriter> begin, byte[]? body, bool isOffer)
    {
        if (_isPending)
        {
            _waiting.Enqueue(() => Send(begin, body, isOffer));
            return;
        }
        (_isPending, IsSdpPending, IsOfferPending) = (true, body is not null, isOffer);
        using var response = begin();
        response.Header(SipHeader.Require, "100rel").Header(SipHeader.RSeq, _next);
        if (body is not null)
            response.Finish("application/sdp"u8, body);
        transaction.RespondReliably(response);
    }

    /// <summary>Whether a PRACK acknowledges the response that waits; if so, the next is not sent before <see cref="Continue"/>.</summary>
    /// <remarks>Also after the final response, which may overtake it (RFC 3262 §3).</remarks>
    public bool TryAcknowledge(SipMessage prack)
    {
        if (!_isPending || !Names(prack[SipHeader.RAck]))
            return false;
        transaction.AcknowledgeProvisional();
        (_isPending, IsSdpPending, IsOfferPending) = (false, false, false);
        _next++;
        return true;
    }

    /// <summary>Sends what waits.</summary>
    public void Continue()
    {
        if (transaction.CanRespond && !_isPending && _waiting.TryDequeue(out var send))
            send();
    }

    // RAck = response-num LWS CSeq-num LWS Method (RFC 3262 §7.2)
    private bool Names(ReadOnlySpan<byte> rack) =>
        SipText.Decode(rack).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var number, var cseq, "INVITE"]
        && uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var response) && response == _next
        && uint.TryParse(cseq, NumberStyles.None, CultureInfo.InvariantCulture, out var invite) && invite == _inviteCSeq;
}
