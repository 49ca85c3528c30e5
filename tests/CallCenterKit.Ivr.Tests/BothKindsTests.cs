using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Queues;

namespace CallCenterKit.Ivr;

/// <summary>A flow as data and the same as code say the same, at the same time, whatever the caller does.</summary>
public sealed class BothKindsTests
{
    /// <summary>Keys, each after the seconds before it; "!" is the caller hanging up.</summary>
    public static TheoryData<string> Callers =>
    [
        "", "0 1", "0 2 0 4 0 7 0 1 0 1 0 #", "3 1", "3 2 4 1 1 2 1 3 1 4", "1 2 1 4 1 7 1 #", "3 9 1 9 1 9 1 9", "3 2 9 *",
        "1 !", "3 1 5 !", "3 2 1 !", "20 1", "3 2 30 !", "0 7 0 1 5 1",
    ];

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task Both_kinds_of_flow_say_the_same_to_the_same_keys(string keys)
    {
        var asData = await TalkAsync(ReadmeExamples.AsData(), keys);
        var asCode = await TalkAsync(ReadmeExamples.AsCode(), keys);

        Assert.Equal(asCode, asData);
        Assert.Equal("0 answered", asData[0]);
    }

    [Fact]
    public async Task The_examples_do_what_they_say()
    {
        Assert.Equal(
            ["0 answered", "0 play welcome.wav", "2 play menu.wav", "3 stopped", "3 play account.wav", "5 queue support", "15 play sorry.wav", "17 hang up Normal", "account 1234", "Returned"],
            await TalkAsync(ReadmeExamples.AsData(), "3 2 2 1 0 2 0 3 0 4 0 #"));
    }

    private static async Task<List<string>> TalkAsync(IFlow flow, string keys)
    {
        using var caller = new Caller();
        caller.Session.Queues["reception"] = new QueueOutcome.Answered(new("alice"), TimeSpan.FromSeconds(3));
        caller.Session.Queues["support"] = new QueueOutcome.TimedOut(TimeSpan.FromSeconds(10), null);
        var running = await caller.BeginAsync(flow);
        foreach (var pair in keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2))
        {
            await caller.AfterAsync(double.Parse(pair[0], System.Globalization.CultureInfo.InvariantCulture));
            if (pair[1] == "!")
                caller.Call.LeftByCaller();
            else
                caller.Press(pair[1]);
        }

        var end = await caller.EndOf(running);
        return [.. caller.Transcript, $"account {caller.Session.GetVariable("account")}", end.ToString()];
    }
}
