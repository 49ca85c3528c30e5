using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Tests.Messages;

namespace CallCenterKit.Sip.Tests.Observability;

public sealed class SipTraceTextTests
{
    [Theory]
    [InlineData("From: \"Ada 0301234000\" <sip:+49301234000@192.0.2.1:5060>;tag=1234567890", "From: \"Ada ****4000\" <sip:****4000@192.0.2.1:5060>;tag=1234567890")]
    [InlineData("t: <tel:+49301234000;phone-context=x>;tag=12345678", "t: <tel:****4000;phone-context=x>;tag=12345678")]
    [InlineData("Contact: <sip:49301234000;ext=123456@192.0.2.1:50601;line=987654>;expires=36000", "Contact: <sip:****4000;ext=****3456@192.0.2.1:50601;line=987654>;expires=36000")]
    [InlineData("P-Asserted-Identity: <sip:49301234000@a>, 49301235000 <tel:+49301235000>", "P-Asserted-Identity: <sip:****4000@a>, ****5000 <tel:****5000>")]
    [InlineData("Contact: <sip:192.0.2.1:50600>;+sip.instance=\"<urn:uuid:00000000-0000>\";expires=36000", "Contact: <sip:192.0.2.1:50600>;+sip.instance=\"<urn:uuid:00000000-0000>\";expires=36000")]
    [InlineData("From: \"sip:49301234000, 49301235000\" <sip:1@a>;tag=12345678", "From: \"sip:****4000, ****5000\" <sip:1@a>;tag=12345678")]
    [InlineData("From: 49301234000", "From: ****4000")]
    [InlineData("X-Auth: Digest username=\"a\", response=\"hunter2\"", "X-Auth: (removed)")]
    [InlineData("Diversion: sip:49301234000@192.0.2.1;reason=busy", "Diversion: sip:****4000@192.0.2.1;reason=busy")]
    [InlineData("Refer-To: <sip:49301234000@a?Replaces=12345678%40x>", "Refer-To: <sip:****4000@a?Replaces=12345678%40x>")]
    [InlineData("Subject: call 49301234000", "Subject: call ****4000")]
    [InlineData("X-Customer: 4711123456", "X-Customer: ****3456")]
    [InlineData("X-Login: sip:ada:hunter22@a", "X-Login: sip:ada:(removed)@a")]
    [InlineData("Identity: eyJvcmlnIjoi;info=<https://c>", "Identity: (removed)")]
    [InlineData("Route: <sip:user:hunter2@192.0.2.1:5060;lr>", "Route: <sip:user:(removed)@192.0.2.1:5060;lr>")]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.1:50600;branch=z9hG4bK1234567890", "Via: SIP/2.0/UDP 192.0.2.1:50600;branch=z9hG4bK1234567890")]
    [InlineData("Call-ID: 1234567890@192.0.2.1", "Call-ID: 1234567890@192.0.2.1")]
    [InlineData("User-Agent: Phone 123456789", "User-Agent: Phone 123456789")]
    public void Numbers_are_masked_where_people_stand_and_the_rest_stays_readable(string line, string expected) =>
        Assert.Contains($"\r\n{expected}\r\n", Write(line), StringComparison.Ordinal);

    [Fact]
    public void Numbers_show_when_they_are_asked_for()
    {
        var text = Write("Subject: call 49301234000\nContact: <sip:49301234000:hunter2@a>", showNumbers: true);

        Assert.Contains("INVITE sip:49309999000@b.example SIP/2.0\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Subject: call 49301234000\r\nContact: <sip:49301234000:(removed)@a>\r\n", text, StringComparison.Ordinal);
        Assert.Contains("INVITE sip:****9000@b.example SIP/2.0\r\n", Write("Subject: x"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization: Digest username=\"a\",\n response=\"hunter2\"")]
    [InlineData("proxy-authorization: Digest hunter2")]
    [InlineData("Authentication-Info: rspauth=\"hunter2\"")]
    public void Credentials_never_show(string line) => Assert.DoesNotContain("hunter2", Write(line, showNumbers: true), StringComparison.Ordinal);

    [Theory]
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:hunter2", "a=crypto:(removed)")]
    [InlineData("A=Crypto:1 AES inline:hunter2", "a=crypto:(removed)")]
    [InlineData("k=clear:hunter2", "k=(removed)")]
    [InlineData("a=ice-pwd:hunter2", "a=ice-pwd:(removed)")]
    [InlineData("a=key-mgmt:mikey hunter2", "a=key-mgmt:(removed)")]
    public void Keys_in_a_body_never_show(string line, string expected)
    {
        var text = Write($"Content-Type: application/sdp\n\nv=0\n{line}\nm=audio 40000 RTP/AVP 8", showNumbers: true);

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains($"v=0\r\n{expected}\r\nm=audio 40000 RTP/AVP 8", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=7", false)]
    [InlineData("application/dtmf", "7", true)]
    [InlineData("text/plain", "7", true)]
    public void Keys_pressed_never_show(string type, string body, bool showNumbers)
    {
        var text = Write($"Content-Type: {type}\n\n{body}", showNumbers, "INFO");

        Assert.EndsWith("\r\n\r\n(removed)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Body_that_is_not_understood_is_only_counted()
    {
        Assert.EndsWith("\r\n\r\n(11 bytes of text/plain)", Write("Content-Type: text/plain\n\n49301234000"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n49301234000", Write("Content-Type: text/plain\n\n49301234000", showNumbers: true), StringComparison.Ordinal);
    }

    [Fact]
    public void People_in_sdp_are_masked_and_media_is_not()
    {
        var text = Write("Content-Type: application/sdp\n\no=- 1234567890 1 IN IP4 192.0.2.1\np=+49 30 1234000\nm=audio 40000 RTP/AVP 8");

        Assert.EndsWith("o=- 1234567890 1 IN IP4 192.0.2.1\r\np=****4000\r\nm=audio 40000 RTP/AVP 8", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Response_is_written_with_its_status() =>
        Assert.StartsWith("SIP/2.0 404 No ****4000\r\n", WriteText("SIP/2.0 404 No 49301234000\nVia: SIP/2.0/UDP a;branch=z9hG4bKx\nFrom: <sip:a@b>\nTo: <sip:a@b>\nCall-ID: c\nCSeq: 1 INVITE\n\n", false), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Authorization")]
    [InlineData("INVITE")]
    [InlineData("INVITE sip:\nauthorization : hunter2\n\thunter2\n\n")]
    [InlineData("INVITE sip:a SIP/2.0\nFrom: \"sip:\" <tel:\n<sip:,\n\n")]
    public void Broken_message_is_written_as_far_as_it_is_understood(string text) =>
        Assert.DoesNotContain("hunter2", WriteText(text, showNumbers: true), StringComparison.Ordinal);

    private static string Write(string rest, bool showNumbers = false, string method = "INVITE")
    {
        var hasBody = rest.Contains("\n\n", StringComparison.Ordinal);
        return WriteText($"{method} sip:49309999000@b.example SIP/2.0\n{rest}{(hasBody ? "" : "\n\n")}", showNumbers);
    }

    private static string WriteText(string text, bool showNumbers)
    {
        using var message = SipMessage.Parse(Wire.Bytes(text));
        return SipTraceText.Write(message, showNumbers);
    }
}
