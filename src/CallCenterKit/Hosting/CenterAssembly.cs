using CallCenterKit.Configuration;
using CallCenterKit.Contacts;
using CallCenterKit.Desks;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Journal;
using CallCenterKit.Playlists;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Puts together what the container holds.</summary>
internal sealed class CenterAssembly(
    IOptions<CallCenterOptions> options,
    SetupFactory setups,
    IEnumerable<IRoutingStrategy> strategies,
    IEnumerable<IAgentScorer> scorers,
    IEnumerable<IAgentDesk> desks,
    IEnumerable<ITelephony> drivers,
    IEnumerable<IEventFold> folds,
    IEnumerable<SpokenLanguage> languages,
    IEnumerable<ITextToSpeech> engines,
    IEventJournal journal,
    ISnapshotStore snapshots,
    ICallRecordStore records,
    IRecordingStore recordings,
    IRecordingFiles recordingFiles,
    RecordingArchive archive,
    IContactStore contacts,
    IEnumerable<IQueueTips> tips,
    IIdSource ids,
    TimeProvider time,
    IRunningWork work,
    ILoggerFactory loggerFactory)
{
    public CenterParts Assemble()
    {
        var values = options.Value;
        var prompts = setups.PromptsOf(values);
        return new()
        {
            Center = new(values.Center),
            Setup = setups.Create(values, version: 1),
            Prompts = prompts,
            Language = values.Language,
            Languages = [.. languages],
            Texts = values.Speech.Engine is { } engine ? new(engines.First(each => each.Name == engine), values.Speech, time) : null,
            Scorers = [.. scorers],
            Desks = [.. desks],
            Strategies = [.. strategies],
            Drivers = [.. drivers],
            Folds = [.. folds],
            Journal = journal,
            Snapshots = snapshots,
            Records = records,
            Recordings = recordings,
            RecordingFiles = recordingFiles,
            Archive = archive,
            Contacts = contacts,
            Tips = tips.LastOrDefault(),
            Ids = ids,
            Time = time,
            Work = work,
            LoggerFactory = loggerFactory,
            RecordingFolder = Path.GetFullPath(values.Recording.Folder),
            RecordingFormat = values.Recording.Format,
            RecordingChannels = values.Recording.Channels,
            Seed = (ulong)time.GetUtcNow().UtcTicks,
            MusicOnHold = values.MusicOnHold is null ? null : SetupFactory.PathOf(prompts, values.MusicOnHold),
            ConfirmPrompt = values.ConfirmPrompt is null ? null : SetupFactory.PathOf(prompts, values.ConfirmPrompt),
        };
    }
}
