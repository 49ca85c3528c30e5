using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Which audio format is offered and which is taken.</summary>
public sealed class CodecTests
{
    [Theory]
    [InlineData("8", "0 8 9")]
    [InlineData("0", "9 0")]
    [InlineData("9", "9")]
    [InlineData("9", "0 8 9", "G722", "PCMA")]
    [InlineData("0", "8 0", "pcmu")]
    [InlineData("97", "8 97", "L16/16000", "PCMA")]
    public async Task Caller_is_answered_with_the_first_of_our_formats_it_has(string answered, string offered, params string[] codecs)
    {
        await using var sip = await DriverHarness.StartTrustedAsync(options => AddAll(options.Codecs, codecs));

        sip.Invite(Offer(offered));
        await sip.Call.AnswerAsync(default);

        Assert.Contains($"m=audio 16384 RTP/AVP {answered}\r\n", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Format_the_center_does_not_want_is_refused()
    {
        await using var sip = await DriverHarness.StartTrustedAsync(options => options.Codecs.Add("PCMA"));

        sip.Invite(Offer("0 9"));

        Assert.StartsWith("SIP/2.0 488 ", sip.Last.StartLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200", "8 0", "m=audio 16384 RTP/AVP 0\r\n")]
    [InlineData("488", "8", "")]
    public async Task Trunk_calls_in_the_formats_of_its_own_list(string status, string offered, string answered)
    {
        await using var sip = await DriverHarness.StartAsync(options => options.Trunks.Add(
            new() { Name = "carrier", Host = "192.0.2.1", Addresses = { "192.0.2.1" }, HealthInterval = TimeSpan.Zero, Codecs = { "PCMU", "G722" } }));

        sip.Invite(Offer(offered));
        if (status == "200")
            await sip.Call.AnswerAsync(default);

        Assert.StartsWith($"SIP/2.0 {status} ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Contains(answered, sip.Last.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "9", "9 8 0 101 ")]
    [InlineData(true, "0", "0 8 9 101 ")]
    [InlineData(false, "0", "0 8 9 101 ")]
    [InlineData(false, "9 8", "8 0 9 101 ")]
    public async Task Party_is_offered_the_format_of_whom_it_is_dialled_for_also_before_that_one_is_answered(bool isAnswered, string callers, string offered)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(Offer(callers));
        if (isAnswered)
            await sip.Call.AnswerAsync(default);

        _ = sip.Driver.DialAsync(
            new() { Id = new(Guid.Empty), Target = new DialTarget.ToAddress("sip:b@192.0.2.1"), Caller = new(""), PreferFormatsOf = sip.Call }, default).AsTask();

        Assert.Contains($" RTP/AVP {offered}", sip.SentOf("INVITE").Last().Text.Replace("\r\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static void AddAll(IList<string> list, string[] items)
    {
        foreach (var item in items)
            list.Add(item);
    }

    private static string Offer(string formats) =>
        $"v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP {formats}\na=rtpmap:97 L16/16000\n";
}
