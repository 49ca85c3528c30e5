using System.Net;
using System.Text;
using CallCenterKit.Media.Sdp;

namespace CallCenterKit.Media.Tests.Sdp;

public sealed class SessionDescriptionTests
{
    private const string Head = "v=0\r\no=alice 2890844526 2890844527 IN IP4 host.atlanta.example.com\r\ns=Call\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";

    private static SessionDescription Parse(string text)
    {
        Assert.Equal(SdpError.None, SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var description));
        return description!;
    }

    private static SdpError Error(string text)
    {
        var error = SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var description);
        Assert.Null(description);
        return error;
    }

    [Fact]
    public void A_phones_offer_is_read_whole()
    {
        var description = Parse(Head
            + "a=tool:phone\r\n"
            + "m=audio 49170 RTP/AVP 8 0 97 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:97 opus/48000/2\r\na=fmtp:97 useinbandfec=1\r\n"
            + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=maxptime:60\r\na=rtcp:53020 IN IP4 192.0.2.7\r\na=rtcp-mux\r\na=ssrc:1 cname:x\r\na=sendonly\r\n"
            + "m=video 51372/2 RTP/AVP 31\r\nc=IN IP6 2001:db8::1\r\n");

        Assert.Equal(new SdpOrigin("alice", "2890844526", "2890844527", "host.atlanta.example.com"), description.Origin);
        Assert.Equal("Call", description.Name);
        Assert.Equal([new SdpAttribute("tool", "phone")], description.Attributes);
        var audio = description.Media[0];
        Assert.Equal(("audio", 49170, "RTP/AVP", "8 0 97 101"), (audio.Kind, audio.Port, audio.Protocol, audio.FormatList));
        Assert.Equal(
            [
                new RtpMap(8, "PCMA", 8000),
                new RtpMap(0, "PCMU", 8000),
                new RtpMap(97, "opus", 48000, 2, "useinbandfec=1"),
                new RtpMap(101, "telephone-event", 8000, 1, "0-16"),
            ],
            audio.Formats);
        Assert.Equal(IPAddress.Parse("192.0.2.1"), audio.Address);
        Assert.Equal((20, 60, true, 53020), (audio.PacketMilliseconds, audio.MaxPacketMilliseconds, audio.RtcpMux, audio.RtcpPort));
        Assert.Equal(IPAddress.Parse("192.0.2.7"), audio.RtcpAddress);
        Assert.Equal(MediaDirection.SendOnly, audio.Direction);
        Assert.Equal([new SdpAttribute("ssrc", "1 cname:x")], audio.Attributes);
        var video = description.Media[1];
        Assert.Equal((51372, IPAddress.Parse("2001:db8::1"), MediaDirection.SendReceive), (video.Port, video.Address, video.Direction));
    }

    [Fact]
    public void What_is_written_is_read_back_and_written_the_same()
    {
        var text = Parse(Head + "m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=rtcp:4010 IN IP4 192.0.2.9\r\na=x\r\na=inactive\r\nm=audio 4002 RTP/AVP 0\r\nc=IN IP6 ::1\r\nm=video 0 RTP/AVP 31\r\n").ToString();
        Assert.Equal(text, Parse(text).ToString());
        Assert.Equal(
            "v=0\r\no=alice 2890844526 2890844527 IN IP4 host.atlanta.example.com\r\ns=Call\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
            + "m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=rtcp:4010 IN IP4 192.0.2.9\r\na=x\r\na=inactive\r\n"
            + "m=audio 4002 RTP/AVP 0\r\nc=IN IP6 ::1\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n"
            + "m=video 0 RTP/AVP 31\r\n",
            text);
    }

    [Fact]
    public void Bare_line_feeds_blank_and_unknown_lines_are_taken()
    {
        var description = Parse("v=0\no=- 1 1 IN IP4 1.2.3.4\nc=IN IP4 1.2.3.4\nz=what ever\nm=audio 9 RTP/AVP 0\ny=\n\n\r\n");
        Assert.Equal("PCMU", Assert.Single(Assert.Single(description.Media).Formats).Name);
    }

    [Fact]
    public void Attributes_of_the_session_hold_for_streams_that_say_nothing()
    {
        var description = Parse(Head + "a=recvonly\r\na=ptime:40\r\nm=audio 9 RTP/AVP 0\r\nm=audio 11 RTP/AVP 0\r\na=sendrecv\r\na=ptime:20\r\n");
        Assert.Equal((MediaDirection.ReceiveOnly, 40), (description.Media[0].Direction, description.Media[0].PacketMilliseconds));
        Assert.Equal((MediaDirection.SendReceive, 20), (description.Media[1].Direction, description.Media[1].PacketMilliseconds));
    }

    [Theory]
    [InlineData("IN IP4 phone.example.com")]
    [InlineData("IN IP4 127.1")]
    [InlineData("IN IP4 2001:db8::1")]
    [InlineData("IN IP6 [::1]:80")]
    [InlineData("ATM NSAP 47.0091")]
    public void What_is_no_ip_address_leaves_the_stream_without_one(string connection) =>
        Assert.Null(Parse(Head + $"m=audio 9 RTP/AVP 0\r\nc={connection}\r\n").Media[0].Address);

    [Fact]
    public void A_stream_that_is_no_rtp_keeps_its_formats_as_they_are()
    {
        var stream = Parse(Head + "m=image 4000 udptl t38\r\nm=message 9 TCP/MSRP *\r\n").Media[0];
        Assert.Equal(("t38", 0), (stream.FormatList, stream.Formats.Count));
    }

    [Fact]
    public void Malformed_format_attributes_leave_a_format_without_meaning()
    {
        var stream = Parse(Head + "m=audio 9 RTP/AVP 96 97 98 8\r\na=rtpmap:96\r\na=rtpmap:97 X/0\r\na=rtpmap:200 Y/8000\r\na=rtpmap:98 /8000\r\na=fmtp:x\r\na=rtcp:0\r\na=ptime:-1\r\n").Media[0];
        Assert.Equal("PCMA", Assert.Single(stream.Formats).Name);
        Assert.Null(stream.PacketMilliseconds);
        Assert.Null(stream.RtcpPort);
    }

    [Theory]
    [InlineData("", SdpError.BadVersion)]
    [InlineData("v=1\r\n", SdpError.BadVersion)]
    [InlineData("o=- 1 1 IN IP4 1.2.3.4\r\n", SdpError.BadVersion)]
    [InlineData("v=0\r\ns=-\r\n", SdpError.BadOrigin)]
    [InlineData("v=0\r\no=- 1 IN IP4 1.2.3.4\r\n", SdpError.BadOrigin)]
    [InlineData("v=0\r\no=- one 1 IN IP4 1.2.3.4\r\n", SdpError.BadOrigin)]
    [InlineData(Head + "c=IN IP4\r\n", SdpError.BadConnection)]
    [InlineData(Head + "m=audio\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=audio 65536 RTP/AVP 0\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=audio -1 RTP/AVP 0\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=audio 9 RTP/AVP\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=audio 9 RTP/AVP 128\r\n", SdpError.BadMedia)]
    [InlineData(Head + "m=audio 9 RTP/AVP PCMU\r\n", SdpError.BadMedia)]
    [InlineData(Head + "hello\r\n", SdpError.BadLine)]
    [InlineData(Head + "=\r\n", SdpError.BadLine)]
    public void Malformed_descriptions_say_why(string text, SdpError error) => Assert.Equal(error, Error(text));

    [Fact]
    public void Size_is_limited()
    {
        Assert.Equal(SdpError.TooLarge, Error(Head + new string('\n', SessionDescription.MaxBytes)));
        Assert.Equal(SdpError.TooLarge, Error(Head + string.Concat(Enumerable.Repeat("m=audio 9 RTP/AVP 0\n", 33))));
        Assert.Equal(SdpError.TooLarge, Error(Head + string.Concat(Enumerable.Repeat("a=x\n", 513))));
        Assert.Equal(SdpError.TooLarge, Error(Head + "m=audio 9 RTP/AVP " + string.Join(' ', Enumerable.Range(0, 65))));
    }

    [Fact]
    public void Damaged_descriptions_never_throw_and_can_be_written_when_accepted()
    {
        var whole = Encoding.UTF8.GetBytes(Head + "a=sendonly\r\nm=audio 49170/2 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000/1\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=rtcp:53020 IN IP4 192.0.2.7\r\nm=video 0 RTP/AVP 31\r\nc=IN IP6 ff15::101/3\r\n");
        var random = new Random(8866);
        var accepted = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = whole.AsSpan(0, random.Next(5) == 0 ? random.Next(whole.Length + 1) : whole.Length).ToArray();
            for (var hits = random.Next(6); hits > 0 && text.Length > 0; hits--)
                text[random.Next(text.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)" /:=\r\n0"[random.Next(7)];
            if (SessionDescription.TryParse(text, out var description) != SdpError.None)
                continue;
            accepted++;
            Assert.NotEmpty(description!.ToArray());
            new SdpSession(new IPEndPoint(IPAddress.Loopback, 4000), Media.Codecs.AudioCodecs.Default, 1).AcceptOffer(description, out _);
        }

        Assert.NotEqual(0, accepted);
    }
}
