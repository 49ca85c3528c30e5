using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Tests.Messages;

public class SipMessageTests
{
    private const string Head =
        """
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc
        From: <sip:a@example.com>;tag=1
        To: <sip:b@example.com>
        Call-ID: x@y
        CSeq: 7 OPTIONS

        """;

    private static SipMessage Parse(string text) => SipMessage.Parse(Wire.Bytes(text));

    private static string Text(ReadOnlySpan<byte> bytes) => SipText.Decode(bytes);

    [Fact]
    public void Invite_is_read_without_copying_values()
    {
        using var message = SipMessage.Parse(Wire.Invite);

        Assert.Equal(879, Wire.Invite.Length);
        Assert.Equal(SipParseError.None, message.Error);
        Assert.True(message.IsRequest);
        Assert.Equal(SipMethod.Invite, message.Method);
        Assert.Equal("sip:5000@pbx.example.com;transport=udp", Text(message.RequestUri));
        Assert.Equal("84kdjfh238dHJDKJfh3784@192.0.2.17", Text(message.CallId));
        Assert.Equal(2u, message.CSeq);
        Assert.Equal(70, message.MaxForwards);
        Assert.Equal("6f3d2a1b", Text(message.FromTag));
        Assert.True(message.ToTag.IsEmpty);
        Assert.Equal("application/sdp", Text(message.MediaType));
        Assert.StartsWith("v=0", Text(message.Body), StringComparison.Ordinal);
        Assert.True(message.HasToken(SipHeader.Supported, "Timer"u8));
        Assert.False(message.HasToken(SipHeader.Supported, "100rel"u8));
        Assert.Equal(15, message.HeaderCount);
    }

    [Fact]
    public void Response_tells_status_reason_and_method()
    {
        using var message = Parse("SIP/2.0 486 Busy Here\n" + Head + "\n");

        Assert.Equal(SipParseError.None, message.Error);
        Assert.False(message.IsRequest);
        Assert.Equal(486, message.StatusCode);
        Assert.Equal("Busy Here", Text(message.Reason));
        Assert.Equal(SipMethod.Options, message.Method);
    }

    [Fact]
    public void Compact_and_odd_cased_names_are_the_same_headers()
    {
        using var message = Parse(
            """
            OPTIONS sip:b@example.com SIP/2.0
            v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKabc
            f: <sip:a@example.com>;tag=1
            T: <sip:b@example.com>
            i: x@y
            cSEQ: 7 OPTIONS
            k: timer
            l: 0
            X-Mine : yes
            x-mine: no


            """);

        Assert.Equal(SipParseError.None, message.Error);
        Assert.Equal("x@y", Text(message[SipHeader.CallId]));
        Assert.Equal("timer", Text(message[SipHeader.Supported]));
        Assert.True(message.TryGet("x-MINE"u8, out var value));
        Assert.Equal("yes", Text(value));
        Assert.False(message.TryGet("X-Other"u8, out _));
    }

    [Fact]
    public void Repeated_headers_and_comma_lists_are_one_list()
    {
        using var message = Parse("OPTIONS sip:b@example.com SIP/2.0\n" + Head +
            """
            Route: <sip:one;lr>, "a, b" <sip:two,x;lr>
            Subject: 1
            Route: <sip:three;lr>


            """);

        var routes = new List<string>();
        foreach (var route in message.List(SipHeader.Route)) routes.Add(Text(route));
        Assert.Equal(["<sip:one;lr>", "\"a, b\" <sip:two,x;lr>", "<sip:three;lr>"], routes);
        var lines = 0;
        foreach (var _ in message.Lines(SipHeader.Route)) lines++;
        Assert.Equal(2, lines);
    }

    [Fact]
    public void Every_well_known_header_is_found_by_its_name()
    {
        for (var header = SipHeader.Accept; header <= SipHeader.WwwAuthenticate; header++)
            Assert.Equal(header, SipHeaders.Find(System.Text.Encoding.ASCII.GetBytes(Text(SipHeaders.Name(header)).ToUpperInvariant())));
        Assert.Equal("WWW-Authenticate", Text(SipHeaders.Name(SipHeader.WwwAuthenticate)));
        Assert.Equal("Proxy-Authorization", Text(SipHeaders.Name(SipHeader.ProxyAuthorization)));
        Assert.Equal("Session-Expires", Text(SipHeaders.Name(SipHeader.SessionExpires)));
        Assert.Equal("Refer-To", Text(SipHeaders.Name(SipHeader.ReferTo)));
    }

    [Fact]
    public void Bytes_behind_content_length_are_ignored()
    {
        using var message = Parse("OPTIONS sip:b@example.com SIP/2.0\n" + Head + "Content-Length: 3\n\nabcdef");

        Assert.Equal("abc", Text(message.Body));
    }

    [Fact]
    public void Without_content_length_the_body_is_the_rest()
    {
        using var message = Parse("OPTIONS sip:b@example.com SIP/2.0\n" + Head + "\nabcdef");

        Assert.Equal("abcdef", Text(message.Body));
    }

    [Theory]
    [InlineData("OPTIONS sip:b@example.com", nameof(SipParseError.BadStartLine))]
    [InlineData("OPTIONS", nameof(SipParseError.BadStartLine))]
    [InlineData("OPT(IONS sip:b SIP/2.0", nameof(SipParseError.BadStartLine))]
    [InlineData("OPTIONS sip:b@example.com HTTP/1.1", nameof(SipParseError.BadStartLine))]
    [InlineData("OPTIONS sip:b@example.com SIP/3.0", nameof(SipParseError.UnsupportedVersion))]
    [InlineData("OPTIONS example SIP/2.0", nameof(SipParseError.BadRequestUri))]
    [InlineData("SIP/2.0 99 Low", nameof(SipParseError.BadStatusCode))]
    [InlineData("SIP/2.0 700 High", nameof(SipParseError.BadStatusCode))]
    [InlineData("SIP/2.0 2000 Long", nameof(SipParseError.BadStatusCode))]
    [InlineData("SIP/2.0", nameof(SipParseError.BadStartLine))]
    public void Bad_start_line_is_refused(string startLine, string error)
    {
        using var message = Parse(startLine + "\n" + Head + "\n");

        Assert.Equal(error, message.Error.ToString());
    }

    [Theory]
    [InlineData("no colon", nameof(SipParseError.BadHeader))]
    [InlineData("bad name: x", nameof(SipParseError.BadHeader))]
    [InlineData(": x", nameof(SipParseError.BadHeader))]
    [InlineData("X: a\rb", nameof(SipParseError.BadHeader))]
    [InlineData("To: <sip:c@example.com>", nameof(SipParseError.RepeatedHeader))]
    [InlineData("Max-Forwards: 256", nameof(SipParseError.BadMaxForwards))]
    [InlineData("Max-Forwards: -1", nameof(SipParseError.BadMaxForwards))]
    [InlineData("Content-Length: 1", nameof(SipParseError.BodyTooShort))]
    [InlineData("Content-Length: 99999999999999999999", nameof(SipParseError.BadContentLength))]
    public void Bad_header_is_answerable(string line, string error)
    {
        // ReplaceLineEndings would take the lone CR for a line end.
        var text = ("OPTIONS sip:b@example.com SIP/2.0\n" + Head + line + "\n\n").Replace("\n", "\r\n", StringComparison.Ordinal);
        using var message = SipMessage.Parse(System.Text.Encoding.ASCII.GetBytes(text.Replace("\r\r\n", "\r\n", StringComparison.Ordinal)));

        Assert.Equal(error, message.Error.ToString());
        Assert.True(message.IsAnswerable);
    }

    [Theory]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc", "Via: nonsense", nameof(SipParseError.BadVia))]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc", "Via: SIP/2.0/UDP 192.0.2.1:99999", nameof(SipParseError.BadVia))]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc", "Subject: none", nameof(SipParseError.MissingHeader))]
    [InlineData("From: <sip:a@example.com>;tag=1", "From: <sip:a@example.com;tag=1", nameof(SipParseError.BadFrom))]
    [InlineData("From: <sip:a@example.com>;tag=1", "From: \"a <sip:a@example.com>", nameof(SipParseError.BadFrom))]
    [InlineData("To: <sip:b@example.com>", "To: <>", nameof(SipParseError.BadTo))]
    [InlineData("Call-ID: x@y", "Call-ID: x y", nameof(SipParseError.BadCallId))]
    [InlineData("Call-ID: x@y", "Call-ID:", nameof(SipParseError.BadCallId))]
    [InlineData("CSeq: 7 OPTIONS", "CSeq: 7", nameof(SipParseError.BadCSeq))]
    [InlineData("CSeq: 7 OPTIONS", "CSeq: 2147483648 OPTIONS", nameof(SipParseError.BadCSeq))]
    [InlineData("CSeq: 7 OPTIONS", "CSeq: 7 INVITE", nameof(SipParseError.CSeqMismatch))]
    public void Bad_mandatory_header_is_named(string good, string bad, string error)
    {
        using var message = Parse("OPTIONS sip:b@example.com SIP/2.0\n" + Head.Replace(good, bad, StringComparison.Ordinal) + "\n");

        Assert.Equal(error, message.Error.ToString());
    }

    [Fact]
    public void Message_without_its_empty_line_is_incomplete()
    {
        using var message = Parse("OPTIONS sip:b@example.com SIP/2.0\n" + Head);

        Assert.Equal(SipParseError.Incomplete, message.Error);
    }

    [Fact]
    public void More_header_lines_than_the_index_holds_are_refused()
    {
        using var most = Parse("OPTIONS sip:b@example.com SIP/2.0\n" + Head + string.Concat(Enumerable.Repeat("X: 1\n", 250)) + "\n");
        using var more = Parse("OPTIONS sip:b@example.com SIP/2.0\n" + Head + string.Concat(Enumerable.Repeat("X: 1\n", 251)) + "\n");

        Assert.Equal(SipParseError.None, most.Error);
        Assert.Equal(SipParseError.TooManyHeaders, more.Error);
    }

    [Fact]
    public void Largest_datagram_is_read_and_a_larger_one_refused()
    {
        var head = Wire.Bytes("OPTIONS sip:b@example.com SIP/2.0\n" + Head + "\n");
        using var largest = SipMessage.Parse([.. head, .. new byte[SipMessage.MaxBytes - head.Length]]);
        using var larger = SipMessage.Parse(new byte[SipMessage.MaxBytes + 1]);

        Assert.Equal(SipParseError.None, largest.Error);
        Assert.Equal(SipMessage.MaxBytes - head.Length, largest.Body.Length);
        Assert.Equal(SipParseError.TooLarge, larger.Error);
    }

    [Fact]
    public void Retained_message_outlives_its_first_owner()
    {
        var message = SipMessage.Parse(Wire.Invite);
        message.Retain();
        message.Dispose();
        using var other = Parse("OPTIONS sip:b@example.com SIP/2.0\n" + Head + "\n");

        Assert.NotSame(message, other);
        Assert.Equal(SipMethod.Invite, message.Method);
        message.Dispose();
    }
}
