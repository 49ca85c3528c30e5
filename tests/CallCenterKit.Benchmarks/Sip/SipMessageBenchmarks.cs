using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Benchmarks.Sip;

/// <summary>An INVITE of 879 bytes: read and checked; read and answered with 200 and a body.</summary>
[MemoryDiagnoser]
public class SipMessageBenchmarks
{
    private static readonly IPEndPoint Source = new(IPAddress.Parse("192.0.2.17"), 5062);

    private readonly byte[] _invite = Encoding.ASCII.GetBytes(
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

        """.ReplaceLineEndings("\r\n"));

    [GlobalSetup]
    public void CheckLength()
    {
        using var message = SipMessage.Parse(_invite);
        if (_invite.Length != 879 || message.Error != SipParseError.None) throw new InvalidOperationException($"{_invite.Length} bytes, {message.Error}");
    }

    [Benchmark(Baseline = true)]
    public int Parse()
    {
        using var message = SipMessage.Parse(_invite);
        return message.CallId.Length;
    }

    [Benchmark]
    public int ParseAndWrite()
    {
        using var request = SipMessage.Parse(_invite);
        request.Source = Source;
        using var response = SipMessageWriter.Rent().StartResponse(request, 200, default, "0123456789abcdef"u8);
        response.Header(SipHeader.Contact, $"<sip:5000@{Source}>");
        response.Header(SipHeader.Allow, "INVITE, ACK, CANCEL, BYE, OPTIONS"u8);
        return response.Finish("application/sdp"u8, request.Body).Length;
    }
}
