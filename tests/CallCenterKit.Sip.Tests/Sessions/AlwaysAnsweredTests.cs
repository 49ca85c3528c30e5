using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Whatever is asked within a dialog, in whatever state, has one final answer at once (RFC 3261 §8.2, §12.2.2).</summary>
public sealed class AlwaysAnsweredTests
{
    private static readonly string[] Methods =
        ["OPTIONS", "INFO", "UPDATE", "PRACK", "SUBSCRIBE", "NOTIFY", "REFER", "MESSAGE", "PUBLISH", "REGISTER", "FROBNICATE", "INVITE", "BYE"];

    public enum State
    {
        Ringing,
        EarlyAudio,
        ReliableEarlyAudio,
        Unacknowledged,
        UnacknowledgedOffer,
        Answered,
        Holding,
        BackingOff,
        Ended,
        HungUpUnacknowledged,
        Refused,
        DialledEarly,
        DialledAnswered,
        DialledLost,
    }

    public static TheoryData<State, string> Table
    {
        get
        {
            var table = new TheoryData<State, string>();
            foreach (var state in Enum.GetValues<State>())
            {
                foreach (var method in Methods)
                    table.Add(state, method);
            }
            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Request_within_a_dialog_has_one_final_answer_at_once(State state, string method)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var request = await EnterAsync(sip, state, method);
        var before = sip.ResponsesTo(method).Count();

        sip.Transport.Receive(request);

        var answers = sip.ResponsesTo(method).Skip(before).Where(answer => answer.Header("CSeq").StartsWith("70 ", StringComparison.Ordinal));
        var answer = Assert.Single(answers);
        Assert.DoesNotContain("SIP/2.0 1", answer.StartLine, StringComparison.Ordinal);
        if (answer.StartLine.StartsWith("SIP/2.0 405", StringComparison.Ordinal))
            Assert.Contains("INVITE", answer.Header("Allow"), StringComparison.Ordinal);
        if (method == "FROBNICATE" && state is not (State.Ended or State.HungUpUnacknowledged))
            Assert.Equal("SIP/2.0 405 Method Not Allowed", answer.StartLine);
        if (method == "BYE" && state is State.Ringing or State.Answered or State.DialledAnswered)
            Assert.Equal("SIP/2.0 200 OK", answer.StartLine);
    }

    // Number 70 is beyond all others.
    private static async Task<string> EnterAsync(DriverHarness sip, State state, string method)
    {
        if (state is State.DialledEarly or State.DialledAnswered or State.DialledLost)
        {
            _ = sip.DialAsync();
            var invite = sip.Last;
            sip.Respond(invite, 183, tag: "one", body: DriverHarness.Sdp);
            if (state != State.DialledEarly)
                sip.Respond(invite, 200, tag: state == State.DialledLost ? "two" : "one", body: DriverHarness.Sdp);
            return sip.FarRequest(invite, method, 70, "one", body: method == "INVITE" ? DriverHarness.Sdp : "");
        }

        var tag = state switch
        {
            State.Ringing or State.Refused => await RingAsync(sip),
            State.EarlyAudio => await EarlyAsync(sip, ""),
            State.ReliableEarlyAudio => await EarlyAsync(sip, "Supported: 100rel\n"),
            State.Unacknowledged or State.HungUpUnacknowledged => await AnswerAsync(sip, DriverHarness.Sdp),
            State.UnacknowledgedOffer => await AnswerAsync(sip, ""),
            _ => await sip.ConnectAsync(),
        };
        if (state is State.Holding or State.BackingOff)
            _ = sip.Call.HoldAsync(true, default).AsTask();
        if (state == State.BackingOff)
            sip.Respond(sip.Last, 491);
        if (state is State.Ended or State.HungUpUnacknowledged or State.Refused)
            sip.Call.HangUp(HangUpCause.Normal);
        return sip.Request(method, toTag: tag, cseq: 70, body: method == "INVITE" ? DriverHarness.Sdp : "");
    }

    private static async Task<string> RingAsync(DriverHarness sip)
    {
        sip.Invite();
        await sip.Call.RingAsync(default);
        return DriverHarness.TagOf(sip.Last);
    }

    private static async Task<string> EarlyAsync(DriverHarness sip, string extra)
    {
        sip.Invite(extra: extra);
        await sip.Call.StartEarlyAudioAsync(default);
        return DriverHarness.TagOf(sip.Last);
    }

    private static async Task<string> AnswerAsync(DriverHarness sip, string body)
    {
        sip.Invite(body);
        await sip.Call.AnswerAsync(default);
        return DriverHarness.TagOf(sip.Last);
    }
}
