using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Tests.Messages;

public class SipViewTests
{
    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlySpan<byte> bytes) => SipText.Decode(bytes);

    [Theory]
    [InlineData("\"Bob \\\"B\\\" <x>\" <sip:b@example.com;lr>;tag=t1", "Bob \"B\" <x>", "sip:b@example.com;lr", "t1")]
    [InlineData("Bob B <sip:b@example.com> ; tag = t2", "Bob B", "sip:b@example.com", "t2")]
    [InlineData("<sip:b@example.com>", "", "sip:b@example.com", "")]
    [InlineData("sip:b@example.com;tag=t3", "", "sip:b@example.com", "t3")]
    [InlineData("<sip:b@example.com>;x=\"a;tag=no\";TAG=t4", "", "sip:b@example.com", "t4")]
    public void Name_address_is_taken_apart(string text, string name, string uri, string tag)
    {
        Assert.True(SipNameAddress.TryParse(Bytes(text), out var address));
        Assert.Equal(name, SipText.DecodeQuoted(address.DisplayName));
        Assert.Equal(uri, Text(address.Uri));
        Assert.Equal(tag, Text(address.Tag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"open <sip:b@example.com>")]
    [InlineData("\"closed\" sip:b@example.com")]
    [InlineData("<sip:b@example.com")]
    [InlineData("< >")]
    [InlineData("nothing")]
    public void Bad_name_address_is_refused(string text) => Assert.False(SipNameAddress.TryParse(Bytes(text), out _));

    [Fact]
    public void Via_is_taken_apart()
    {
        Assert.True(SipVia.TryParse("SIP / 2.0 / UDP first.example.com : 4000 ;ttl=16 ;rport=5;received=192.0.2.9;branch=z9hG4bKx"u8, out var via));
        Assert.Equal("UDP", Text(via.Transport));
        Assert.Equal("first.example.com", Text(via.Host));
        Assert.Equal(4000, via.Port);
        Assert.Equal("z9hG4bKx", Text(via.Branch));
        Assert.True(via.HasRPort);
        Assert.Equal(5, via.RPort);
        Assert.Equal("192.0.2.9", Text(via.Received));
    }

    [Fact]
    public void Via_with_an_ipv6_address_keeps_the_brackets()
    {
        Assert.True(SipVia.TryParse("SIP/2.0/TCP [2001:db8::9:1]:5070;rport"u8, out var via));
        Assert.Equal("[2001:db8::9:1]", Text(via.Host));
        Assert.Equal(5070, via.Port);
        Assert.True(via.HasRPort);
        Assert.Equal(0, via.RPort);
    }

    [Theory]
    [InlineData("*", true, null, null)]
    [InlineData("<sip:a@b>;q=0.7;expires=60", false, 700, 60u)]
    [InlineData("<sip:a@b>;q=1.000", false, 1000, null)]
    [InlineData("<sip:a@b>;q=1.001;expires=99999999999", false, null, null)]
    [InlineData("<sip:a@b>;q=abc;expires=x", false, null, null)]
    [InlineData("<sip:a@b>;q=0.05", false, 50, null)]
    public void Contact_tells_q_and_expires(string text, bool wildcard, int? q, uint? expires)
    {
        Assert.True(SipContact.TryParse(Bytes(text), out var contact));
        Assert.Equal(wildcard, contact.IsWildcard);
        Assert.Equal(q, contact.QThousandths);
        Assert.Equal(expires, contact.Expires);
    }

    [Fact]
    public void Credentials_are_enumerated_with_commas_in_quotes()
    {
        Assert.True(SipAuthorization.TryParse(
            "Digest username=\"bo, b\", realm = \"r\\\"x\",nonce=\"n\",,qop=auth, nc=00000001"u8, out var authorization));
        Assert.True(authorization.IsDigest);
        var names = new List<string>();
        foreach (var parameter in authorization) names.Add(Text(parameter.Name));
        Assert.Equal(["username", "realm", "nonce", "qop", "nc"], names);
        Assert.True(authorization.TryGet("USERNAME"u8, out var user));
        Assert.Equal("bo, b", Text(user));
        Assert.True(authorization.TryGet("realm"u8, out var realm));
        Assert.Equal("r\\\"x", Text(realm));
        Assert.False(authorization.TryGet("opaque"u8, out _));
    }

    [Theory]
    [InlineData(";a;b=1 ; c = \"x;y\"", true)]
    [InlineData("", true)]
    [InlineData(";", false)]
    [InlineData(";;a", false)]
    [InlineData(";a=", false)]
    [InlineData(";a=\"x", false)]
    [InlineData("a", false)]
    public void Parameters_know_whether_they_are_well_formed(string text, bool wellFormed) =>
        Assert.Equal(wellFormed, new SipParameters(Bytes(text)).IsWellFormed);
}
