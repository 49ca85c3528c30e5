using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Tests.Messages;

/// <summary>What the parser alone can judge of RFC 4475; the rest is for the layers above.</summary>
public class TortureTests
{
    [Fact]
    public void All_49_messages_are_here() => Assert.Equal(49, TortureMessages.Rfc4475.Count);

    [Theory]
    [InlineData("wsinv")]
    [InlineData("intmeth")]
    [InlineData("esc01")]
    [InlineData("escnull")]
    [InlineData("esc02")]
    [InlineData("lwsdisp")]
    [InlineData("longreq")]
    [InlineData("dblreq")]
    [InlineData("semiuri")]
    [InlineData("transports")]
    [InlineData("mpart01")]
    [InlineData("unreason")]
    [InlineData("noreason")]
    [InlineData("unkscm")]
    [InlineData("novelsc")]
    [InlineData("unksm2")]
    [InlineData("bext01")]
    [InlineData("invut")]
    [InlineData("regaut01")]
    [InlineData("bcast")]
    [InlineData("zeromf")]
    [InlineData("cparam01")]
    [InlineData("cparam02")]
    [InlineData("regescrt")]
    [InlineData("sdp01")]
    [InlineData("inv2543")]
    [InlineData("badbranch")]
    [InlineData("baddate")]
    [InlineData("regbadct")]
    [InlineData("badaspec")]
    [InlineData("baddn")]
    public void Well_formed_or_not_for_the_parser_to_judge(string name)
    {
        using var message = SipMessage.Parse(TortureMessages.Rfc4475[name]);

        Assert.Equal(SipParseError.None, message.Error);
    }

    [Theory]
    [InlineData("badinv01", nameof(SipParseError.BadVia))]
    [InlineData("clerr", nameof(SipParseError.BodyTooShort))]
    [InlineData("ncl", nameof(SipParseError.BadContentLength))]
    [InlineData("scalar02", nameof(SipParseError.BadCSeq))]
    [InlineData("quotbal", nameof(SipParseError.BadTo))]
    [InlineData("ltgtruri", nameof(SipParseError.BadRequestUri))]
    [InlineData("lwsruri", nameof(SipParseError.BadRequestUri))]
    [InlineData("lwsstart", nameof(SipParseError.BadRequestUri))]
    [InlineData("trws", nameof(SipParseError.BadStartLine))]
    [InlineData("escruri", nameof(SipParseError.BadRequestUri))]
    [InlineData("badvers", nameof(SipParseError.UnsupportedVersion))]
    [InlineData("mismatch01", nameof(SipParseError.CSeqMismatch))]
    [InlineData("mismatch02", nameof(SipParseError.CSeqMismatch))]
    [InlineData("insuf", nameof(SipParseError.MissingHeader))]
    [InlineData("multi01", nameof(SipParseError.RepeatedHeader))]
    [InlineData("mcl01", nameof(SipParseError.RepeatedHeader))]
    public void Malformed_request_is_found_out(string name, string error)
    {
        using var message = SipMessage.Parse(TortureMessages.Rfc4475[name]);

        Assert.Equal(error, message.Error.ToString());
        Assert.True(message.IsAnswerable);
    }

    [Theory]
    [InlineData("bigcode", nameof(SipParseError.BadStatusCode))]
    [InlineData("scalarlg", nameof(SipParseError.BadCSeq))]
    public void Malformed_response_is_found_out(string name, string error)
    {
        using var message = SipMessage.Parse(TortureMessages.Rfc4475[name]);

        Assert.Equal(error, message.Error.ToString());
        Assert.False(message.IsAnswerable);
    }

    [Fact]
    public void Folded_tortuous_invite_is_read_to_the_last_parameter()
    {
        using var message = SipMessage.Parse(TortureMessages.Rfc4475["wsinv"]);

        Assert.Equal(SipMethod.Invite, message.Method);
        Assert.Equal(9u, message.CSeq);
        Assert.Equal(68, message.MaxForwards);
        Assert.Equal("98asjd8", SipText.Decode(message.FromTag));
        Assert.Equal("1918181833n", SipText.Decode(message.ToTag));
        Assert.True(message.TryGetFrom(out var from));
        Assert.Equal("J Rosenberg \\\"", SipText.DecodeQuoted(from.DisplayName));
        Assert.True(message.TryGetContact(out var contact));
        Assert.Equal(330, contact.QThousandths);
        Assert.True(message.TryGetTopVia(out var via));
        Assert.Equal("390skdjuw", SipText.Decode(via.Branch));
        var branches = new List<string>();
        foreach (var element in message.List(SipHeader.Via))
        {
            Assert.True(SipVia.TryParse(element, out var each));
            branches.Add($"{SipText.Decode(each.Transport)} {SipText.Decode(each.Branch)}");
        }

        Assert.Equal(["UDP 390skdjuw", "TCP z9hG4bK9ikj8", "UDP z9hG4bK30239"], branches);
        Assert.Equal(150, message.Body.Length);
    }

    [Fact]
    public void Second_request_in_a_datagram_is_ignored()
    {
        using var message = SipMessage.Parse(TortureMessages.Rfc4475["dblreq"]);

        Assert.Equal(SipMethod.Register, message.Method);
        Assert.True(message.Body.IsEmpty);
    }

    [Fact]
    public void Unusual_method_and_a_null_in_quotes_are_legal()
    {
        using var message = SipMessage.Parse(TortureMessages.Rfc4475["intmeth"]);

        Assert.Equal(SipMethod.Unknown, message.Method);
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", SipText.Decode(message.MethodText));
        Assert.True(message.TryGetTo(out var to));
        Assert.Equal("BEL:\a NUL:\0 DEL:\x7f", SipText.DecodeQuoted(to.DisplayName));
    }

    [Fact]
    public void Long_values_are_kept_whole()
    {
        using var message = SipMessage.Parse(TortureMessages.Rfc4475["longreq"]);

        var vias = 0;
        foreach (var _ in message.List(SipHeader.Via)) vias++;
        Assert.Equal(34, vias);
        Assert.True(message.TryGetTopVia(out var via));
        Assert.Equal("sip33.example.com", SipText.Decode(via.Host));
        Assert.True(message.FromTag.Length > 80);
    }

    [Fact]
    public void Semicolon_belongs_to_the_user_of_a_uri()
    {
        using var message = SipMessage.Parse(TortureMessages.Rfc4475["semiuri"]);

        Assert.True(SipUri.TryParse(message.RequestUri, out var uri));
        Assert.Equal("user;par=u@example.net", uri.DecodeUser());
        Assert.Equal("example.com", SipText.Decode(uri.Host));
    }

    [Fact]
    public void Question_mark_needs_brackets()
    {
        using var bare = SipMessage.Parse(TortureMessages.Rfc4475["regbadct"]);
        using var enclosed = SipMessage.Parse(TortureMessages.Rfc4475["regescrt"]);

        Assert.False(bare.TryGetContact(out _));
        Assert.True(enclosed.TryGetContact(out var contact));
        Assert.True(SipUri.TryParse(contact.Address.Uri, out var uri));
        Assert.Equal("Route=%3Csip:sip.example.com%3E", SipText.Decode(uri.Headers));
    }
}
