using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Requests that repeat parts of an INVITE of ours, its branch among them.</summary>
internal static class SipFollowUp
{
    /// <summary>ACK for a final response other than 2xx: To of the response, all else of the INVITE (RFC 3261 §17.1.1.3).</summary>
    internal static SipMessageWriter BeginAck(SipMessage invite, SipMessage response, ISipTransport transport, IPEndPoint remote, ulong branchId) =>
        Begin(SipMethod.Ack, invite, response, transport, remote, branchId);

    /// <summary>CANCEL: all of the INVITE, To without a tag (RFC 3261 §9.1).</summary>
    internal static SipMessageWriter BeginCancel(SipMessage invite, ISipTransport transport, IPEndPoint remote, ulong branchId) =>
        Begin(SipMethod.Cancel, invite, invite, transport, remote, branchId);

    private static SipMessageWriter Begin(SipMethod method, SipMessage invite, SipMessage toFrom, ISipTransport transport, IPEndPoint remote, ulong branchId) =>
        SipMessageWriter.Rent()
            .StartRequest(method, invite.RequestUri)
            .Via(transport, remote.Address, branchId)
            .Header(SipHeader.MaxForwards, 70)
            .CopyHeader(invite, SipHeader.Route)
            .CopyHeader(invite, SipHeader.From)
            .Header(SipHeader.To, toFrom[SipHeader.To])
            .Header(SipHeader.CallId, invite.CallId)
            .CSeq(invite.CSeq, method);
}
