using CallCenterKit.Calls;
using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.DialPlans;
using CallCenterKit.Events;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Model;
using CallCenterKit.Playlists;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Hosting;

/// <summary>What everything inside one running center shares.</summary>
internal sealed class CenterServices
{
    /// <summary>What is configured now; another object after a change.</summary>
    public required CenterSetup Setup { get; set; }

    public CallCenterModel Model => Setup.Model;

    public DialPlan DialPlan => Setup.DialPlan;

    public IFlowCatalog Flows => Setup.Flows;

    public required ICallRecordStore Records { get; init; }

    public required IPromptCatalog Prompts { get; init; }

    /// <summary>What is said about queues, by language; the center's own is there.</summary>
    public required IReadOnlyDictionary<string, QueuePhrases> PhrasesByLanguage { get; init; }

    /// <summary>What callers who wait are told. Set once, before the first call can arrive.</summary>
    public IQueueTips Tips { get; set; } = null!;

    /// <summary>All languages there are.</summary>
    public required IReadOnlyList<SpokenLanguage> Languages { get; init; }

    /// <summary>Set once, before the first call can arrive.</summary>
    public Mailboxes Mailboxes { get; set; } = null!;

    /// <summary>In the language of the center.</summary>
    public QueuePhrases Phrases => PhrasesByLanguage[Language];

    public required IReadOnlyList<IAgentScorer> Scorers { get; init; }

    public required IReadOnlyList<IAgentDesk> Desks { get; init; }

    public required EventStream Events { get; init; }

    public required IEventJournal Journal { get; init; }

    public required IReadOnlyList<ITelephony> Drivers { get; init; }

    public required IIdSource Ids { get; init; }

    public required TimeProvider Time { get; init; }

    public required IRunningWork Work { get; init; }

    public required ILogger Logger { get; init; }

    public required string RecordingFolder { get; init; }

    public RecordingFormat RecordingFormat { get; init; }

    public RecordingChannels RecordingChannels { get; init; }

    /// <summary>The folder of prompts of the center's language.</summary>
    public required string Language { get; init; }

    /// <summary>Cancelled when flows must end because the center stops.</summary>
    public required CancellationToken Stopping { get; init; }

    public string? MusicOnHold { get; init; }

    public string? ConfirmPrompt { get; init; }

    /// <summary>Set once, before the first call can arrive.</summary>
    public RoutingLoop Routing { get; set; } = null!;

    /// <summary>Set once, before the first call can arrive.</summary>
    public CallRunner Runner { get; set; } = null!;

    /// <summary>What agents and queues look like now.</summary>
    public required LiveBoard Board { get; init; }

    /// <summary>Logs an agent in by code and PIN. Any thread.</summary>
    public CodeOutcome LogIn(string code, string pin, EndpointId endpoint)
    {
        var (agent, outcome) = Setup.Logins.Check(code, pin, endpoint);
        if (agent is { } known)
            LogIn(known, endpoint, Actors.Of(known));
        else
            CallsLog.LogInRefused(Logger, endpoint, outcome.ToString());
        return outcome;
    }

    /// <summary>The agent works from this phone now. Any thread.</summary>
    public void LogIn(AgentId agent, EndpointId endpoint, ActorId by)
    {
        TellReachability(endpoint); // It may be one that nothing was ever said about.
        Routing.Post(new LogIn(agent, endpoint, by));
    }

    /// <summary>In the language that a caller chose; in that of the center where there is none or nothing is known of it.</summary>
    public QueuePhrases PhrasesFor(string? language) => PhrasesByLanguage.GetValueOrDefault(language ?? Language) ?? Phrases;

    public Clock Clock() => new(Time);

    /// <summary>A writer of one stream of events.</summary>
    public JournalWriter OpenJournal(string stream) => new(Events.OpenWriter(stream), Clock(), Logger);

    /// <summary>The driver that carries a leg; the first there is for somebody who is not there yet.</summary>
    public ITelephony DriverOf(ICall? call) => call is null ? Drivers[0] : Drivers.First(driver => driver.Name == call.Driver);

    /// <summary>The phones that are rung for an agent who works from this one; it comes first.</summary>
    /// <remarks>None that somebody else works from.</remarks>
    public IReadOnlyList<AgentEndpoint> PhonesOf(AgentId agent, EndpointId lease)
    {
        var model = Model.Agents.GetValueOrDefault(agent);
        var first = model?.Endpoints.FirstOrDefault(each => each.Endpoint == lease) ?? new AgentEndpoint(lease);
        if (model is null or { RingOrder: RingOrder.First })
            return [first];
        return [first, .. model.Endpoints.Where(each => each.Endpoint != lease && (Board.AgentAt(each.Endpoint) is not { } other || other.Id == agent))];
    }

    public RingOrder RingOrderOf(AgentId agent) => Model.Agents.TryGetValue(agent, out var model) ? model.RingOrder : RingOrder.First;

    /// <summary>Says whether a phone can be reached. It may come or go while it is asked about, and what its driver says must not be overtaken.</summary>
    public void TellReachability(EndpointId endpoint)
    {
        bool told;
        do
        {
            told = IsReachable(endpoint);
            Routing.Post(new ReachabilityChanged(endpoint, told));
        }
        while (IsReachable(endpoint) != told);
    }

    /// <summary>Whether a phone could be rung; of a number outside that is assumed.</summary>
    public bool IsReachable(EndpointId endpoint) => Setup.Mobiles.Contains(endpoint) || Drivers.Any(driver => driver.IsReachable(endpoint));

    /// <summary>What the rules of a number and of the center say about recording. What agents key into a feature is nobody's to hear.</summary>
    public RecordingMode? RecordingOf(DialPlanTarget target) =>
        target is ToFeature ? RecordingMode.Never : RecordingPolicy.Resolve(Model.Recording, target.Recording);

    /// <summary>What an agent's rule says about recording; null says nothing.</summary>
    public RecordingMode? RecordingOf(AgentId? agent) => agent is { } known ? Model.Agents.GetValueOrDefault(known)?.Recording : null;

    /// <summary>What a queue's rule says about recording; null says nothing.</summary>
    public RecordingMode? RecordingOf(QueueId? queue) => queue is { } known ? Model.Queues.GetValueOrDefault(known)?.Recording : null;

    /// <summary>One interaction may have several: of each leg the customer had, and each that an agent asked for.</summary>
    public RecordingOrder NewRecording(InteractionId interaction)
    {
        var id = new RecordingId(Ids.Next());
        return new(id, RecordingName.Of(interaction, id, Time.GetUtcNow()));
    }

    public string RecordingPath(string file) => Path.Combine(RecordingFolder, file);
}
