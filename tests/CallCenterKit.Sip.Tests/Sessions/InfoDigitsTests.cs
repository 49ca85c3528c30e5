using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Digits to a far end that takes no telephone events.</summary>
public sealed class InfoDigitsTests
{
    private static readonly TimeSpan Tone = TimeSpan.FromMilliseconds(160);
    private static readonly string NoEvents = DriverHarness.Sdp.Replace(" 101\n", "\n", StringComparison.Ordinal).Replace("a=rtpmap:101 telephone-event/8000\n", "", StringComparison.Ordinal);

    [Fact]
    public async Task Digits_go_one_after_another_each_when_the_one_before_has_arrived()
    {
        await using var sip = await ConnectAsync("Allow: INVITE, INFO\n");
        var sending = Send(sip, "1#");

        var first = Assert.Single(sip.SentOf("INFO"));
        Assert.Equal("application/dtmf-relay", first.Header("Content-Type"));
        Assert.EndsWith("\r\n\r\nSignal=1\r\nDuration=160\r\n", first.Text, StringComparison.Ordinal);
        sip.Respond(first, 200);
        await sip.Time.Work.WaitUntilIdleAsync();
        Assert.False(sending.IsCompleted);
        Assert.Contains("Signal=#", sip.Last.Text, StringComparison.Ordinal);
        sip.Respond(sip.Last, 200);

        await sending;
        Assert.Equal(2, sip.SentOf("INFO").Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Allow: INVITE, ACK, BYE\n")]
    public async Task Far_end_that_takes_no_info_takes_no_digits(string allow)
    {
        await using var sip = await ConnectAsync(allow);

        await Assert.ThrowsAsync<NotSupportedException>(() => Send(sip, "1"));

        Assert.Empty(sip.SentOf("INFO"));
    }

    [Fact]
    public async Task Far_end_that_refuses_a_digit_gets_no_more()
    {
        await using var sip = await ConnectAsync("Allow: INFO\n");
        var sending = Send(sip, "12");

        sip.Respond(sip.Last, 415);

        await Assert.ThrowsAsync<NotSupportedException>(() => sending);
        Assert.Single(sip.SentOf("INFO"));
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(408)]
    [InlineData(481)]
    public async Task Digit_that_finds_the_party_gone_ends_the_call(int status)
    {
        await using var sip = await ConnectAsync("Allow: INFO\n");
        var sending = Send(sip, "1");

        if (status > 0)
            sip.Respond(sip.Last, status);
        else
            sip.Advance(32_010);

        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
    }

    [Fact]
    public async Task Digits_end_with_the_call()
    {
        await using var sip = await ConnectAsync("Allow: INFO\n");
        var first = Send(sip, "1");
        var second = Send(sip, "2");
        Assert.Single(sip.SentOf("INFO")); // the second waits

        sip.Call.HangUp(HangUpCause.Normal);

        await Assert.ThrowsAsync<CallEndedException>(() => first);
        await Assert.ThrowsAsync<CallEndedException>(() => second);
        Assert.Single(sip.SentOf("INFO"));
    }

    [Fact]
    public async Task Cancelling_stops_after_the_digit_being_sent()
    {
        using var cancellation = new CancellationTokenSource();
        await using var sip = await ConnectAsync("Allow: INFO\n");
        var sending = Send(sip, "12", cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        sip.Respond(sip.Last, 200);

        Assert.Single(sip.SentOf("INFO"));
    }

    [Theory]
    [InlineData("1x", 160)]
    [InlineData("1", 39)]
    [InlineData("1", 5001)]
    public async Task Mistakes_are_refused_before_anything_is_sent(string digits, int milliseconds)
    {
        await using var sip = await ConnectAsync("Allow: INFO\n");

        await Assert.ThrowsAsync<ArgumentException>(() => sip.Call.SendDigitsAsync(digits, TimeSpan.FromMilliseconds(milliseconds), default).AsTask());

        Assert.Empty(sip.SentOf("INFO"));
    }

    private static Task Send(DriverHarness sip, string digits, CancellationToken cancellationToken = default) =>
        sip.Call.SendDigitsAsync(digits, Tone, cancellationToken).AsTask();

    private static async Task<DriverHarness> ConnectAsync(string allow)
    {
        var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(NoEvents, allow);
        await sip.Call.AnswerAsync(default);
        sip.Acknowledge(DriverHarness.TagOf(sip.Last));
        return sip;
    }
}
