using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Tests.Messages;

public class SipUriTests
{
    private static SipUri Parse(string text)
    {
        Assert.True(SipUri.TryParse(Encoding.UTF8.GetBytes(text), out var uri));
        return uri;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => SipText.Decode(bytes);

    [Fact]
    public void Every_part_is_found()
    {
        var uri = Parse("sips:al%20ice:pw@[2001:db8::1]:5061;transport=tcp;lr?subject=x&to=y");

        Assert.Equal(SipUriScheme.Sips, uri.Scheme);
        Assert.Equal("al%20ice", Text(uri.User));
        Assert.Equal("al ice", uri.DecodeUser());
        Assert.Equal("pw", Text(uri.Password));
        Assert.Equal("[2001:db8::1]", Text(uri.Host));
        Assert.Equal(5061, uri.Port);
        Assert.True(uri.Parameters.TryGet("TRANSPORT"u8, out var transport));
        Assert.Equal("tcp", Text(transport));
        Assert.True(uri.Parameters.Contains("lr"u8));
        Assert.Equal("subject=x&to=y", Text(uri.Headers));
        Assert.True(SipHostPort.TryParseAddress(uri.Host, out var address));
        Assert.Equal("2001:db8::1", address.ToString());
    }

    [Fact]
    public void Telephone_number_is_the_user_of_a_tel_uri()
    {
        var uri = Parse("tel:+1-212-555-1234;phone-context=example.com");

        Assert.Equal(SipUriScheme.Tel, uri.Scheme);
        Assert.Equal("+1-212-555-1234", Text(uri.User));
        Assert.True(uri.Parameters.Contains("phone-context"u8));
    }

    [Fact]
    public void Foreign_scheme_is_kept_whole()
    {
        var uri = Parse("soap.beep://192.0.2.103:3002");

        Assert.Equal(SipUriScheme.Other, uri.Scheme);
        Assert.Equal("soap.beep://192.0.2.103:3002", Text(uri.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip")]
    [InlineData("sip:")]
    [InlineData(":a@b")]
    [InlineData("sip:@example.com")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@example.com:0")]
    [InlineData("sip:a@example.com:65536")]
    [InlineData("sip:a@example.com:5x")]
    [InlineData("sip:a@[2001:db8::1")]
    [InlineData("sip:a@[]")]
    [InlineData("sip:a@exa mple.com")]
    [InlineData("sip:a@exa$mple.com")]
    [InlineData("<sip:a@example.com>")]
    [InlineData("tel:;x")]
    public void Bad_uri_is_refused(string text) => Assert.False(SipUri.TryParse(Encoding.UTF8.GetBytes(text), out _));

    // The examples of RFC 3261 §19.1.4.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on", true)]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true)]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", false)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false)]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", false)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false)]
    public void Uris_compare_as_the_rfc_says(string left, string right, bool same)
    {
        Assert.Equal(same, Parse(left).Matches(Parse(right)));
        Assert.Equal(same, Parse(right).Matches(Parse(left)));
    }

    [Theory]
    [InlineData("100%", "100%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("%41%42c", "ABc")]
    public void Percent_sign_that_is_no_escape_stays(string text, string expected)
    {
        var buffer = new byte[text.Length];
        var length = SipText.Unescape(Encoding.UTF8.GetBytes(text), buffer);
        Assert.Equal(expected, Text(buffer.AsSpan(0, length)));
    }
}
