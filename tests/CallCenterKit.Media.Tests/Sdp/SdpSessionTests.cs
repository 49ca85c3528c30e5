using System.Globalization;
using System.Net;
using System.Text;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Sdp;

namespace CallCenterKit.Media.Tests.Sdp;

public sealed class SdpSessionTests
{
    private static readonly IPEndPoint Here = new(IPAddress.Parse("192.0.2.10"), 30000);
    private static readonly IPEndPoint There = new(IPAddress.Parse("192.0.2.20"), 40000);

    private readonly SdpSession _session = new(Here, AudioCodecs.Default, 42);

    private static readonly string[] Head = ["v=0", "o=- 7 1 IN IP4 192.0.2.20", "s=-", "c=IN IP4 192.0.2.20", "t=0 0"];

    private static SessionDescription Remote(params string[] lines) => Parse([.. Head, .. lines]);

    private static SessionDescription Parse(string[] lines)
    {
        Assert.Equal(SdpError.None, SessionDescription.TryParse(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"), out var description));
        return description!;
    }

    private static string[] Lines(SessionDescription? description) => description!.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private SessionDescription Answer(SessionDescription offer)
    {
        Assert.Equal(SdpOutcome.Accepted, _session.AcceptOffer(offer, out var answer));
        return answer!;
    }

    private NegotiatedMedia Offer(MediaDirection direction, params string[] answer)
    {
        _session.CreateOffer(direction);
        Assert.Equal(SdpOutcome.Accepted, _session.AcceptAnswer(Remote(answer)));
        return _session.Current!;
    }

    [Fact]
    public void A_first_offer_lists_codecs_in_order_and_telephone_events()
    {
        Assert.Equal(
            [
                "v=0", "o=- 42 1 IN IP4 192.0.2.10", "s=-", "c=IN IP4 192.0.2.10", "t=0 0",
                "m=audio 30000 RTP/AVP 8 0 9 101",
                "a=rtpmap:8 PCMA/8000", "a=rtpmap:0 PCMU/8000", "a=rtpmap:9 G722/8000", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15",
                "a=ptime:20", "a=sendrecv",
            ],
            Lines(_session.CreateOffer(MediaDirection.SendReceive)));
        Assert.True(_session.IsOfferPending);
        Assert.Null(_session.Current);
    }

    [Fact]
    public void An_offer_is_answered_with_our_preferred_codec_under_its_numbers()
    {
        var answer = Answer(Remote("m=audio 40000 RTP/AVP 0 3 8 96", "a=rtpmap:96 telephone-event/8000", "a=ptime:20"));

        Assert.Equal(
            [
                "v=0", "o=- 42 1 IN IP4 192.0.2.10", "s=-", "c=IN IP4 192.0.2.10", "t=0 0",
                "m=audio 30000 RTP/AVP 8 96", "a=rtpmap:8 PCMA/8000", "a=rtpmap:96 telephone-event/8000", "a=fmtp:96 0-15", "a=ptime:20", "a=sendrecv",
            ],
            Lines(answer));
        var media = _session.Current!;
        Assert.Equal((There, new IPEndPoint(There.Address, 40001)), (media.RemoteRtp, media.RemoteRtcp));
        Assert.Equal((AudioCodecs.Pcma, 8, 8), (media.Codec, media.PayloadType, media.ReceivePayloadType));
        Assert.Equal((96, 96), (media.TelephoneEventPayloadType, media.ReceiveTelephoneEventPayloadType));
        Assert.Equal((MediaDirection.SendReceive, false, 20, false), (media.Direction, media.HeldByRemote, media.PacketMilliseconds, media.RtcpMux));
        Assert.Same(AudioCodecs.Pcma, media.CodecFor(8));
        Assert.Null(media.CodecFor(0));
    }

    [Fact]
    public void An_answer_holds_nothing_that_was_not_offered()
    {
        var answer = Answer(Remote("m=audio 40000 RTP/AVP 0"));
        Assert.Equal("0", answer.Media[0].FormatList);
        Assert.Null(_session.Current!.TelephoneEventPayloadType);
        Assert.False(answer.Media[0].RtcpMux);
    }

    [Theory]
    [InlineData("8 101", "m=audio 40000 RTP/AVP 8 101", "a=rtpmap:101 telephone-event/8000")]
    [InlineData("8 96", "m=audio 40000 RTP/AVP 8 96", "a=rtpmap:96 telephone-event/8000")]
    [InlineData("0 127", "m=audio 40000 RTP/AVP 0 18 127", "a=rtpmap:127 TELEPHONE-EVENT/8000", "a=fmtp:127 0-11")]
    [InlineData("97 98", "m=audio 40000 RTP/AVP 97 98", "a=rtpmap:97 PCMA/8000", "a=rtpmap:98 telephone-event/8000")]
    [InlineData("0 100", "m=audio 40000 RTP/AVP 101 0 100", "a=rtpmap:101 opus/48000/2", "a=rtpmap:100 telephone-event/8000")]
    [InlineData("0", "m=audio 40000 RTP/AVP 0 101", "a=rtpmap:101 opus/48000/2", "a=rtpmap:102 telephone-event/8000")]
    public void An_answer_uses_the_numbers_of_the_offer(string formats, params string[] offer)
    {
        Assert.Equal(formats, Answer(Remote(offer)).Media[0].FormatList);
        var numbers = formats.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers[0], _session.Current!.PayloadType);
        Assert.Equal(numbers.Count > 1 ? numbers[1] : null, _session.Current.TelephoneEventPayloadType);
    }

    [Fact]
    public void No_answer_holds_a_number_that_was_not_offered_whatever_was_offered()
    {
        var random = new Random(11);
        string[] names = ["PCMA/8000", "PCMU/8000", "telephone-event/8000", "telephone-event/48000", "opus/48000/2", "G729/8000", "L16/8000"];
        for (var round = 0; round < 500; round++)
        {
            var session = new SdpSession(Here, AudioCodecs.Default, 42);
            if (round % 2 == 0)
                Agree(session);
            var offered = Enumerable.Range(0, 128).OrderBy(_ => random.Next()).Take(random.Next(1, 6)).ToList();
            string[] maps = [.. offered.Where(number => number >= 35).Select(number => $"a=rtpmap:{number} {names[random.Next(names.Length)]}")];

            if (session.AcceptOffer(Remote([$"m=audio 40000 RTP/AVP {string.Join(' ', offered)}", .. maps]), out var answer) == SdpOutcome.Accepted)
                Assert.All(answer!.Media[0].FormatList.Split(' '), number => Assert.Contains(int.Parse(number, CultureInfo.InvariantCulture), offered));
        }

        static void Agree(SdpSession session)
        {
            session.CreateOffer(MediaDirection.SendReceive);
            session.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 0 101", "a=rtpmap:101 telephone-event/8000"));
        }
    }

    [Theory]
    [InlineData(MediaDirection.SendReceive, MediaDirection.ReceiveOnly, true, "c=IN IP4 0.0.0.0")]
    [InlineData(MediaDirection.SendOnly, MediaDirection.Inactive, true, "c=IN IP4 0.0.0.0")]
    [InlineData(MediaDirection.SendReceive, MediaDirection.Inactive, true, "a=inactive")]
    [InlineData(MediaDirection.Inactive, MediaDirection.Inactive, false, "a=inactive", "c=IN IP4 0.0.0.0")]
    public void A_hold_in_an_answer_is_known_in_the_new_way_and_the_old(MediaDirection offered, MediaDirection agreed, bool held, params string[] answer)
    {
        var media = Offer(offered, ["m=audio 40000 RTP/AVP 8", .. answer]);
        Assert.Equal((agreed, held), (media.Direction, media.HeldByRemote));
    }

    [Fact]
    public void A_telephone_event_of_another_clock_is_not_taken()
    {
        var answer = Answer(Remote("m=audio 40000 RTP/AVP 0 101", "a=rtpmap:101 telephone-event/48000"));
        Assert.Equal("0", answer.Media[0].FormatList);
    }

    [Fact]
    public void Each_stream_is_answered_and_all_but_one_audio_refused()
    {
        var answer = Answer(Remote(
            "m=video 5000 RTP/AVP 31 99", "a=rtpmap:99 H264/90000",
            "m=audio 5002 RTP/SAVP 8",
            "m=audio 0 RTP/AVP 8",
            "m=audio 5006 RTP/AVPF 8",
            "m=audio 5008 RTP/AVP 8",
            "m=image 5010 udptl t38"));

        Assert.Equal(
            ["m=video 0 RTP/AVP 31 99", "m=audio 0 RTP/SAVP 8", "m=audio 0 RTP/AVP 8", "m=audio 30000 RTP/AVPF 8", "m=audio 0 RTP/AVP 8", "m=image 0 udptl t38"],
            Lines(answer).Where(line => line.StartsWith("m=", StringComparison.Ordinal)));
        Assert.Equal(5006, _session.Current!.RemoteRtp.Port);
    }

    [Theory]
    [InlineData(SdpOutcome.NoAudio, "m=video 5000 RTP/AVP 31")]
    [InlineData(SdpOutcome.NoAudio, "m=audio 0 RTP/AVP 8")]
    [InlineData(SdpOutcome.NoCommonSecurity, "m=audio 5000 RTP/SAVP 8")]
    [InlineData(SdpOutcome.NoCommonCodec, "m=audio 5000 RTP/AVP 3 18")]
    [InlineData(SdpOutcome.NoCommonCodec, "m=audio 5000 RTP/AVP 101", "a=rtpmap:101 telephone-event/8000")]
    [InlineData(SdpOutcome.UnusableAddress, "m=audio 5000 RTP/AVP 8", "c=IN IP4 host.example.com")]
    [InlineData(SdpOutcome.UnusableAddress, "m=audio 5000 RTP/AVP 8", "c=IN IP4 224.2.1.1/127")]
    [InlineData(SdpOutcome.UnusableAddress, "m=audio 5000 RTP/AVP 8", "c=IN IP4 255.255.255.255")]
    [InlineData(SdpOutcome.UnusableAddress, "m=audio 5000 RTP/AVP 8", "c=IN IP6 2001:db8::1")]
    [InlineData(SdpOutcome.UnusableAddress, "m=audio 5000 RTP/AVP 8", "a=rtcp:5001 IN IP4 224.0.0.1")]
    public void An_offer_that_can_not_be_met_leaves_everything_as_it_was(SdpOutcome outcome, params string[] stream)
    {
        Answer(Remote("m=audio 40000 RTP/AVP 8"));
        var before = _session.Current;

        Assert.Equal(outcome, _session.AcceptOffer(Remote(stream), out var answer));

        Assert.Null(answer);
        Assert.Same(before, _session.Current);
    }

    [Fact]
    public void The_remote_hold_is_answered_and_known()
    {
        Answer(Remote("m=audio 40000 RTP/AVP 8"));

        AssertHold("recvonly", MediaDirection.ReceiveOnly, "a=sendonly");
        AssertHold("inactive", MediaDirection.Inactive, "a=inactive");
        AssertHold("recvonly", MediaDirection.ReceiveOnly, "c=IN IP4 0.0.0.0");
        AssertHold("inactive", MediaDirection.Inactive, "c=IN IP4 0.0.0.0", "a=recvonly");

        Answer(Remote("m=audio 40000 RTP/AVP 8"));
        Assert.Equal((MediaDirection.SendReceive, false), (_session.Current!.Direction, _session.Current.HeldByRemote));

        void AssertHold(string word, MediaDirection direction, params string[] lines)
        {
            var answer = Answer(Remote(["m=audio 40000 RTP/AVP 8", .. lines]));
            Assert.Equal($"a={word}", Lines(answer)[^1]);
            Assert.Equal((direction, true), (_session.Current!.Direction, _session.Current.HeldByRemote));
        }
    }

    [Fact]
    public void A_first_offer_without_an_address_is_a_call_on_hold()
    {
        Answer(Remote("m=audio 40000 RTP/AVP 8", "c=IN IP4 0.0.0.0"));
        Assert.Equal(MediaDirection.ReceiveOnly, _session.Current!.Direction);
        Assert.Equal(IPAddress.Any, _session.Current.RemoteRtp.Address);
    }

    [Theory]
    [InlineData(MediaDirection.SendOnly, "a=recvonly", MediaDirection.SendOnly)]
    [InlineData(MediaDirection.SendOnly, "a=inactive", MediaDirection.Inactive)]
    [InlineData(MediaDirection.SendOnly, "a=sendrecv", MediaDirection.SendOnly)]
    [InlineData(MediaDirection.Inactive, "a=inactive", MediaDirection.Inactive)]
    [InlineData(MediaDirection.SendReceive, "a=sendrecv", MediaDirection.SendReceive)]
    [InlineData(MediaDirection.SendReceive, "a=recvonly", MediaDirection.SendOnly)]
    [InlineData(MediaDirection.SendReceive, "a=sendonly", MediaDirection.ReceiveOnly)]
    public void Our_offer_and_its_answer_decide_together(MediaDirection offered, string answer, MediaDirection agreed)
    {
        Assert.Equal(agreed, Offer(offered, "m=audio 40000 RTP/AVP 8", answer).Direction);
        Assert.Equal(offered, _session.Direction);
    }

    [Fact]
    public void An_answer_that_gives_up_receiving_is_the_remote_hold_unless_we_do_not_send()
    {
        Assert.True(Offer(MediaDirection.SendReceive, "m=audio 40000 RTP/AVP 8", "a=sendonly").HeldByRemote);
        Assert.True(Offer(MediaDirection.Inactive, "m=audio 40000 RTP/AVP 8", "a=inactive").HeldByRemote);
        Assert.False(Offer(MediaDirection.SendOnly, "m=audio 40000 RTP/AVP 8", "a=recvonly").HeldByRemote);
        Assert.False(Offer(MediaDirection.Inactive, "m=audio 40000 RTP/AVP 8", "a=inactive").HeldByRemote);
    }

    [Fact]
    public void While_we_hold_a_new_offer_does_not_resume()
    {
        Offer(MediaDirection.SendOnly, "m=audio 40000 RTP/AVP 8", "a=recvonly");
        var answer = Answer(Remote("m=audio 40000 RTP/AVP 8", "a=sendrecv"));
        Assert.Equal(MediaDirection.SendOnly, answer.Media[0].Direction);
        Assert.Equal(MediaDirection.SendOnly, _session.Current!.Direction);
    }

    [Fact]
    public void An_offer_that_was_refused_changes_nothing()
    {
        Offer(MediaDirection.SendReceive, "m=audio 40000 RTP/AVP 8");
        var before = _session.Current;
        _session.CreateOffer(MediaDirection.SendOnly);
        _session.WithdrawOffer();

        Assert.Same(before, _session.Current);
        Assert.Equal(MediaDirection.SendReceive, _session.Direction);
        Assert.False(_session.IsOfferPending);
        Assert.Equal(SdpOutcome.NoOffer, _session.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8")));
    }

    [Fact]
    public void Offers_that_cross_are_refused()
    {
        _session.CreateOffer(MediaDirection.SendReceive);
        Assert.Equal(SdpOutcome.OfferPending, _session.AcceptOffer(Remote("m=audio 40000 RTP/AVP 8"), out _));
    }

    [Fact]
    public void The_first_codec_of_an_answer_is_sent_and_all_are_received()
    {
        var media = Offer(MediaDirection.SendReceive, "m=audio 40000 RTP/AVP 0 8 101", "a=rtpmap:101 telephone-event/8000");
        Assert.Same(AudioCodecs.Pcmu, media.Codec);
        Assert.Equal([new ReceiveFormat(0, AudioCodecs.Pcmu), new ReceiveFormat(8, AudioCodecs.Pcma)], media.ReceiveFormats);
        Assert.Same(AudioCodecs.Pcma, media.CodecFor(8));
    }

    [Fact]
    public void Each_side_sends_under_the_numbers_of_the_other()
    {
        var session = new SdpSession(Here, [new DynamicCodec(), AudioCodecs.Pcma], 1);
        Assert.Equal("96 8 101", session.CreateOffer(MediaDirection.SendReceive).Media[0].FormatList);

        Assert.Equal(SdpOutcome.Accepted, session.AcceptAnswer(Remote(
            "m=audio 40000 RTP/AVP 120 121", "a=rtpmap:120 dynamic/8000", "a=rtpmap:121 telephone-event/8000")));

        var media = session.Current!;
        Assert.Equal((120, 96, 121, 101), (media.PayloadType, media.ReceivePayloadType, media.TelephoneEventPayloadType, media.ReceiveTelephoneEventPayloadType));
    }

    [Fact]
    public void Numbers_of_an_accepted_offer_are_kept_in_our_offers()
    {
        var session = new SdpSession(Here, [new DynamicCodec(), AudioCodecs.Pcma], 1);
        Assert.Equal(SdpOutcome.Accepted, session.AcceptOffer(
            Remote("m=audio 40000 RTP/AVP 8 101 96", "a=rtpmap:101 DYNAMIC/8000", "a=rtpmap:96 telephone-event/8000"), out var answer));
        Assert.Equal("101 96", answer!.Media[0].FormatList);
        Assert.Equal("101 8 96", session.CreateOffer(MediaDirection.SendReceive).Media[0].FormatList);
    }

    [Fact]
    public void The_codec_in_use_is_kept_through_new_offers_of_either_side()
    {
        Offer(MediaDirection.SendReceive, "m=audio 40000 RTP/AVP 0");
        Assert.Equal("0 8 9 101", _session.CreateOffer(MediaDirection.SendOnly).Media[0].FormatList);
        _session.WithdrawOffer();

        Assert.Equal("0", Answer(Remote("m=audio 40000 RTP/AVP 8 0")).Media[0].FormatList);
    }

    [Fact]
    public void Streams_keep_their_places_in_our_offers()
    {
        Answer(Remote("m=video 5000 RTP/AVP 31", "m=audio 40000 RTP/AVPF 8"));
        var offer = _session.CreateOffer(MediaDirection.SendOnly);
        Assert.Equal(
            ["m=video 0 RTP/AVP 31", "m=audio 30000 RTP/AVPF 8 0 9 101"],
            Lines(offer).Where(line => line.StartsWith("m=", StringComparison.Ordinal)));
        Assert.Equal(SdpOutcome.Accepted, _session.AcceptAnswer(Remote("m=video 0 RTP/AVP 31", "m=audio 40000 RTP/AVPF 8", "a=recvonly")));
        Assert.Equal(40000, _session.Current!.RemoteRtp.Port);
    }

    [Theory]
    [InlineData(SdpOutcome.NoAudio, "m=audio 0 RTP/AVP 8")]
    [InlineData(SdpOutcome.NoAudio, "m=video 5000 RTP/AVP 31")]
    [InlineData(SdpOutcome.NoCommonCodec, "m=audio 5000 RTP/AVP 18")]
    [InlineData(SdpOutcome.UnusableAddress, "m=audio 5000 RTP/AVP 8", "c=IN IP4 x.example")]
    public void An_answer_that_can_not_be_met_says_why(SdpOutcome outcome, params string[] stream)
    {
        _session.CreateOffer(MediaDirection.SendReceive);
        Assert.Equal(outcome, _session.AcceptAnswer(Remote(stream)));
        Assert.Null(_session.Current);
        Assert.Equal(SdpOutcome.NoAudio, _session.AcceptAnswer(Remote()));
    }

    [Fact]
    public void A_final_answer_may_differ_from_the_early_one()
    {
        Offer(MediaDirection.SendReceive, "m=audio 40000 RTP/AVP 8");
        Assert.Equal(SdpOutcome.Accepted, _session.AcceptAnswer(Remote("m=audio 41000 RTP/AVP 0")));
        Assert.Equal((41000, AudioCodecs.Pcmu), (_session.Current!.RemoteRtp.Port, _session.Current.Codec));
    }

    [Fact]
    public void The_version_grows_with_changes_and_only_then()
    {
        string Version(SessionDescription? description) => description!.Origin.SessionVersion;
        Assert.Equal("1", Version(_session.CreateOffer(MediaDirection.SendReceive)));
        Assert.Equal("1", Version(_session.CreateOffer(MediaDirection.SendReceive)));
        _session.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8 0 101", "a=rtpmap:101 telephone-event/8000"));
        Assert.Equal("1", Version(_session.CreateOffer(MediaDirection.SendReceive)));
        Assert.Equal("2", Version(_session.CreateOffer(MediaDirection.SendOnly)));
        _session.WithdrawOffer();
        Assert.Equal("3", Version(Answer(Remote("m=audio 40000 RTP/AVP 8"))));
        Assert.Equal("3", Version(Answer(Remote("m=audio 40000 RTP/AVP 8"))));
        Assert.Equal("4", Version(Answer(Remote("m=audio 40000 RTP/AVP 8", "a=sendonly"))));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(20, "a=ptime:10")]
    [InlineData(20, "a=ptime:30")]
    [InlineData(40, "a=ptime:40")]
    [InlineData(60, "a=ptime:200")]
    [InlineData(20, "a=ptime:60", "a=maxptime:20")]
    [InlineData(20, "a=ptime:0")]
    public void Packets_are_as_long_as_the_remote_side_likes_in_whole_frames(int milliseconds, params string[] lines)
    {
        Answer(Remote(["m=audio 40000 RTP/AVP 8", .. lines]));
        Assert.Equal(milliseconds, _session.Current!.PacketMilliseconds);
    }

    [Fact]
    public void Rtcp_goes_where_it_is_asked_for()
    {
        Answer(Remote("m=audio 40000 RTP/AVP 8", "a=rtcp:50000"));
        Assert.Equal(new IPEndPoint(There.Address, 50000), _session.Current!.RemoteRtcp);
        Answer(Remote("m=audio 40000 RTP/AVP 8", "a=rtcp:50000 IN IP4 192.0.2.30"));
        Assert.Equal(IPEndPoint.Parse("192.0.2.30:50000"), _session.Current!.RemoteRtcp);
    }

    [Fact]
    public void Rtcp_shares_the_port_when_both_sides_say_so()
    {
        Assert.True(Answer(Remote("m=audio 40000 RTP/AVP 8", "a=rtcp-mux")).Media[0].RtcpMux);
        Assert.Equal((true, There), (_session.Current!.RtcpMux, _session.Current.RemoteRtcp));

        Assert.False(Offer(MediaDirection.SendReceive, "m=audio 40000 RTP/AVP 8", "a=rtcp-mux").RtcpMux);

        var muxing = new SdpSession(Here, AudioCodecs.Default, 1, new SdpSessionOptions { OfferRtcpMux = true, AcceptRtcpMux = false });
        Assert.Contains("a=rtcp-mux", Lines(muxing.CreateOffer(MediaDirection.SendReceive)));
        muxing.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8"));
        Assert.False(muxing.Current!.RtcpMux);
        muxing.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8", "a=rtcp-mux"));
        Assert.True(muxing.Current.RtcpMux);
        muxing.AcceptOffer(Remote("m=audio 40000 RTP/AVP 8", "a=rtcp-mux"), out var answer);
        Assert.False(answer!.Media[0].RtcpMux);
    }

    [Fact]
    public void Sessions_without_telephone_events_neither_offer_nor_accept_them()
    {
        var session = new SdpSession(Here, AudioCodecs.Default, 1, new SdpSessionOptions { TelephoneEvents = false });
        Assert.Equal("8 0 9", session.CreateOffer(MediaDirection.SendReceive).Media[0].FormatList);
        session.WithdrawOffer();
        session.AcceptOffer(Remote("m=audio 40000 RTP/AVP 8 101", "a=rtpmap:101 telephone-event/8000"), out var answer);
        Assert.Equal("8", answer!.Media[0].FormatList);
    }

    [Fact]
    public void Ipv6_sessions_agree_among_themselves()
    {
        var session = new SdpSession(IPEndPoint.Parse("[2001:db8::10]:30000"), AudioCodecs.Default, 1);
        Assert.Equal("c=IN IP6 2001:db8::10", Lines(session.CreateOffer(MediaDirection.SendReceive))[3]);
        Assert.Equal(SdpOutcome.UnusableAddress, session.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8", "c=IN IP6 ff02::1")));
        Assert.Equal(SdpOutcome.UnusableAddress, session.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8")));
        Assert.Equal(SdpOutcome.Accepted, session.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8", "c=IN IP6 2001:db8::20")));
        Assert.Equal(IPEndPoint.Parse("[2001:db8::20]:40000"), session.Current!.RemoteRtp);
        session.AcceptOffer(Remote("m=audio 40000 RTP/AVP 8", "c=IN IP6 ::"), out _);
        Assert.True(session.Current.HeldByRemote);
    }

    [Fact]
    public void A_mapped_address_is_advertised_as_the_ipv4_address_it_is() => Assert.Contains(
        "c=IN IP4 192.0.2.10",
        Lines(new SdpSession(IPEndPoint.Parse("[::ffff:192.0.2.10]:30000"), AudioCodecs.Default, 1).CreateOffer(MediaDirection.SendReceive)));

    [Fact]
    public void Two_sessions_agree_with_each_other()
    {
        var other = new SdpSession(There, [AudioCodecs.Pcmu, AudioCodecs.Pcma], 43, new SdpSessionOptions { OfferRtcpMux = true });
        var offer = other.CreateOffer(MediaDirection.SendOnly);
        Assert.Equal(SdpError.None, SessionDescription.TryParse(offer.ToArray(), out var received));
        Assert.Equal(SdpError.None, SessionDescription.TryParse(Answer(received!).ToArray(), out var answer));
        Assert.Equal(SdpOutcome.Accepted, other.AcceptAnswer(answer!));

        Assert.Equal((Here, There), (other.Current!.RemoteRtp, _session.Current!.RemoteRtp));
        Assert.Same(other.Current.Codec, _session.Current.Codec);
        Assert.Equal((MediaDirection.SendOnly, MediaDirection.ReceiveOnly), (other.Current.Direction, _session.Current.Direction));
        Assert.Equal((true, true), (other.Current.RtcpMux, _session.Current.RtcpMux));
    }

    [Fact]
    public void What_can_not_be_advertised_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => new SdpSession(new IPEndPoint(IPAddress.Any, 4000), AudioCodecs.Default, 1));
        Assert.Throws<ArgumentException>(() => new SdpSession(new IPEndPoint(IPAddress.Loopback, 0), AudioCodecs.Default, 1));
        Assert.Throws<ArgumentException>(() => new SdpSession(Here, [], 1));
    }

    private sealed class DynamicCodec : AudioCodec
    {
        public override string Name => "dynamic";

        public override int? StaticPayloadType => null;

        public override int SampleRateHz => 8000;

        public override int RtpClockRateHz => 8000;

        public override AudioEncoder CreateEncoder() => throw new NotSupportedException();

        public override AudioDecoder CreateDecoder() => throw new NotSupportedException();
    }
}
