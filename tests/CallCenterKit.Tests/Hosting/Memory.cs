using CallCenterKit.Contacts;
using CallCenterKit.Journal;
using CallCenterKit.Metrics;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Tests.Hosting;

/// <summary>What a center remembers beyond its life.</summary>
internal sealed class Memory
{
    /// <summary>The only one that tests have.</summary>
    public static readonly MailboxId Mailbox = new("sales");

    public InMemoryJournal Journal { get; } = new();

    public InMemoryCallRecordStore Records { get; } = new();

    /// <summary>One for all lives: a change made again is as good as once.</summary>
    public InMemoryRecordingStore Recordings { get; init; } = new();

    public string? RecordingFolder { get; set; }

    public InMemoryRegistrationStore Registrations { get; } = new();

    public InMemoryVoicemailStore Messages { get; } = new();

    public InMemoryContactStore Contacts { get; init; } = new(new IdSource(TimeProvider.System));

    /// <summary>All that is written at this moment, as a process that is killed now leaves it behind.</summary>
    public async Task<Memory> CopyAsync(DateTimeOffset now)
    {
        var copy = new Memory { Contacts = Contacts, Recordings = Recordings, RecordingFolder = RecordingFolder };
        var entries = Journal.Entries;
        copy.Journal.Append(entries);
        for (var epoch = entries[^1].Epoch; epoch > 0; epoch--)
            await copy.Journal.BeginEpochAsync(default);
        foreach (var name in (string[])[Streams.Routing, HourlyWaits.Name])
        {
            if (await Journal.LoadAsync(name, default) is { } snapshot)
                copy.Journal.Save(snapshot);
        }
        await copy.Records.CommitAsync([.. await AllRecordsAsync(now)], await Records.GetPositionAsync(default), default);
        foreach (var binding in await Registrations.LoadAsync("sip", default))
            copy.Registrations.Save(binding);
        foreach (var message in await Messages.ListAsync(Mailbox, default))
            await copy.Messages.SaveAsync(message, default);
        return copy;
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<CallRecord>> AllRecordsAsync(DateTimeOffset now) =>
        [.. (await Records.ListAsync(DateTimeOffset.MinValue, now.AddDays(1), 10_000, default)).Reverse()];
}
