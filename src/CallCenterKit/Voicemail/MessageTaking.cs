using CallCenterKit.Events;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Recordings;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Voicemail;

/// <summary>A message that is being recorded; says when it begins and how it ends.</summary>
internal sealed class MessageTaking : IMessageTaking
{
    private readonly VoicemailStarted _message;
    private readonly ICallRecording _recording;
    private readonly CenterServices _center;
    private readonly JournalWriter _journal;

    public MessageTaking(VoicemailStarted message, ICallRecording recording, CenterServices center)
    {
        (_message, _recording, _center) = (message, recording, center);
        _journal = center.OpenJournal($"voicemail/{message.Message}"); // a writer of its own: that of the interaction belongs to the conversation
        _journal.Append([message]);
    }

    /// <inheritdoc />
    public async ValueTask<VoicemailOutcome> EndAsync(TimeSpan silence, TimeSpan least)
    {
        var result = await _center.Work.ParkAsync(_recording.StopAsync()).ConfigureAwait(false);
        var (interaction, mailbox, id) = (_message.Interaction, _message.Mailbox, _message.Message);
        if (result.Length - silence < least && TryDiscard())
        {
            _journal.Append([new VoicemailDiscarded(interaction, mailbox, id, result.Length)]);
            return new VoicemailOutcome.TooShort();
        }

        // Also when the disk failed: what was said before is kept.
        var left = new VoicemailLeft(interaction, mailbox, id, _message.Party, result.Length, _message.File) { Fault = result.Fault, Sha256 = result.Sha256, Bytes = result.Bytes };
        _journal.Append([left]);
        return new VoicemailOutcome.Left(id, result.Length);
    }

    /// <summary>A file that cannot be deleted stays a message, so that somebody deletes it.</summary>
    private bool TryDiscard()
    {
        if (UnwantedFile.Delete(_center.RecordingPath(_message.File)) is not { } fault)
            return true;
        VoicemailLog.NotDiscarded(_center.Logger, fault, _message.Message, _message.Mailbox);
        return false;
    }
}
