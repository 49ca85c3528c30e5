using System.Text;

namespace CallCenterKit.Sip.Tests.Messages;

/// <summary>Messages written with plain line ends.</summary>
internal static class Wire
{
    /// <summary>Line ends become CRLF.</summary>
    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>An INVITE as a softphone sends it, 879 bytes with its SDP.</summary>
    internal static byte[] Invite { get; } = Bytes(
        """
        INVITE sip:5000@pbx.example.com;transport=udp SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.17:5062;branch=z9hG4bK-524287-1---7a7d2f5b9c1e4d3a;rport
        Max-Forwards: 70
        Contact: <sip:1001@192.0.2.17:5062;transport=udp>
        To: <sip:5000@pbx.example.com>
        From: "Alice Example" <sip:1001@pbx.example.com>;tag=6f3d2a1b
        Call-ID: 84kdjfh238dHJDKJfh3784@192.0.2.17
        CSeq: 2 INVITE
        Session-Expires: 1800
        Min-SE: 90
        Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE
        Content-Type: application/sdp
        Supported: replaces, norefersub, extended-refer, timer, outbound, path
        User-Agent: Example Softphone 5.6.1 v2.10.20.3 build 4711-00001
        Allow-Events: presence, kpml, talk
        Content-Length: 172

        v=0
        o=- 1700000000 1 IN IP4 192.0.2.17
        s=call
        c=IN IP4 192.0.2.17
        t=0 0
        m=audio 40376 RTP/AVP 0 8 101
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-16
        a=sendrecv

        """);
}
