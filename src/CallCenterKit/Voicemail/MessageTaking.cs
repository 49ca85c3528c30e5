using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Voicemail;

/// <summary>A message that is being recorded.</summary>
internal sealed class MessageTaking(Mailboxes mailboxes, VoicemailMessage message, ICallRecording recording, IRunningWork work) : IMessageTaking
{
    /// <inheritdoc />
    public async ValueTask<VoicemailOutcome> EndAsync(TimeSpan silence, TimeSpan least)
    {
        var result = await work.ParkAsync(recording.StopAsync()).ConfigureAwait(false);
        if (result.Length - silence < least)
        {
            await mailboxes.DiscardAsync(message, result.Length).ConfigureAwait(false);
            return new VoicemailOutcome.TooShort();
        }

        // Also when the disk failed: what was said before is kept.
        await mailboxes.KeepAsync(message with { Length = result.Length, IsOpen = false }).ConfigureAwait(false);
        return new VoicemailOutcome.Left(message.Id, result.Length);
    }
}
