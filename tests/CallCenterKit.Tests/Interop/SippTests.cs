using System.Text.RegularExpressions;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Interop;

/// <summary>What sipp, a judge that knows no mercy, says of the whole house.</summary>
[Collection(InteropCollection.Name)]
public partial class SippTests
{
    [Fact]
    public async Task A_phone_with_the_right_password_registers()
    {
        await using var pbx = await PbxFixture.StartAsync();

        var result = await pbx.RunSippAsync("register", "100");

        result.AssertPassed();
        Assert.True(pbx.Sip.IsReachable(new("100")));
    }

    [Theory]
    [InlineData("register-refused")]
    [InlineData("call-refused")]
    public async Task A_wrong_password_and_an_unknown_user_cannot_be_told_apart(string scenario)
    {
        await using var pbx = await PbxFixture.StartAsync();

        var wrongPassword = await pbx.RunSippAsync(scenario, "100", PbxFixture.Menu, password: "guess");
        var unknownUser = await pbx.RunSippAsync(scenario, "999", PbxFixture.Menu, password: "guess");

        wrongPassword.AssertPassed();
        unknownUser.AssertPassed();
        Assert.StartsWith("SIP/2.0 401 ", wrongPassword.Received[0], StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 403 ", wrongPassword.Received[^1], StringComparison.Ordinal);
        Assert.Equal(wrongPassword.Received.Select(WithoutWhatIsDrawn), unknownUser.Received.Select(WithoutWhatIsDrawn));
        Assert.False(pbx.Sip.IsReachable(new("100")));
        Assert.Empty(await pbx.Center.Records.ListAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_caller_who_leaves_in_the_menu_is_remembered_so()
    {
        await using var pbx = await PbxFixture.StartAsync();

        var result = await pbx.RunSippAsync("call", "100", PbxFixture.Menu);

        result.AssertPassed();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal(
            (CallRecordEnding.EndedInFlow, CallEndedBy.Party, HangUpCause.Normal, "main", "endpoint:100", "100", "600"),
            (record.Ending, record.EndedBy, record.Cause, record.Flow, record.Origin, record.Number, record.Dialled));
        Assert.NotNull(record.AnsweredAt);
        Assert.Null(record.Queue);
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task A_caller_who_is_hung_up_on_answers_the_goodbye()
    {
        await using var pbx = await PbxFixture.StartAsync();

        var result = await pbx.RunSippAsync("call-until-bye", "100", PbxFixture.Announcement);

        result.AssertPassed();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.EndedInFlow, CallEndedBy.Center, HangUpCause.Normal), (record.Ending, record.EndedBy, record.Cause));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_while_waiting_is_abandoned_with_the_time_waited()
    {
        await using var pbx = await PbxFixture.StartAsync();

        var result = await pbx.RunSippAsync("call", "100", PbxFixture.Queue, TimeSpan.FromSeconds(2));

        result.AssertPassed();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Abandoned, QueueExit.Abandoned, 0), (record.Ending, record.QueueExit, record.Offers));
        Assert.Equal(new QueueId("support"), record.Queue);
        Assert.InRange(record.Waited!.Value, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(3));
        Near.AssertNear(record.EndedAt!.Value - record.EnqueuedAt!.Value, record.Waited.Value, TimeSpan.FromMilliseconds(250));
        Assert.Empty(record.Recordings);
    }

    [Fact]
    public async Task A_call_cancelled_while_an_agent_rings_is_abandoned_and_the_phone_stops()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var agent = await pbx.StartPhoneAsync("200", toneHz: 1033);

        var call = pbx.RunSippAsync("cancel", "100", PbxFixture.RingingQueue, TimeSpan.FromSeconds(3));
        await agent.WaitIncomingAsync();
        await agent.WaitClosedAsync();

        (await call).AssertPassed();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal(
            (CallRecordEnding.Abandoned, QueueExit.Abandoned, CallEndedBy.Party, HangUpCause.Cancelled, 1),
            (record.Ending, record.QueueExit, record.EndedBy, record.Cause, record.Offers));
        Assert.InRange(record.Waited!.Value, TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(4));
        Assert.Null(record.AnsweredAt);
        Assert.Empty(record.Legs);
    }

    [Fact]
    public async Task A_call_to_an_extension_that_is_cancelled_ends_at_the_phone_that_rings()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var phone = await pbx.StartPhoneAsync("201", toneHz: 1033);

        var result = await pbx.RunSippAsync("cancel", "100", "201");

        result.AssertPassed();
        await phone.WaitClosedAsync();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.EndedInFlow, CallEndedBy.Party, HangUpCause.Cancelled), (record.Ending, record.EndedBy, record.Cause));
        Assert.Equal(TimeSpan.Zero, record.Talk);
    }

    [Fact]
    public async Task A_call_through_the_queue_talks_until_the_caller_hangs_up()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var agent = await pbx.StartPhoneAsync("200", toneHz: 1033, autoAnswer: true);

        var result = await pbx.RunSippAsync("call", "100", PbxFixture.Queue, TimeSpan.FromSeconds(3));

        result.AssertPassed();
        await agent.WaitClosedAsync();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Completed, QueueExit.Answered, new AgentId("alice")), (record.Ending, record.QueueExit, record.Agent));
        Assert.InRange(record.Talk, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public async Task A_number_that_leads_nowhere_is_not_found_and_remembered_as_refused()
    {
        await using var pbx = await PbxFixture.StartAsync();

        (await pbx.RunSippAsync("call-not-found", "100", "999")).AssertPassed();

        Assert.Equal(CallRecordEnding.Refused, (await pbx.SingleRecordAsync()).Ending);
    }

    [Theory]
    [InlineData("call-no-codec")]
    [InlineData("unknown-method")]
    [InlineData("options")]
    public async Task What_is_no_call_is_answered_and_leaves_no_record(string scenario)
    {
        await using var pbx = await PbxFixture.StartAsync();

        (await pbx.RunSippAsync(scenario, "100", PbxFixture.Menu)).AssertPassed();

        Assert.Empty(await pbx.Center.Records.ListAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1, TestContext.Current.CancellationToken));
        Assert.Equal(0, pbx.Sip.LiveCalls);
    }

    private static string WithoutWhatIsDrawn(string response) =>
        Drawn().Replace(response, "").Replace("999", "100", StringComparison.Ordinal);

    [GeneratedRegex("""nonce="[^"]*"|opaque="[^"]*"|tag=[^;\s>]*|^Call-ID:.*$|^Via:.*$|^Date:.*$""", RegexOptions.Multiline)]
    private static partial Regex Drawn();
}
