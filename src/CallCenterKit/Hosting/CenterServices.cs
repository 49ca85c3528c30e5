using System.Globalization;
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
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;
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

    public required QueuePhrases Phrases { get; init; }

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
            Routing.Post(new LogIn(known, endpoint, Actors.Of(known)));
        else
            CallsLog.LogInRefused(Logger, endpoint, outcome.ToString());
        return outcome;
    }

    public Clock Clock() => new(Time);

    /// <summary>A writer of one stream of events.</summary>
    public JournalWriter OpenJournal(string stream) => new(Events.OpenWriter(stream), Clock(), Logger);

    /// <summary>The driver that carries a leg; the first there is for somebody who is not there yet.</summary>
    public ITelephony DriverOf(ICall? call) => call is null ? Drivers[0] : Drivers.First(driver => driver.Name == call.Driver);

    /// <summary>The phone of ours that a leg leads to.</summary>
    public static EndpointId EndpointOf(ICall call) => call.Origin switch
    {
        CallOrigin.Dialled { Target: DialTarget.ToEndpoint target } => target.Endpoint,
        CallOrigin.FromEndpoint from => from.Endpoint,
        _ => default,
    };

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

    private bool IsReachable(EndpointId endpoint) => Drivers.Any(driver => driver.IsReachable(endpoint));

    /// <summary>One interaction may be recorded more than once: after a survey, with the next agent.</summary>
    public RecordingOrder NewRecording(InteractionId interaction)
    {
        var id = new RecordingId(Ids.Next());
        return new(id, Path.Combine(Time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{interaction}-{id}.wav"));
    }

    public string RecordingPath(string file) => Path.Combine(RecordingFolder, file);
}
