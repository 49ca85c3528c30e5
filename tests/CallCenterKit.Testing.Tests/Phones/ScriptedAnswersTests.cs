using System.Net;
using System.Text;

namespace CallCenterKit.Testing.Phones;

/// <summary>What a phone answers to requests that no other scripted phone would send.</summary>
public sealed class ScriptedAnswersTests : IAsyncDisposable
{
    private static readonly IPEndPoint Tester = IPEndPoint.Parse("10.0.0.9:5060");

    private readonly VirtualTimeProvider _time = new();
    private readonly VirtualNetwork _network;
    private readonly IDatagramEndpoint _tester;
    private readonly ScriptedPhone _phone;
    private readonly List<string> _received = [];

    public ScriptedAnswersTests()
    {
        _network = new VirtualNetwork(_time);
        _tester = _network.Open(Tester, (datagram, _) => _received.Add(Encoding.UTF8.GetString(datagram.Span)));
        _phone = new ScriptedPhone(new() { User = "1001", Local = IPEndPoint.Parse("10.0.0.1:5060") }, _network, _time);
    }

    [Theory]
    [InlineData("OPTIONS", "", "SIP/2.0 200 OK")]
    [InlineData("BYE", ";tag=x", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    [InlineData("CANCEL", "", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    [InlineData("INVITE", ";tag=x", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    [InlineData("PUBLISH", "", "SIP/2.0 405 Method Not Allowed")]
    public async Task Requests_outside_a_call_get_their_status(string method, string toTag, string expected)
    {
        await SendAsync(method, "b1", toTag);

        Assert.Equal(expected, Assert.Single(_received).Split("\r\n")[0]);
        Assert.Contains($"CSeq: 1 {method}", _received[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_invite_gets_the_last_response_again()
    {
        await SendAsync("INVITE", "b1", "", Sdp("sendrecv"));
        var call = await _time.AdvanceUntilAsync(_phone.NextCallAsync(), TimeSpan.FromSeconds(1));
        call.Ring();
        await SendAsync("INVITE", "b1", "", Sdp("sendrecv"));

        Assert.Equal(["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 180 Ringing"], _received.Select(text => text.Split("\r\n")[0]));
        Assert.Equal("Tester", call.InviteHeader("User-Agent"));
    }

    [Fact]
    public async Task A_repeated_invite_is_told_100_as_long_as_it_does_not_ring()
    {
        await SendAsync("INVITE", "b1", "", Sdp("sendrecv"));
        await SendAsync("INVITE", "b1", "", Sdp("sendrecv"));

        Assert.Equal(["SIP/2.0 100 Trying", "SIP/2.0 100 Trying"], _received.Select(text => text.Split("\r\n")[0]));
    }

    [Fact]
    public async Task A_phone_without_audio_is_heard_by_nobody()
    {
        await using var silent = new ScriptedPhone(new() { User = "1002", Local = IPEndPoint.Parse("10.0.0.2:5060"), SendsAudio = false }, _network, _time);
        var outgoing = silent.Dial("sip:1001@10.0.0.1:5060");
        var incoming = await _time.AdvanceUntilAsync(_phone.NextCallAsync(), TimeSpan.FromSeconds(1));
        Assert.True(await _time.AdvanceUntilAsync(incoming.AnswerAsync(), TimeSpan.FromSeconds(1)));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(0, outgoing.PacketsSent);
        Assert.InRange(incoming.PacketsSent, 49, 51);
    }

    [Fact]
    public async Task An_invite_without_an_offer_is_answered_with_one()
    {
        await SendAsync("INVITE", "b1", "");
        var call = await _time.AdvanceUntilAsync(_phone.NextCallAsync(), TimeSpan.FromSeconds(1));
        var answering = call.AnswerAsync();
        await _time.AdvanceAsync(TimeSpan.Zero);
        Assert.Contains("m=audio", _received[^1], StringComparison.Ordinal);

        await SendAsync("ACK", "b2", ToTag(_received[^1]), Sdp("sendrecv"));
        Assert.True(await _time.AdvanceUntilAsync(answering, TimeSpan.FromSeconds(1)));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.InRange(call.PacketsSent, 49, 51);
    }

    [Theory]
    [InlineData("sendonly", "a=recvonly")]
    [InlineData("inactive", "a=inactive")]
    [InlineData("recvonly", "a=sendonly")]
    public async Task An_offer_of_hold_is_mirrored(string offered, string expected)
    {
        await SendAsync("INVITE", "b1", "", Sdp(offered));
        var call = await _time.AdvanceUntilAsync(_phone.NextCallAsync(), TimeSpan.FromSeconds(1));
        _ = call.AnswerAsync();
        await _time.AdvanceAsync(TimeSpan.Zero);

        Assert.Contains(expected, _received[^1], StringComparison.Ordinal);
        Assert.Equal(offered != "recvonly", call.IsHeldByFarEnd);
    }

    [Fact]
    public async Task Old_style_hold_by_address_zero_silences_the_phone()
    {
        await SendAsync("INVITE", "b1", "", Sdp("sendrecv").Replace("IN IP4 10.0.0.9\r\nt", "IN IP4 0.0.0.0\r\nt", StringComparison.Ordinal));
        var call = await _time.AdvanceUntilAsync(_phone.NextCallAsync(), TimeSpan.FromSeconds(1));
        _ = call.AnswerAsync();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.True(call.IsHeldByFarEnd);
        Assert.Equal(0, call.PacketsSent);
    }

    [Fact]
    public async Task A_bye_with_a_strange_tag_does_not_end_the_call()
    {
        await SendAsync("INVITE", "b1", "", Sdp("sendrecv"));
        var call = await _time.AdvanceUntilAsync(_phone.NextCallAsync(), TimeSpan.FromSeconds(1));
        _ = call.AnswerAsync();
        await SendAsync("BYE", "b3", ";tag=strange");

        Assert.StartsWith("SIP/2.0 481", _received[^1], StringComparison.Ordinal);
        Assert.False(call.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_contact_that_is_no_address_is_answered_where_the_call_came_from()
    {
        await SendAsync("INVITE", "b1", "", Sdp("sendrecv"), contact: "sip:tester@phone.example.org");
        var call = await _time.AdvanceUntilAsync(_phone.NextCallAsync(), TimeSpan.FromSeconds(1));
        _ = call.AnswerAsync();
        await _time.AdvanceAsync(TimeSpan.Zero);
        _ = call.HangUpAsync();
        await _time.AdvanceAsync(TimeSpan.Zero);

        Assert.StartsWith("BYE sip:tester@phone.example.org SIP/2.0", _received[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Noise_is_ignored()
    {
        foreach (var noise in new[] { "\r\n\r\n", "hello", "SIP/2.0 abc x\r\n\r\n", "A B C D\r\n\r\n", "INVITE sip:x SIP/2.0\r\n" })
            _tester.Send(Encoding.UTF8.GetBytes(noise), _phone.LocalEndPoint);
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Empty(_received);
        Assert.Empty(_phone.Trace);
    }

    public async ValueTask DisposeAsync()
    {
        await _phone.DisposeAsync();
        await _tester.DisposeAsync();
        _network.Dispose();
    }

    private static string Sdp(string direction) =>
        $"v=0\r\no=- 1 1 IN IP4 10.0.0.9\r\ns=-\r\nc=IN IP4 10.0.0.9\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\na={direction}\r\n";

    private static string ToTag(string response) =>
        ";tag=" + response.Split("\r\n").Single(line => line.StartsWith("To:", StringComparison.Ordinal)).Split(";tag=")[1];

    private async Task SendAsync(string method, string branch, string toTag, string body = "", string contact = "sip:tester@10.0.0.9:5060")
    {
        var text = $"{method} sip:1001@10.0.0.1 SIP/2.0\r\nv: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bK{branch}\r\nf: <sip:tester@10.0.0.9>;tag=t\r\nt: <sip:1001@10.0.0.1>{toTag}\r\n"
            + $"i: raw\r\nCSeq: 1 {method}\r\nm: <{contact}>\r\nUser-Agent:\r\n Tester\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        _tester.Send(Encoding.UTF8.GetBytes(text), _phone.LocalEndPoint);
        await _time.AdvanceAsync(TimeSpan.Zero);
    }
}
