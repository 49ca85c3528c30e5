using CallCenterKit.Hosting;

namespace CallCenterKit.Voicemail;

/// <summary>Which PIN opens which mailbox. PINs stand nowhere else. Any thread.</summary>
internal sealed class MailboxPins(IReadOnlyDictionary<MailboxId, string> pins, PinAttempts attempts)
{
    /// <summary>Whether the PIN opens the mailbox, which none does where there is none; null when nothing is tried because of wrong ones before.</summary>
    public bool? Try(MailboxId mailbox, string pin, EndpointId from) => attempts.Try($"mailbox {mailbox}", from, pin, pins.GetValueOrDefault(mailbox));
}
