using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Tests.Messages;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

public sealed class CallerIdentityTests
{
    [Theory]
    [InlineData("", "+49301", "From")]
    [InlineData("P-Asserted-Identity: \"Real\" <sip:+4930123@carrier.example>", "+4930123", "Real")]
    [InlineData("P-Asserted-Identity: <tel:+49-30-(123)>", "+4930123", "From")]
    [InlineData("P-Asserted-Identity: tel:+4930123", "+4930123", "From")]
    [InlineData("P-Asserted-Identity: <sip:+4930-123;phone-context=x@carrier.example;user=phone>", "+4930123", "From")]
    [InlineData("P-Asserted-Identity: <sip:4930123@c.example>, \"Real\" <tel:+4930999>", "4930123", "Real")]
    [InlineData("P-Asserted-Identity: <sip:carrier.example>\nP-Asserted-Identity: \"Real\" <tel:+4930123>", "+4930123", "Real")]
    [InlineData("P-Preferred-Identity: \"Wish\" <sip:4930555@pbx.example>", "4930555", "Wish")]
    [InlineData("P-Preferred-Identity: <sip:4930555@pbx.example>\nP-Asserted-Identity: \"Real\" <sip:4930123@pbx.example>", "4930123", "Real")]
    [InlineData("P-Asserted-Identity: <http://nobody.example>", "+49301", "From")]
    [InlineData("P-Asserted-Identity: <<broken", "+49301", "From")]
    public void Trusted_peer_says_who_calls(string headers, string number, string name) =>
        Assert.Equal(new CallParty(number, name), Read(headers, trusted: true).Party);

    [Theory]
    [InlineData("P-Asserted-Identity: \"Boss\" <sip:1@carrier.example>")]
    [InlineData("P-Preferred-Identity: \"Boss\" <sip:1@carrier.example>")]
    public void Phone_that_asserts_something_is_not_believed(string header) =>
        Assert.Equal(new CallParty("+49301", "From"), Read(header, trusted: false).Party);

    [Fact]
    public void Anonymous_caller_is_known_by_what_the_carrier_asserts_without_the_name_anonymous()
    {
        var identity = Read("P-Asserted-Identity: <sip:+4930123@carrier.example>\nPrivacy: id", trusted: true, from: "\"Anonymous\" <sip:anonymous@anonymous.invalid>");

        Assert.Equal(new CallParty("+4930123"), identity.Party);
        Assert.True(identity.IsPrivate);
        Assert.Equal(new CallParty(""), identity.Presented);
    }

    [Theory]
    [InlineData("id", true, true)]
    [InlineData("ID;critical", true, true)]
    [InlineData("header; session; user", true, true)]
    [InlineData("id", false, true)]
    [InlineData("none", true, false)]
    [InlineData("session;critical", true, false)]
    [InlineData("idle", true, false)]
    public void Privacy_hides_the_caller_from_parties(string privacy, bool trusted, bool hidden)
    {
        var identity = Read($"Privacy: {privacy}", trusted);

        Assert.Equal(hidden, identity.IsPrivate);
        Assert.Equal(hidden ? "" : "+49301", identity.Presented.Number);
        Assert.Equal(string.Join(';', privacy.Split(';', StringSplitOptions.TrimEntries)), identity.Attributes["sip.privacy"]);
    }

    [Fact]
    public void Diversions_tell_who_diverted_last_and_who_was_called_first()
    {
        var identity = Read("Diversion: <tel:+4930200>;reason=no-answer;counter=1, <sip:4930150@a.example>\nDiversion: \"Sales\" <sip:4930100@a.example>;reason=user-busy", trusted: true);

        Assert.Equal("+4930200", identity.Attributes["sip.diversion"]);
        Assert.Equal("no-answer", identity.Attributes["sip.diversion.reason"]);
        Assert.Equal("4930100", identity.Attributes["sip.diversion.original"]);
    }

    [Fact]
    public void History_tells_all_that_were_tried()
    {
        const string history = "History-Info: <sip:4930100@a.example>;index=1, <sip:200@b.example?Reason=SIP%3Bcause%3D302>;index=1.1";

        Assert.Equal("4930100,200", Read(history, trusted: true).Attributes["sip.history-info"]);
        Assert.DoesNotContain("sip.history-info", Read($"{history}\nPrivacy: history", trusted: true).Attributes.Keys);
    }

    [Theory]
    [InlineData("Diversion: <sip:1@a.example>;reason=deflection")]
    [InlineData("History-Info: <sip:1@a.example>;index=1")]
    public void Phone_tells_nothing_about_others(string header) => Assert.Empty(Read(header, trusted: false).Attributes);

    private static CallerIdentity Read(string headers, bool trusted, string from = "\"From\" <sip:+49301@a.example>")
    {
        using var invite = SipMessage.Parse(Wire.Bytes(
            $"INVITE sip:100@b.example SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx\nFrom: {from};tag=1\nTo: <sip:100@b.example>\n"
            + $"Call-ID: c\nCSeq: 1 INVITE\n{(headers.Length > 0 ? headers + "\n" : "")}\n"));
        return CallerIdentity.Read(invite, trusted);
    }
}
