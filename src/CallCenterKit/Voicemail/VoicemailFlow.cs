using CallCenterKit.Configuration;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Voicemail;

namespace CallCenterKit.Voicemail;

/// <summary>What callers meet who are led to a mailbox: its greeting, the beep, and a goodbye.</summary>
internal sealed class VoicemailFlow(string mailbox, MailboxOptions options) : IFlow
{
    private const string Greeting = "voicemail/greeting.wav";
    private const string Saved = "voicemail/saved.wav";

    public string Name { get; } = NameOf(mailbox);

    /// <summary>The flow that takes the messages of a mailbox.</summary>
    public static string NameOf(string mailbox) => $"voicemail:{mailbox}";

    public async Task RunAsync(FlowCall call, CancellationToken cancellationToken)
    {
        await call.AnswerAsync(cancellationToken).ConfigureAwait(false);
        var request = new VoicemailRequest
        {
            Greeting = options.Greeting ?? call.FindPrompt(Greeting),
            MaxLength = options.MaxLength,
            SilenceEnd = options.SilenceEnd,
        };
        var outcome = await call.LeaveVoicemailAsync(mailbox, request, cancellationToken).ConfigureAwait(false);
        if (outcome is VoicemailOutcome.Left && call.FindPrompt(Saved) is { } saved && await call.WhenWrittenAsync(cancellationToken).ConfigureAwait(false))
            await call.PlayAsync(saved, cancellationToken).ConfigureAwait(false);
        call.HangUp();
    }
}
