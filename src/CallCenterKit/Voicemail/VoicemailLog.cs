using Microsoft.Extensions.Logging;

namespace CallCenterKit.Voicemail;

internal static partial class VoicemailLog
{
    [LoggerMessage(7501, LogLevel.Error, "A message for mailbox {Mailbox} in interaction {Interaction} could not be recorded; the caller is told goodbye.")]
    public static partial void NotTaken(ILogger logger, Exception fault, MailboxId mailbox, InteractionId interaction);

    [LoggerMessage(7502, LogLevel.Error, "The messages that earlier lives of the center left could not be read; lamps show those that come from now on.")]
    public static partial void NotLoaded(ILogger logger, Exception fault);

    [LoggerMessage(7503, LogLevel.Warning, "Message {Message} of mailbox {Mailbox} was being taken when the center died; {Length} of it were kept, if it is a second or more.")]
    public static partial void Recovered(ILogger logger, RecordingId message, MailboxId mailbox, TimeSpan length);

    [LoggerMessage(7504, LogLevel.Error, "Message {Message} of mailbox {Mailbox} says nothing, and its file could not be removed; it stays a message.")]
    public static partial void NotDiscarded(ILogger logger, Exception fault, RecordingId message, MailboxId mailbox);

    [LoggerMessage(7505, LogLevel.Warning, "Mailbox {Mailbox} was refused to extension {Endpoint}: {Reason}.")]
    public static partial void Refused(ILogger logger, MailboxId mailbox, EndpointId endpoint, string reason);

    [LoggerMessage(7506, LogLevel.Error, "Message {Message} of mailbox {Mailbox} could not be opened; whoever hears the mailbox hears the others.")]
    public static partial void NotOpened(ILogger logger, Exception fault, RecordingId message, MailboxId mailbox);
}
