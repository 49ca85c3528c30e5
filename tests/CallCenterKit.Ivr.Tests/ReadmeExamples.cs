using CallCenterKit.Ivr.Input;
using CallCenterKit.Queues;

namespace CallCenterKit.Ivr;

/// <summary>The examples of the package's README, which a test compares with these. Both say the same to every caller.</summary>
internal static class ReadmeExamples
{
    public static IvrFlow AsData() =>
        // snippet: data
        IvrFlow.Create("main", flow => flow
            .Answer()
            .Play("welcome.wav")
            .Menu("menu.wav", menu => menu
                .On('1', "support")
                .On('2', "account"))
            .Queue("reception")
            .HangUp()
            .Node("support", node => node
                .Queue("support", queue => queue.OnTimedOut("sorry"))
                .HangUp())
            .Node("account", node => node
                .Collect("account", "account.wav", digits: (4, 8))
                .GoTo("support"))
            .Node("sorry", node => node
                .Play("sorry.wav")
                .HangUp()));
    // end

    public static IFlow AsCode() => CallFlow.Create("main", MainAsync);

    // snippet: code
    private static readonly Menu SupportOrAccount = new("12");

    private static async Task MainAsync(FlowCall call, CancellationToken ct)
    {
        await call.AnswerAsync(ct);
        await call.PlayAsync("welcome.wav", ct);
        var choice = await call.AskAsync("menu.wav", SupportOrAccount, ct);
        if (choice is not MenuChoice.Digit)
        {
            await call.QueueAsync("reception", ct);
            return;
        }

        if (choice is MenuChoice.Digit('2')
            && await call.CollectAsync("account.wav", new(4, 8), ct) is DigitsResult.Collected(var account))
            call.SetVariable("account", account);
        if (await call.QueueAsync("support", ct) is QueueOutcome.TimedOut)
            await call.PlayAsync("sorry.wav", ct);
    }
    // end
}
