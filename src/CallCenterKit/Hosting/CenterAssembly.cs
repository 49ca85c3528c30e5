using CallCenterKit.Configuration;
using CallCenterKit.Contacts;
using CallCenterKit.Flows;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Puts together what the container holds.</summary>
internal sealed class CenterAssembly(
    IOptions<CallCenterOptions> options,
    IHostEnvironment environment,
    ConfiguredFlows flows,
    IEnumerable<IRoutingStrategy> strategies,
    IEnumerable<ITelephony> drivers,
    IEnumerable<IEventFold> folds,
    IEventJournal journal,
    ISnapshotStore snapshots,
    ICallRecordStore records,
    IContactStore contacts,
    IIdSource ids,
    TimeProvider time,
    IRunningWork work,
    ILoggerFactory loggerFactory)
{
    public CenterParts Assemble()
    {
        var values = options.Value;
        var prompts = new PromptFolder(Path.Combine(environment.ContentRootPath, values.PromptFolder));
        return new()
        {
            Center = new(values.Center),
            Model = ModelFactory.Create(values, PathOf),
            DialPlan = ModelFactory.CreateDialPlan(values),
            Flows = flows.Load(values, []), // checked when the host started
            Prompts = prompts,
            Strategies = [.. strategies],
            Drivers = [.. drivers],
            Folds = [.. folds],
            Journal = journal,
            Snapshots = snapshots,
            Records = records,
            Contacts = contacts,
            Ids = ids,
            Time = time,
            Work = work,
            LoggerFactory = loggerFactory,
            RecordingFolder = Path.GetFullPath(values.Recording.Folder),
            Seed = (ulong)time.GetUtcNow().UtcTicks,
            MusicOnHold = values.MusicOnHold is null ? null : PathOf(values.MusicOnHold),
            ConfirmPrompt = values.ConfirmPrompt is null ? null : PathOf(values.ConfirmPrompt),
        };

        string PathOf(string prompt) => prompts.TryFind(prompt, out var path)
            ? path
            : throw new FileNotFoundException($"Prompt '{prompt}' is not in {prompts.Description}.", prompt);
    }
}
