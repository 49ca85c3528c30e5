using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Voice;

namespace CallCenterKit.Voicemail;

/// <summary>Keeps the lamps of phones in step with the stream of events, whoever hears, deletes or erases a message. Any thread.</summary>
internal sealed class MessageLamps(IReadOnlyList<ITelephony> drivers) : IEventFold
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RecordingId, (MailboxId Mailbox, bool IsNew)> _messages = [];
    private IReadOnlyDictionary<MailboxId, MailboxModel> _mailboxes = new Dictionary<MailboxId, MailboxModel>();

    /// <summary>What earlier lives of the center left. Before the first event of this one.</summary>
    public void Load(IEnumerable<VoicemailMessage> messages)
    {
        lock (_lock)
        {
            foreach (var message in messages)
                _messages[message.Id] = (message.Mailbox, message.HeardAt is null);
        }
    }

    /// <summary>From now on these phones show these mailboxes; before the first time nothing is shown.</summary>
    public void Show(IReadOnlyDictionary<MailboxId, MailboxModel> mailboxes)
    {
        lock (_lock)
        {
            var before = _mailboxes.Values.SelectMany(mailbox => mailbox.Phones);
            _mailboxes = mailboxes;
            foreach (var phone in before.Except(mailboxes.Values.SelectMany(mailbox => mailbox.Phones)))
                Set(phone, 0, 0);
            foreach (var mailbox in mailboxes.Keys)
                Show(mailbox);
        }
    }

    /// <summary>Nothing is shown any more: the drivers close.</summary>
    public void Close()
    {
        lock (_lock)
            _mailboxes = new Dictionary<MailboxId, MailboxModel>();
    }

    /// <inheritdoc />
    public void Apply(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case VoicemailLeft left:
                Change(left.Message, (left.Mailbox, true));
                break;
            case VoicemailHeard heard:
                Change(heard.Message, (heard.Mailbox, false));
                break;
            case VoicemailDeleted deleted:
                Change(deleted.Message, null);
                break;
            case RecordingErased erased:
                Change(erased.Recording, null);
                break;
        }
    }

    private void Change(RecordingId message, (MailboxId Mailbox, bool IsNew)? after)
    {
        lock (_lock)
        {
            var isKnown = _messages.TryGetValue(message, out var before);
            if (after is { } changed)
                _messages[message] = before = changed;
            else if (isKnown)
                _messages.Remove(message);
            else
                return; // no message, or one that had left its mailbox before
            Show(before.Mailbox);
        }
    }

    // Under the lock, so that the last word is the right one; a driver never waits.
    private void Show(MailboxId mailbox)
    {
        if (!_mailboxes.TryGetValue(mailbox, out var model) || model.Phones.Count == 0)
            return;
        var (fresh, heard) = (0, 0);
        foreach (var message in _messages.Values.Where(message => message.Mailbox == mailbox))
            _ = message.IsNew ? fresh++ : heard++;
        foreach (var phone in model.Phones)
            Set(phone, fresh, heard);
    }

    private void Set(EndpointId phone, int fresh, int heard)
    {
        foreach (var driver in drivers)
            driver.SetMessageWaiting(phone, fresh, heard);
    }
}
