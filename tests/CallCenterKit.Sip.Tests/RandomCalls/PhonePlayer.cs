using CallCenterKit.Testing;

namespace CallCenterKit.Sip.Tests.RandomCalls;

/// <summary>The phone's part of a plan.</summary>
/// <param name="phone">Its own, for this call alone.</param>
/// <param name="clock">A phone that lives on when this one dies.</param>
/// <param name="plan">What it does.</param>
internal sealed class PhonePlayer(ScriptedPhone phone, ScriptedPhone clock, CallPlan plan)
{
    public async Task CallAsync()
    {
        var call = phone.Dial("100");
        var others = Task.WhenAll(GiveUpAsync(call), RepeatAsync(), DieAsync());
        if (await call.Outcome is ScriptedCallOutcome.Answered) await TalkAsync(call);
        await call.Ended;
        await others;
    }

    public async Task BeCalledAsync()
    {
        var death = DieAsync();
        using var patience = new CancellationTokenSource();
        var coming = phone.NextCallAsync(patience.Token);
        var impatience = LoseAsync(patience);
        try
        {
            var call = await coming;
            await clock.PauseAsync(plan.RingsAfter);
            if (plan.Rings) call.Ring();
            await clock.PauseAsync(plan.RepliesAfter);
            if (plan.Reply == Reply.Refuse) call.Reject(plan.RefusalCode);
            else if (plan.Reply == Reply.Answer && await call.AnswerAsync()) await TalkAsync(call);
            else if (plan.Reply == Reply.Nothing) await StopRingingAsync(call);
            await call.Ended;
        }
        catch (OperationCanceledException)
        {
            // The INVITE never arrived, or found a phone without power.
        }

        await impatience;
        await death;
    }

    private async Task TalkAsync(ScriptedCall call)
    {
        foreach (var (pause, act) in plan.PhoneActs)
        {
            await clock.PauseAsync(pause);
            await (act switch
            {
                PhoneAct.Hold => call.HoldAsync(),
                PhoneAct.Resume => call.ResumeAsync(),
                PhoneAct.Info => call.RequestAsync("INFO"),
                PhoneAct.Options => call.RequestAsync("OPTIONS"),
                PhoneAct.Update => call.RequestAsync("UPDATE"),
                _ => call.RequestAsync("REFER", "Refer-To: <sip:200@10.0.0.1>"),
            });
        }

        if (plan.PhoneHangsUpAfter is not { } after) return;
        await clock.PauseAsync(after);
        await call.HangUpAsync();
    }

    // As every phone does at some time: the caller may be gone without a word that arrived.
    private async Task StopRingingAsync(ScriptedCall call)
    {
        await clock.PauseAsync(TimeSpan.FromSeconds(60));
        await call.HangUpAsync();
    }

    private async Task GiveUpAsync(ScriptedCall call)
    {
        if (plan.GivesUpAfter is not { } after) return;
        await clock.PauseAsync(after);
        call.Cancel();
    }

    private async Task RepeatAsync()
    {
        if (plan.RepeatsInviteAfter is not { } after) return;
        await clock.PauseAsync(after);
        if (phone.Trace.FirstOrDefault(line => line.IsSent && line.Text.StartsWith("INVITE ", StringComparison.Ordinal)) is { } invite) phone.SendRaw(invite.Text);
    }

    private async Task DieAsync()
    {
        if (plan.DiesAfter is not { } after) return;
        await clock.PauseAsync(after);
        await phone.DisposeAsync();
    }

    private async Task LoseAsync(CancellationTokenSource patience)
    {
        await clock.PauseAsync(TimeSpan.FromSeconds(60));
        await patience.CancelAsync();
    }
}
