using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Voicemail;

/// <summary>Hearing a mailbox at a phone: new messages first, each with the time it was left; 1 again, 2 the next, 3 deletes it.</summary>
internal sealed class MailboxFlow(MailboxModel mailbox, EndpointId phone, CenterServices center)
{
    private static readonly Menu Keys = new("123") { Timeout = TimeSpan.FromSeconds(4), Retries = 0 };

    public async ValueTask RunAsync(FlowCall call, CancellationToken cancellationToken)
    {
        var messages = await ParkAsync(center.Mailboxes.ListAsync(mailbox.Id, cancellationToken)).ConfigureAwait(false);
        var fresh = messages.Where(message => message.HeardAt is null).ToList();
        await SayAsync(call, "you-have", [new PromptPart.Count(fresh.Count, SpokenNoun.Message)], SpokenKind.Messages, cancellationToken).ConfigureAwait(false);
        foreach (var message in fresh.Concat(messages.Where(message => message.HeardAt is not null)))
            await HearAsync(call, message, cancellationToken).ConfigureAwait(false);
        await SayAsync(call, "no-more", [], SpokenKind.None, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask HearAsync(FlowCall call, VoicemailMessage message, CancellationToken cancellationToken)
    {
        using var sound = await center.Mailboxes.OpenAsync(message, cancellationToken).ConfigureAwait(false);
        if (sound is null)
            return;
        while (true)
        {
            var left = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(message.At, center.Time.LocalTimeZone).DateTime);
            await SayAsync(call, "left-at", [new PromptPart.Time(left)], SpokenKind.Times, cancellationToken).ConfigureAwait(false);
            Prompt heard = [new PromptPart.Sound(sound.Path), .. call.FindPrompt("voicemail/keys.wav") ?? Prompt.Of(new PromptPart.Tone(ToneKind.Beep))];
            var choice = await call.AskAsync(heard, Keys, cancellationToken).ConfigureAwait(false);
            await ParkAsync(center.Mailboxes.MarkHeardAsync(mailbox.Id, message.Id, Actor, cancellationToken)).ConfigureAwait(false);
            switch (choice)
            {
                case MenuChoice.Digit('1'):
                    continue;
                case MenuChoice.Digit('3'):
                    await ParkAsync(center.Mailboxes.DeleteAsync(mailbox.Id, message.Id, Actor, cancellationToken)).ConfigureAwait(false);
                    await SayAsync(call, "deleted", [], SpokenKind.None, cancellationToken).ConfigureAwait(false);
                    return;
                default:
                    return;
            }
        }
    }

    private ValueTask<T> ParkAsync<T>(Task<T> operation) => center.Work.ParkAsync(new ValueTask<T>(operation));

    private ActorId Actor => center.Board.AgentAt(phone) is { } agent ? Actors.Of(agent.Id) : new($"extension:{phone}");

    /// <summary>What the center has no recordings for is left out.</summary>
    private async ValueTask SayAsync(FlowCall call, string name, Prompt spoken, SpokenKind kind, CancellationToken cancellationToken)
    {
        var language = center.Languages.FirstOrDefault(each => each.Name == (call.Language ?? center.Language));
        if (call.FindPrompt($"voicemail/{name}.wav") is not { } said || language is null || language.MissingFrom(center.Prompts, kind).Any())
            return;
        await call.PlayAsync([.. said, .. spoken], cancellationToken).ConfigureAwait(false);
    }
}
