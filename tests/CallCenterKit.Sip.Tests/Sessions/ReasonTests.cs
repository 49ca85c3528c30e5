using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Why calls end, in the words of SIP and of the telephone network (RFC 3326, RFC 3398, Q.850).</summary>
public sealed class ReasonTests
{
    [Theory]
    [InlineData(HangUpCause.Normal, "Q.850;cause=16")]
    [InlineData(HangUpCause.Busy, "Q.850;cause=17")]
    [InlineData(HangUpCause.NetworkLost, "Q.850;cause=102")]
    [InlineData(HangUpCause.Failed, "Q.850;cause=41")]
    public async Task Goodbye_says_why(HangUpCause cause, string reason)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();

        sip.Call.HangUp(cause);

        Assert.Contains($"\r\nReason: {reason}\r\n", sip.Last.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HangUpCause.Busy, "486", "Q.850;cause=17")]
    [InlineData(HangUpCause.NotFound, "404", "Q.850;cause=1")]
    [InlineData(HangUpCause.NoCommonFormat, "488", "Q.850;cause=88")]
    public async Task Refusal_says_why(HangUpCause cause, string status, string reason)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();

        sip.Call.HangUp(cause);

        Assert.StartsWith($"SIP/2.0 {status} ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Contains($"\r\nReason: {reason}\r\n", sip.Last.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HangUpCause.Normal)]
    [InlineData("Reason: Q.850;cause=16;text=\"Normal call clearing\"\n", HangUpCause.Normal)]
    [InlineData("Reason: Q.850 ; cause=38\n", HangUpCause.NetworkLost)]
    [InlineData("Reason: SIP;cause=200, q.850;text=\"a, b\";cause=17\n", HangUpCause.Busy)]
    [InlineData("Reason: Q.850;cause=nonsense\n", HangUpCause.Normal)]
    [InlineData("Reason: Q.850\n", HangUpCause.Normal)]
    [InlineData("Reason: \n", HangUpCause.Normal)]
    public async Task Goodbye_of_a_gateway_is_understood(string reason, HangUpCause cause)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        sip.Ask("BYE", reason, tag, 2);

        Assert.Equal(new CallEnding(cause, CallEndedBy.Party), sip.Call.Ending);
    }

    [Theory]
    [InlineData(503, "Reason: Q.850;cause=17\n", "Busy")]
    [InlineData(480, "Reason: Q.850;cause=19\n", "NoAnswer")]
    [InlineData(503, "Reason: Q.850;cause=34\n", "Rejected 503")]
    [InlineData(503, "Reason: SIP;cause=17\n", "Rejected 503")]
    [InlineData(486, "Reason: Q.850;cause=16\n", "Busy")]
    public async Task Refusal_of_a_gateway_is_understood(int status, string reason, string expected)
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();

        sip.Respond(sip.Last, status, extra: reason);

        Assert.Equal(expected, await dialling switch
        {
            DialOutcome.Rejected rejected => $"Rejected {rejected.Status}",
            var other => other.GetType().Name,
        });
    }
}
