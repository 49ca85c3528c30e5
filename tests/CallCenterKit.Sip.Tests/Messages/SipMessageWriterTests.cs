using System.Net;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Tests.Messages;

public class SipMessageWriterTests
{
    private static string Text(ReadOnlySpan<byte> bytes) => SipText.Decode(bytes);

    [Fact]
    public void Request_is_written_as_the_parser_reads_it()
    {
        using var writer = SipMessageWriter.Rent().StartRequest(SipMethod.Invite, "sip:b@example.com"u8)
            .Header(SipHeader.Via, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1")
            .Header(SipHeader.MaxForwards, 70)
            .Header(SipHeader.From, $"\"Zoë\" <sip:{"a"u8}@{IPAddress.Loopback}>;tag={255:x}")
            .Header(SipHeader.To, "<sip:b@example.com>"u8)
            .Header(SipHeader.Contact, $"<sip:a@{new IPEndPoint(IPAddress.IPv6Loopback, 5060)}>")
            .Header(SipHeader.CallId, "abc")
            .CSeq(4_000_000, SipMethod.Invite)
            .Header("X-Extra"u8, "1"u8);
        writer.Finish("text/plain"u8, "hello"u8);

        Assert.Equal(
            """
            INVITE sip:b@example.com SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
            Max-Forwards: 70
            From: "Zoë" <sip:a@127.0.0.1>;tag=ff
            To: <sip:b@example.com>
            Contact: <sip:a@[::1]:5060>
            Call-ID: abc
            CSeq: 4000000 INVITE
            X-Extra: 1
            Content-Type: text/plain
            Content-Length: 5

            hello
            """.ReplaceLineEndings("\r\n"), Text(writer.Written));
        using var message = SipMessage.Parse(writer.Written);
        Assert.Equal(SipParseError.None, message.Error);
        Assert.Equal("hello", Text(message.Body));
    }

    [Fact]
    public void Response_takes_over_what_the_rfc_says()
    {
        using var request = SipMessage.Parse(Wire.Bytes(
            """
            INVITE sip:b@example.com SIP/2.0
            Via: SIP/2.0/UDP 10.0.0.1:5070;rport;branch=z9hG4bK1, SIP/2.0/UDP first.example.com
            Via: SIP/2.0/UDP second.example.com
            Record-Route: <sip:p1;lr>, <sip:p2;lr>
            Record-Route: <sip:p3;lr>
            From: <sip:a@example.com>;tag=1
            To: <sip:b@example.com>
            Call-ID: x
            CSeq: 7 INVITE
            Subject: not copied


            """));
        request.Source = new IPEndPoint(IPAddress.Parse("192.0.2.50"), 6000);
        using var writer = SipMessageWriter.Rent().StartResponse(request, 180, default, "t9"u8);

        Assert.Equal(
            """
            SIP/2.0 180 Ringing
            Via: SIP/2.0/UDP 10.0.0.1:5070;branch=z9hG4bK1;received=192.0.2.50;rport=6000, SIP/2.0/UDP first.example.com
            Via: SIP/2.0/UDP second.example.com
            From: <sip:a@example.com>;tag=1
            To: <sip:b@example.com>;tag=t9
            Call-ID: x
            CSeq: 7 INVITE
            Record-Route: <sip:p1;lr>, <sip:p2;lr>
            Record-Route: <sip:p3;lr>
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"), Text(writer.Finish()));
    }

    [Theory]
    [InlineData("192.0.2.1:5070;branch=z9hG4bK1", "192.0.2.1:5070;branch=z9hG4bK1")]
    [InlineData("host.example.com;branch=z9hG4bK1", "host.example.com;branch=z9hG4bK1;received=192.0.2.1")]
    [InlineData("10.1.1.1;branch=z9hG4bK1;received=6.6.6.6", "10.1.1.1;branch=z9hG4bK1;received=192.0.2.1")]
    [InlineData("192.0.2.1;rport;branch=z9hG4bK1", "192.0.2.1;branch=z9hG4bK1;received=192.0.2.1;rport=5070")]
    public void Top_via_tells_where_the_request_came_from(string via, string expected)
    {
        using var request = SipMessage.Parse(Wire.Bytes(
            $"OPTIONS sip:b SIP/2.0\nVia: SIP/2.0/UDP {via}\nFrom: <sip:a@b>;tag=1\nTo: <sip:b@b>;tag=2\nCall-ID: x\nCSeq: 7 OPTIONS\n\n"));
        request.Source = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5070);
        using var writer = SipMessageWriter.Rent().StartResponse(request, 200, "Fine"u8, "ignored"u8);

        Assert.Equal(
            $"SIP/2.0 200 Fine\r\nVia: SIP/2.0/UDP {expected}\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@b>;tag=2\r\nCall-ID: x\r\nCSeq: 7 OPTIONS\r\nContent-Length: 0\r\n\r\n",
            Text(writer.Finish()));
    }

    [Fact]
    public void Value_can_not_start_a_header_of_its_own()
    {
        using var writer = SipMessageWriter.Rent().StartRequest(SipMethod.Options, "sip:b\r\nX: 1"u8)
            .Header(SipHeader.Subject, "a\r\nEvil: 1")
            .Header(SipHeader.UserAgent, $"b{"\nEvil: 2"}");

        Assert.Equal("OPTIONS sip:b  X: 1 SIP/2.0\r\nSubject: a  Evil: 1\r\nUser-Agent: b Evil: 2\r\nContent-Length: 0\r\n\r\n", Text(writer.Finish()));
    }

    [Fact]
    public void Writer_grows_with_its_message()
    {
        using var writer = SipMessageWriter.Rent().StartRequest(SipMethod.Message, "sip:b@example.com"u8);
        var body = new byte[30_000];
        writer.Header(SipHeader.Subject, new string('x', 5000));

        Assert.EndsWith("Content-Length: 30000\r\n\r\n" + new string('\0', 30_000), Text(writer.Finish("a/b"u8, body)), StringComparison.Ordinal);
    }
}
