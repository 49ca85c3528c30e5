using System.Globalization;
using System.Net;
using System.Text;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Tests.Sdp;

/// <summary>Keys in offer and answer (RFC 4568), and what each policy makes of them.</summary>
public sealed class SdpSecurityTests
{
    private const string Key80 = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private const string OtherKey80 = "inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
    private const string KeyGcm128 = "inline:AAECAwQFBgcICQoLDA0OD6ChoqOkpaanqKmqqw==";
    private const string Cm80 = $"a=crypto:1 AES_CM_128_HMAC_SHA1_80 {Key80}";
    private const string Cm32 = $"a=crypto:2 AES_CM_128_HMAC_SHA1_32 {OtherKey80}";
    private const string Gcm128 = $"a=crypto:3 AEAD_AES_128_GCM {KeyGcm128}";

    private static readonly IPEndPoint Here = new(IPAddress.Parse("192.0.2.10"), 30000);
    private static readonly IPEndPoint There = new(IPAddress.Parse("192.0.2.20"), 40000);

    private static SdpSession Session(SrtpPolicy policy, IPEndPoint? local = null, params SrtpSuite[] suites) => new(
        local ?? Here, AudioCodecs.Default, 42, new SdpSessionOptions { Srtp = policy, SrtpSuites = suites.Length > 0 ? suites : SrtpSuiteExtensions.Preferred });

    private static SessionDescription Remote(params string[] lines)
    {
        var text = string.Join("\r\n", ["v=0", "o=- 7 1 IN IP4 192.0.2.20", "s=-", "c=IN IP4 192.0.2.20", "t=0 0", .. lines]) + "\r\n";
        return Parse(Encoding.UTF8.GetBytes(text));
    }

    private static SessionDescription Parse(byte[] body)
    {
        Assert.Equal(SdpError.None, SessionDescription.TryParse(body, out var description));
        return description!;
    }

    private static string[] Lines(SessionDescription description) =>
        Encoding.UTF8.GetString(description.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string[] CryptoLines(SessionDescription description) =>
        [.. Lines(description).Where(line => line.StartsWith("a=crypto:", StringComparison.Ordinal))];

    private static string StreamLine(SessionDescription description) => Lines(description).Single(line => line.StartsWith("m=", StringComparison.Ordinal));

    private static SessionDescription Answer(SdpSession session, params string[] offer)
    {
        Assert.Equal(SdpOutcome.Accepted, session.AcceptOffer(Remote(offer), out var answer));
        return answer!;
    }

    private static string RemoteKey(SdpSession session) => "inline:" + session.Current!.Srtp!.Remote.ToBase64();

    // Whether an answer is encrypted, plain or refused, by policy and offer.
    [Theory]
    [InlineData(SrtpPolicy.Never, "RTP/AVP", false, "plain")]
    [InlineData(SrtpPolicy.Never, "RTP/AVP", true, "plain")]
    [InlineData(SrtpPolicy.Never, "RTP/SAVP", true, "refused")]
    [InlineData(SrtpPolicy.Accepted, "RTP/AVP", false, "plain")]
    [InlineData(SrtpPolicy.Accepted, "RTP/AVP", true, "encrypted")]
    [InlineData(SrtpPolicy.Accepted, "RTP/AVPF", true, "encrypted")]
    [InlineData(SrtpPolicy.Accepted, "RTP/SAVP", true, "encrypted")]
    [InlineData(SrtpPolicy.Accepted, "RTP/SAVP", false, "refused")]
    [InlineData(SrtpPolicy.Offered, "RTP/AVP", false, "plain")]
    [InlineData(SrtpPolicy.Offered, "RTP/AVP", true, "encrypted")]
    [InlineData(SrtpPolicy.Offered, "RTP/SAVPF", true, "encrypted")]
    [InlineData(SrtpPolicy.Required, "RTP/AVP", false, "refused")]
    [InlineData(SrtpPolicy.Required, "RTP/AVP", true, "encrypted")]
    [InlineData(SrtpPolicy.Required, "RTP/SAVP", true, "encrypted")]
    [InlineData(SrtpPolicy.Required, "RTP/SAVP", false, "refused")]
    public void An_offer_is_answered_as_the_policy_says(SrtpPolicy policy, string protocol, bool withKey, string result)
    {
        var session = Session(policy);
        string[] key = withKey ? [Cm80] : [];

        var outcome = session.AcceptOffer(Remote([$"m=audio 40000 {protocol} 8", .. key]), out var answer);

        if (result == "refused")
        {
            Assert.Equal(SdpOutcome.NoCommonSecurity, outcome);
            Assert.Null(answer);
            Assert.Null(session.Current);
            return;
        }

        Assert.Equal(SdpOutcome.Accepted, outcome);
        Assert.Equal($"m=audio 30000 {protocol} 8", StreamLine(answer!));
        Assert.Equal(result == "encrypted", session.Current!.Srtp is not null);
        Assert.Equal(result == "encrypted" ? 1 : 0, CryptoLines(answer!).Length);
    }

    // What our first offer says, and whether each answer to it is encrypted, plain or refused.
    [Theory]
    [InlineData(SrtpPolicy.Never, "RTP/AVP", false, "plain")]
    [InlineData(SrtpPolicy.Accepted, "RTP/AVP", false, "plain")]
    [InlineData(SrtpPolicy.Accepted, "RTP/AVP", true, "plain")]
    [InlineData(SrtpPolicy.Accepted, "RTP/SAVP", true, "refused")]
    [InlineData(SrtpPolicy.Offered, "RTP/AVP", false, "plain")]
    [InlineData(SrtpPolicy.Offered, "RTP/AVP", true, "encrypted")]
    [InlineData(SrtpPolicy.Offered, "RTP/SAVP", true, "encrypted")]
    [InlineData(SrtpPolicy.Offered, "RTP/SAVP", false, "refused")]
    [InlineData(SrtpPolicy.Required, "RTP/SAVP", true, "encrypted")]
    [InlineData(SrtpPolicy.Required, "RTP/SAVP", false, "refused")]
    [InlineData(SrtpPolicy.Required, "RTP/AVP", false, "refused")]
    public void An_answer_is_taken_as_the_policy_says(SrtpPolicy policy, string protocol, bool withKey, string result)
    {
        var session = Session(policy);
        var offer = session.CreateOffer(MediaDirection.SendReceive);
        Assert.Equal(policy == SrtpPolicy.Required ? "m=audio 30000 RTP/SAVP 8 0 9 101" : "m=audio 30000 RTP/AVP 8 0 9 101", StreamLine(offer));
        Assert.Equal(policy >= SrtpPolicy.Offered ? 4 : 0, CryptoLines(offer).Length);
        string[] key = withKey ? [Cm80.Replace(":1 ", ":3 ", StringComparison.Ordinal)] : [];

        var outcome = session.AcceptAnswer(Remote([$"m=audio 40000 {protocol} 8", .. key]));

        Assert.Equal(result == "refused" ? SdpOutcome.NoCommonSecurity : SdpOutcome.Accepted, outcome);
        Assert.Equal(result == "refused", session.Current is null);
        Assert.Equal(result == "encrypted", session.Current?.Srtp is not null);
        if (result == "encrypted")
            Assert.Equal(Key80, RemoteKey(session));
    }

    [Fact]
    public void An_answer_whose_key_can_not_be_used_is_refused_also_where_plain_would_do()
    {
        var session = Session(SrtpPolicy.Offered);
        session.CreateOffer(MediaDirection.SendReceive);

        Assert.Equal(SdpOutcome.NoCommonSecurity, session.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8", "a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:short")));
    }

    [Fact]
    public void Our_offer_lists_the_suites_in_our_order_each_with_a_key_of_its_own()
    {
        var offer = Session(SrtpPolicy.Offered).CreateOffer(MediaDirection.SendReceive);
        Assert.Equal(
            ["1 AEAD_AES_256_GCM", "2 AEAD_AES_128_GCM", "3 AES_CM_128_HMAC_SHA1_80", "4 AES_CM_128_HMAC_SHA1_32"],
            CryptoLines(offer).Select(line => line["a=crypto:".Length..line.IndexOf(" inline:", StringComparison.Ordinal)]));
        Assert.Equal([44, 28, 30, 30], CryptoLines(offer).Select(line => Convert.FromBase64String(line[(line.IndexOf("inline:", StringComparison.Ordinal) + 7)..]).Length));
        Assert.Equal(4, CryptoLines(offer).Select(line => line[^30..]).Distinct().Count());

        var ours = Session(SrtpPolicy.Required, suites: [SrtpSuite.AesCm128HmacSha1Tag32, SrtpSuite.AeadAes128Gcm]).CreateOffer(MediaDirection.SendReceive);
        Assert.StartsWith("a=crypto:1 AES_CM_128_HMAC_SHA1_32 ", CryptoLines(ours)[0], StringComparison.Ordinal);
        Assert.StartsWith("a=crypto:2 AEAD_AES_128_GCM ", CryptoLines(ours)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_takes_the_first_line_we_know_under_its_tag_with_a_key_of_ours()
    {
        var session = Session(SrtpPolicy.Accepted);

        var line = Assert.Single(CryptoLines(Answer(session, "m=audio 40000 RTP/SAVP 8", "a=crypto:0 F8_128_HMAC_SHA1_80 " + Key80, Cm32, Cm80, Gcm128)));

        Assert.StartsWith("a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:", line, StringComparison.Ordinal);
        Assert.EndsWith("inline:" + session.Current!.Srtp!.Local.ToBase64(), line, StringComparison.Ordinal);
        Assert.Equal((SrtpSuite.AesCm128HmacSha1Tag32, OtherKey80), (session.Current.Srtp.Suite, RemoteKey(session)));
        Assert.NotEqual(OtherKey80, "inline:" + session.Current.Srtp.Local.ToBase64());
    }

    [Fact]
    public void A_suite_that_is_not_among_ours_is_passed_over()
    {
        var session = Session(SrtpPolicy.Required, suites: SrtpSuite.AeadAes128Gcm);
        Answer(session, "m=audio 40000 RTP/SAVP 8", Cm80, Gcm128);
        Assert.Equal(SrtpSuite.AeadAes128Gcm, session.Current!.Srtp!.Suite);

        Assert.Equal(SdpOutcome.NoCommonSecurity, Session(SrtpPolicy.Required, suites: SrtpSuite.AeadAes128Gcm)
            .AcceptOffer(Remote("m=audio 40000 RTP/SAVP 8", Cm80), out _));
    }

    [Theory]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80)]
    [InlineData("0 aes_cm_128_hmac_sha1_80 " + Key80)]
    [InlineData("999999999 AES_CM_128_HMAC_SHA1_80 " + Key80)]
    [InlineData("1  AES_CM_128_HMAC_SHA1_80  " + Key80 + "|2^48")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + "|1048576")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + "|2^20|1:4")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + "|1:4")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + " KDR=0 WSH=128")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + " -X-SOMETHING=1")]
    [InlineData("1 AEAD_AES_128_GCM inline:AAECAwQFBgcICQoLDA0OD6ChoqOkpaanqKmqqw")]
    public void A_line_with_a_key_is_read(string line)
    {
        var session = Session(SrtpPolicy.Required);
        Answer(session, "m=audio 40000 RTP/SAVP 8", "a=crypto:" + line);
        Assert.NotNull(session.Current!.Srtp);
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80 " + Key80)]
    [InlineData("x AES_CM_128_HMAC_SHA1_80 " + Key80)]
    [InlineData("1000000000 AES_CM_128_HMAC_SHA1_80 " + Key80)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("1 AES_192_CM_HMAC_SHA1_80 " + Key80)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubA==")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:????X19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz")]
    [InlineData("1 AEAD_AES_128_GCM " + Key80)]
    [InlineData("1 AEAD_AES_256_GCM " + KeyGcm128)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 uri:https://example.com/key")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + "|1:4;" + OtherKey80 + "|2:4")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + "|2^20|1:0")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + "|2^20|1:129")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + "|2^20|256:1")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + " UNENCRYPTED_SRTP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + " UNENCRYPTED_SRTCP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + " UNAUTHENTICATED_SRTP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + " KDR=2")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + " FEC_ORDER=FEC_SRTP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key80 + " X-SOMETHING=1")]
    public void A_line_we_can_not_meet_counts_as_not_there(string line)
    {
        Assert.Equal(SdpOutcome.NoCommonSecurity, Session(SrtpPolicy.Required).AcceptOffer(Remote("m=audio 40000 RTP/SAVP 8", "a=crypto:" + line), out _));

        var session = Session(SrtpPolicy.Required);
        Answer(session, "m=audio 40000 RTP/SAVP 8", "a=crypto:" + line, "a=crypto:7 AES_CM_128_HMAC_SHA1_80 " + OtherKey80);
        Assert.Equal(OtherKey80, RemoteKey(session));
    }

    [Fact]
    public void A_key_given_for_the_whole_session_is_not_taken() =>
        Assert.Equal(SdpOutcome.NoCommonSecurity, Session(SrtpPolicy.Accepted).AcceptOffer(Remote(Cm80, "m=audio 40000 RTP/SAVP 8"), out _));

    [Fact]
    public void Of_a_plain_and_an_encrypted_stream_the_one_the_policy_takes_is_taken()
    {
        string[] both = ["m=audio 40000 RTP/AVP 8", "m=audio 40002 RTP/SAVP 8", Cm80];
        var required = Session(SrtpPolicy.Required);
        Answer(required, both);
        Assert.Equal(40002, required.Current!.RemoteRtp.Port);

        var never = Session(SrtpPolicy.Never);
        Answer(never, "m=audio 40002 RTP/SAVP 8", Cm80, "m=audio 40000 RTP/AVP 8");
        Assert.Equal(40000, never.Current!.RemoteRtp.Port);
    }

    [Fact]
    public void Nothing_is_renewed_while_nothing_changes()
    {
        var session = Session(SrtpPolicy.Accepted);
        var first = CryptoLines(Answer(session, "m=audio 40000 RTP/SAVP 8", Cm80));
        var agreed = session.Current!.Srtp;

        Assert.Equal(first, CryptoLines(Answer(session, "m=audio 40000 RTP/SAVP 8", "a=sendonly", Cm80)));
        Assert.Same(agreed, session.Current.Srtp);

        // The line in use is kept, wherever it stands and whatever its tag is now.
        var line = Assert.Single(CryptoLines(Answer(session, "m=audio 40000 RTP/SAVP 8", Gcm128, Cm80.Replace(":1 ", ":5 ", StringComparison.Ordinal))));
        Assert.StartsWith("a=crypto:5 AES_CM_128_HMAC_SHA1_80 ", line, StringComparison.Ordinal);
        Assert.Same(agreed, session.Current.Srtp);
    }

    [Fact]
    public void A_hold_of_ours_keeps_keys_suite_and_transport()
    {
        var session = Session(SrtpPolicy.Accepted);
        Answer(session, "m=audio 40000 RTP/SAVP 8", Cm80);
        var agreed = session.Current!.Srtp!;

        var offer = session.CreateOffer(MediaDirection.SendOnly);
        Assert.Equal("m=audio 30000 RTP/SAVP 8 0 9 101", StreamLine(offer));
        Assert.Equal("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + agreed.Local.ToBase64(), CryptoLines(offer)[0]);
        Assert.Equal(SdpOutcome.Accepted, session.AcceptAnswer(Remote("m=audio 40000 RTP/SAVP 8", "a=recvonly", Cm80)));

        Assert.Same(agreed, session.Current.Srtp);
    }

    [Fact]
    public void A_plain_session_stays_plain_in_our_offers()
    {
        var session = Session(SrtpPolicy.Offered);
        session.CreateOffer(MediaDirection.SendReceive);
        session.AcceptAnswer(Remote("m=audio 40000 RTP/AVP 8"));

        Assert.Empty(CryptoLines(session.CreateOffer(MediaDirection.SendOnly)));
    }

    [Fact]
    public void A_new_key_of_the_peer_gets_a_new_key_of_ours()
    {
        var session = Session(SrtpPolicy.Accepted);
        Answer(session, "m=audio 40000 RTP/SAVP 8", Cm80);
        var agreed = session.Current!.Srtp!;

        Answer(session, "m=audio 40000 RTP/SAVP 8", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + OtherKey80);

        Assert.Equal(OtherKey80, RemoteKey(session));
        Assert.NotEqual(agreed.Local, session.Current.Srtp!.Local);
    }

    [Fact]
    public void A_key_that_was_given_up_does_not_come_back()
    {
        var session = Session(SrtpPolicy.Accepted);
        Answer(session, "m=audio 40000 RTP/SAVP 8", Cm80);
        var first = session.Current!.Srtp!.Local;

        Answer(session, "m=audio 40000 RTP/AVP 8");
        Assert.Null(session.Current.Srtp);
        Answer(session, "m=audio 40000 RTP/SAVP 8", Cm80);
        var second = session.Current.Srtp!.Local;
        Answer(session, "m=audio 40000 RTP/SAVP 8", Gcm128);
        Answer(session, "m=audio 40000 RTP/SAVP 8", Cm80);

        Assert.Equal(3, new[] { first, second, session.Current.Srtp.Local }.Select(key => key.ToBase64()).Distinct().Count());
    }

    [Fact]
    public void A_peer_that_answers_with_another_key_than_before_leaves_ours()
    {
        var session = Session(SrtpPolicy.Required);
        session.CreateOffer(MediaDirection.SendReceive);
        session.AcceptAnswer(Remote("m=audio 40000 RTP/SAVP 8", Cm80));
        var ours = session.Current!.Srtp!.Local;

        session.AcceptAnswer(Remote("m=audio 40000 RTP/SAVP 8", "a=crypto:3 AES_CM_128_HMAC_SHA1_80 " + OtherKey80));

        Assert.Equal((ours, OtherKey80), (session.Current.Srtp!.Local, RemoteKey(session)));
    }

    [Fact]
    public void A_refused_offer_changes_no_key()
    {
        var session = Session(SrtpPolicy.Required);
        Answer(session, "m=audio 40000 RTP/SAVP 8", Cm80);
        var before = session.Current;

        Assert.Equal(SdpOutcome.NoCommonCodec, session.AcceptOffer(Remote("m=audio 40000 RTP/SAVP 18", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + OtherKey80), out _));
        Assert.Equal(SdpOutcome.NoCommonSecurity, session.AcceptOffer(Remote("m=audio 40000 RTP/AVP 8"), out _));

        Assert.Same(before, session.Current);
        Assert.EndsWith(before!.Srtp!.Local.ToBase64(), CryptoLines(session.CreateOffer(MediaDirection.SendReceive))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SrtpPolicy.Offered, SrtpPolicy.Accepted, "AEAD_AES_256_GCM")]
    [InlineData(SrtpPolicy.Offered, SrtpPolicy.Required, "AEAD_AES_256_GCM")]
    [InlineData(SrtpPolicy.Required, SrtpPolicy.Offered, "AEAD_AES_256_GCM")]
    [InlineData(SrtpPolicy.Offered, SrtpPolicy.Never, null)]
    [InlineData(SrtpPolicy.Accepted, SrtpPolicy.Offered, null)]
    public void Two_sessions_agree_on_keys_crosswise(SrtpPolicy offerer, SrtpPolicy answerer, string? suite)
    {
        var (caller, called) = (Session(offerer, There), Session(answerer));
        Assert.Equal(SdpOutcome.Accepted, called.AcceptOffer(Parse(caller.CreateOffer(MediaDirection.SendReceive).ToArray()), out var answer));
        Assert.Equal(SdpOutcome.Accepted, caller.AcceptAnswer(Parse(answer!.ToArray())));

        Assert.Equal(suite, caller.Current!.Srtp?.ToString());
        Assert.Equal(suite, called.Current!.Srtp?.ToString());
        Assert.Equal(caller.Current.Srtp?.Local, called.Current.Srtp?.Remote);
        Assert.Equal(caller.Current.Srtp?.Remote, called.Current.Srtp?.Local);
    }

    [Fact]
    public void Keys_stand_in_the_body_and_nowhere_else()
    {
        var session = Session(SrtpPolicy.Accepted);
        var offer = Remote(Cm80, "m=audio 40000 RTP/SAVP 8", Cm80, "a=crypto:9 UNKNOWN " + OtherKey80);
        Assert.Equal(SdpOutcome.Accepted, session.AcceptOffer(offer, out var answer));
        var ours = session.Current!.Srtp!.Local.ToBase64();

        Assert.Contains(ours, Encoding.UTF8.GetString(answer!.ToArray()), StringComparison.Ordinal);
        object?[] shown = [answer, answer.Media[0], offer, offer.Media[0], session.Current, session.Current.Srtp, .. offer.Attributes, .. offer.Media[0].Attributes];
        foreach (var thing in shown)
        {
            foreach (var secret in (string[])[ours, Key80["inline:".Length..], OtherKey80["inline:".Length..]])
                Assert.DoesNotContain(secret, Convert.ToString(thing, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        Assert.Contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:hidden", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Encryption_without_a_suite_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => new SdpSession(Here, AudioCodecs.Default, 1, new SdpSessionOptions { Srtp = SrtpPolicy.Required, SrtpSuites = [] }));
        _ = new SdpSession(Here, AudioCodecs.Default, 1, new SdpSessionOptions { Srtp = SrtpPolicy.Never, SrtpSuites = [] });
    }
}
