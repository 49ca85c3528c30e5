using Microsoft.Extensions.Logging;

namespace CallCenterKit.Voicemail;

/// <summary>Event ids 7400 to 7499.</summary>
internal static partial class VoicemailLog
{
    [LoggerMessage(7501, LogLevel.Error, "A message for mailbox {Mailbox} in interaction {Interaction} could not be recorded; the caller is told goodbye.")]
    public static partial void NotTaken(ILogger logger, Exception fault, MailboxId mailbox, InteractionId interaction);

    [LoggerMessage(7502, LogLevel.Error, "What an earlier life of the center left in mailbox {Mailbox} could not be taken up; new messages are.")]
    public static partial void NotRecovered(ILogger logger, Exception fault, MailboxId mailbox);

    [LoggerMessage(7503, LogLevel.Warning, "Message {Message} of mailbox {Mailbox} was being taken when the center died; {Length} of it were kept, if it is a second or more.")]
    public static partial void Recovered(ILogger logger, RecordingId message, MailboxId mailbox, TimeSpan length);
}
