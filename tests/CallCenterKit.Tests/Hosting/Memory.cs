using CallCenterKit.Contacts;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Registrations;

namespace CallCenterKit.Tests.Hosting;

/// <summary>What a center remembers beyond its life.</summary>
internal sealed class Memory
{
    public InMemoryJournal Journal { get; } = new();

    public InMemoryCallRecordStore Records { get; } = new();

    public InMemoryRecordingStore Recordings { get; } = new();

    public string? RecordingFolder { get; set; }

    public InMemoryRegistrationStore Registrations { get; } = new();

    public InMemoryContactStore Contacts { get; init; } = new(new IdSource(TimeProvider.System));

    /// <summary>All that is written at this moment, as a process that is killed now leaves it behind.</summary>
    public async Task<Memory> CopyAsync(DateTimeOffset now)
    {
        var copy = new Memory { Contacts = Contacts, RecordingFolder = RecordingFolder };
        var entries = Journal.Entries;
        copy.Journal.Append(entries);
        for (var epoch = entries[^1].Epoch; epoch > 0; epoch--)
            await copy.Journal.BeginEpochAsync(default);
        if (await Journal.LoadAsync(Streams.Routing, default) is { } snapshot)
            copy.Journal.Save(snapshot);
        await copy.Records.CommitAsync([.. await AllRecordsAsync(now)], await Records.GetPositionAsync(default), default);
        var recordings = await Recordings.SearchAsync(new() { WithErased = true, PageSize = RecordingQuery.MostPerPage }, default);
        await copy.Recordings.CommitAsync([.. recordings.Recordings.Select(recording => new RecordingChange.Known(recording))], default);
        foreach (var binding in await Registrations.LoadAsync("sip", default))
            copy.Registrations.Save(binding);
        return copy;
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<CallRecord>> AllRecordsAsync(DateTimeOffset now) =>
        [.. (await Records.ListAsync(DateTimeOffset.MinValue, now.AddDays(1), 10_000, default)).Reverse()];
}
