using CallCenterKit.Contacts;
using CallCenterKit.Desks;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Journal;
using CallCenterKit.Playlists;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Hosting;

/// <summary>What a center is assembled from, all of it checked.</summary>
internal sealed class CenterParts
{
    public required CenterId Center { get; init; }

    public required CenterSetup Setup { get; init; }

    public required IPromptCatalog Prompts { get; init; }

    public required IReadOnlyList<IRoutingStrategy> Strategies { get; init; }

    public required IReadOnlyList<IAgentScorer> Scorers { get; init; }

    public required IReadOnlyList<IAgentDesk> Desks { get; init; }

    public required IReadOnlyList<ITelephony> Drivers { get; init; }

    public required IReadOnlyList<IEventFold> Folds { get; init; }

    public required IEventJournal Journal { get; init; }

    public required ISnapshotStore Snapshots { get; init; }

    public required ICallRecordStore Records { get; init; }

    public required IRecordingStore Recordings { get; init; }

    public required IRecordingFiles RecordingFiles { get; init; }

    public required RecordingArchive Archive { get; init; }

    public required IContactStore Contacts { get; init; }

    /// <summary>The host's; null when it has none.</summary>
    public IQueueTips? Tips { get; init; }

    public required IIdSource Ids { get; init; }

    public required TimeProvider Time { get; init; }

    public required IRunningWork Work { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    public required string RecordingFolder { get; init; }

    public RecordingFormat RecordingFormat { get; init; }

    public RecordingChannels RecordingChannels { get; init; }

    public required ulong Seed { get; init; }

    public required string Language { get; init; }

    public required IReadOnlyList<SpokenLanguage> Languages { get; init; }

    /// <summary>Null where texts cannot be spoken.</summary>
    public required SpokenTexts? Texts { get; init; }

    public string? MusicOnHold { get; init; }

    public string? ConfirmPrompt { get; init; }
}
