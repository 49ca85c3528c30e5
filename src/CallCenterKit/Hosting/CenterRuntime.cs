using CallCenterKit.Calls;
using CallCenterKit.Desks;
using CallCenterKit.Events;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Metrics;
using CallCenterKit.Offers;
using CallCenterKit.Playlists;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Supervisors;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Hosting;

/// <summary>One life of a center, from opening the journal to closing it.</summary>
internal sealed partial class CenterRuntime : IAsyncDisposable
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(3);

    private readonly CenterParts _parts;
    private readonly CenterServices _center;
    private readonly Interactions _interactions = new();
    private readonly ProjectionLoop _projections;
    private readonly PhoneHealth _phones;
    private readonly MessageLamps _lamps;
    private readonly HourlyWaitKeeper _waits;
    private readonly IncomingCalls _incoming;
    private readonly OutgoingCalls _outgoing;
    private readonly JournalWriter _journal;
    private readonly CancellationTokenSource _stopping;
    private readonly ITimer _heartbeat;
    private RecordingUpkeep? _upkeep;

    private CenterRuntime(CenterParts parts, CenterServices center, ProjectionLoop projections, Folds folds, CancellationTokenSource stopping)
    {
        _parts = parts;
        _center = center;
        _projections = projections;
        _stopping = stopping;
        Board = center.Board;
        (_phones, _lamps, _waits) = folds;
        _journal = center.OpenJournal(Streams.Center);
        center.Mailboxes = new(center, parts.Archive);
        center.Runner = new(center, () => EnvironmentOf(center, parts), _interactions);
        var contacts = new ContactLookup(center, parts.Contacts);
        _outgoing = new(center, _interactions, contacts);
        Supervisors = new(center, _interactions);
        _incoming = new(center, _interactions, contacts, _outgoing, center.Runner, Supervisors);
        Desk = new(center, _interactions);
        _heartbeat = center.Time.CreateTimer(static state => ((CenterRuntime)state!).Beat(), this, HeartbeatInterval, HeartbeatInterval);
    }

    /// <summary>What agents and queues look like now.</summary>
    public LiveBoard Board { get; }

    /// <summary>What agents do with their calls at a desk.</summary>
    public DeskCalls Desk { get; }

    /// <summary>Who hears along.</summary>
    public SupervisorDesk Supervisors { get; }

    /// <summary>The health of the phones.</summary>
    public IReadOnlyList<PhoneView> Phones => _phones.At(_center.Clock().Now);

    /// <summary>Interactions that live.</summary>
    public int OpenInteractions => _interactions.Count;

    /// <summary>Legs that belong to somebody.</summary>
    public int OpenLegs => _interactions.Legs;

    /// <summary>What is configured now.</summary>
    public CenterSetup Setup => _center.Setup;

    /// <summary>The messages callers left.</summary>
    public Mailboxes Mailboxes => _center.Mailboxes;

    /// <summary>The loop that decides who takes which call.</summary>
    public RoutingLoop Routing => _center.Routing;

    /// <summary>Logs an agent in by code and PIN.</summary>
    public CodeOutcome LogIn(string code, string pin, EndpointId endpoint) => _center.LogIn(code, pin, endpoint);

    /// <summary>The agent works from this phone now.</summary>
    public void LogIn(AgentId agent, EndpointId endpoint, ActorId by) => _center.LogIn(agent, endpoint, by);

    /// <summary>Rings the agent, then dials the number.</summary>
    public Task<DialResult> DialAsync(AgentId agent, string number, ActorId by, CancellationToken cancellationToken) =>
        _outgoing.DialAsync(agent, number, by, cancellationToken);

    /// <summary>From now on this is configured. Calls in progress keep their place.</summary>
    public void Change(CenterSetup setup)
    {
        Post(new ApplyModel(setup.Model)); // before anybody is led to a new queue
        _center.Setup = setup;
        _lamps.Show(setup.Mailboxes);
        LookAtPhones(setup.Model.Agents.Values.SelectMany(agent => agent.Endpoints).Select(each => each.Endpoint).Except(setup.Phones.Keys));
    }

    /// <summary>Tells routing something; never waits.</summary>
    public void Post(RoutingCommand command) => _center.Routing.Post(command);

    /// <summary>Reads what earlier lives left, and opens the doors.</summary>
    public static async Task<CenterRuntime> StartAsync(CenterParts parts, CancellationToken cancellationToken)
    {
        var opening = await parts.Journal.BeginEpochAsync(cancellationToken).ConfigureAwait(false);
        var records = new CallRecordProjection(parts.Records, new(parts.Recordings, parts.Setup.Numbers.Normalise));
        var waits = HourlyWaits.Restore(await parts.Snapshots.LoadAsync(HourlyWaits.Name, cancellationToken).ConfigureAwait(false));
        var recovery = await Recovery.RunAsync(parts.Journal, parts.Snapshots, records, waits, state => CreateEngine(parts, opening.Epoch, state), cancellationToken).ConfigureAwait(false);
        await records.CommitAsync(cancellationToken).ConfigureAwait(false); // so that what was held or erased before the end is known as that
        var interrupted = new InterruptedRecordings(parts.RecordingFiles, parts.LoggerFactory.CreateLogger("CallCenterKit.Recordings"));
        var cutOff = await interrupted.EndAsync(recovery.Interrupted, cancellationToken).ConfigureAwait(false);
        var phones = new PhoneHealth();
        var lamps = new MessageLamps(parts.Drivers);
        var keeper = new HourlyWaitKeeper(waits, parts.Snapshots);
        var projections = new ProjectionLoop([recovery.Board, phones, lamps, keeper, .. parts.Folds], records, parts.Journal, parts.Work, parts.LoggerFactory.CreateLogger("CallCenterKit.Journal"));
        var stopping = new CancellationTokenSource();
        var center = CreateServices(parts, new EventStream(parts.Journal, opening, projections.Post), recovery.Board, stopping.Token);
        center.Tips = parts.Tips ?? new QuietHourTips(center, waits, parts.Texts);
        var runtime = new CenterRuntime(parts, center, projections, new(phones, lamps, keeper), stopping);
        runtime._journal.Append([new CenterStarted(parts.Center, Version)]);
        recovery.WriteInterruptions(center.Events, center.Clock().Now, cutOff, center.RecordingPath);
        runtime.PrepareRouting(recovery.Engine);
        parts.Archive.Attach(center.Events, parts.Journal, () => center.Setup.Keeping);
        try
        {
            await runtime.OpenAsync(cancellationToken).ConfigureAwait(false);
            var left = new LeftRecordings(recovery.LastSeen, [.. InterruptedRecordings.Of(recovery.Interrupted)]);
            runtime._upkeep = new(parts.Archive, left, parts.Time, parts.Work, parts.LoggerFactory.CreateLogger("CallCenterKit.Recordings"));
        }
        catch
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return runtime;
    }

    /// <summary>No new calls; those that live may end by themselves for a while, then they are ended; all is written.</summary>
    public async Task StopAsync(TimeSpan drainTime, CancellationToken cancellationToken)
    {
        _center.Work.Enter();
        _incoming.Close();
        foreach (var driver in _parts.Drivers)
            driver.StopAccepting();
        await WaitUntilEmptyAsync(drainTime, cancellationToken).ConfigureAwait(false);
        if (!_interactions.IsEmpty)
        {
            LogEndingCalls(_center.Logger, _interactions.Count);
            await _stopping.CancelAsync().ConfigureAwait(false);
            _interactions.EndAll(HangUpCause.ShuttingDown);
            await WaitUntilEmptyAsync(GoodbyeTime, cancellationToken).ConfigureAwait(false);
        }
        await CloseAsync().ConfigureAwait(false);
        _center.Work.Leave();
    }

    public async ValueTask DisposeAsync()
    {
        _center.Work.Enter();
        await CloseAsync().ConfigureAwait(false);
        _center.Work.Leave();
    }

    private async ValueTask CloseAsync()
    {
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        if (_upkeep is not null)
            await _upkeep.DisposeAsync().ConfigureAwait(false);
        _lamps.Close();
        foreach (var driver in _parts.Drivers)
            await CloseAsync(driver).ConfigureAwait(false);
        await _center.Routing.StopAsync().ConfigureAwait(false);
        _parts.Archive.Detach();
        var position = _journal.Append([new CenterStopped()]);
        await _parts.Journal.WaitUntilWrittenAsync(position, CancellationToken.None).ConfigureAwait(false);
        await _projections.StopAsync().ConfigureAwait(false);
        _waits.Keep();
        _stopping.Dispose();
    }

    /// <summary>A driver that cannot be closed must not keep the journal from being closed.</summary>
    private async ValueTask CloseAsync(ITelephony driver)
    {
        try
        {
            await _center.Work.ParkAsync(driver.DisposeAsync()).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogDriverFailed(_center.Logger, fault, driver.Name);
        }
    }

    private static string Version => typeof(CenterRuntime).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static RoutingEngine CreateEngine(CenterParts parts, long epoch, RoutingSnapshot? state) => state is null
        ? new RoutingEngine(parts.Strategies, epoch, parts.Seed)
        : RoutingEngine.Restore(state, parts.Strategies, epoch);

    private static FlowEnvironment EnvironmentOf(CenterServices center, CenterParts parts) => new()
    {
        Prompts = parts.Prompts,
        Flows = center.Flows,
        Language = center.Language,
        Languages = parts.Languages,
        Texts = parts.Texts,
        Time = center.Time,
        Work = center.Work,
        Logger = parts.LoggerFactory.CreateLogger("CallCenterKit.Ivr"),
    };

    private static CenterServices CreateServices(CenterParts parts, EventStream events, LiveBoard board, CancellationToken stopping) => new()
    {
        Setup = parts.Setup,
        Board = board,
        Records = parts.Records,
        Prompts = parts.Prompts,
        Languages = parts.Languages,
        PhrasesByLanguage = parts.Languages.ToDictionary(language => language.Name, language => new QueuePhrases(parts.Prompts, language)),
        Language = parts.Language,
        Scorers = parts.Scorers,
        Desks = parts.Desks,
        Events = events,
        Journal = parts.Journal,
        Drivers = parts.Drivers,
        Ids = parts.Ids,
        Time = parts.Time,
        Work = parts.Work,
        Logger = parts.LoggerFactory.CreateLogger("CallCenterKit.Calls"),
        RecordingFolder = parts.RecordingFolder,
        RecordingFormat = parts.RecordingFormat,
        RecordingChannels = parts.RecordingChannels,
        MusicOnHold = parts.MusicOnHold,
        ConfirmPrompt = parts.ConfirmPrompt,
        Stopping = stopping,
    };

    /// <summary>The lamps learn what earlier lives left; a store that fails keeps no call away.</summary>
    private async Task LoadLampsAsync(CancellationToken cancellationToken)
    {
        try
        {
            _lamps.Load(await _parts.Archive.ListMessagesAsync(mailbox: null, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            VoicemailLog.NotLoaded(_parts.LoggerFactory.CreateLogger("CallCenterKit.Recordings"), fault);
        }
    }

    private void PrepareRouting(RoutingEngine engine)
    {
        _center.Routing = new(new()
        {
            Engine = engine,
            Journal = _center.Events.OpenWriter(Streams.Routing),
            Performer = new OfferRunner(_center, _interactions),
            Time = _center.Time,
            Snapshots = _parts.Snapshots,
            Work = _center.Work,
            Logger = _parts.LoggerFactory.CreateLogger("CallCenterKit.Routing"),
        });
        Post(new BeginEpoch());
        Post(new ApplyModel(_parts.Setup.Model));
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OpenDoorsAsync(cancellationToken).ConfigureAwait(false);
            await LoadLampsAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _projections.Start(); // what was left is known before what happens
        }
        _lamps.Show(Setup.Mailboxes);
        var atWork = Board.Current.Agents.Where(agent => agent.State != AgentState.LoggedOut).Select(agent => agent.Id).ToHashSet();
        LookAtPhones(Board.Current.Agents.Select(agent => agent.Endpoint).OfType<EndpointId>()
            .Concat(_parts.Setup.Model.Agents.Values.SelectMany(agent => agent.Endpoints).Select(each => each.Endpoint)));
        foreach (var agent in _parts.Setup.Model.Agents.Values.Where(agent => agent.Endpoints.Count > 0 && !atWork.Contains(agent.Id)))
            Post(new LogIn(agent.Id, agent.Endpoints[0].Endpoint, Actors.System));
    }

    /// <summary>Routing begins behind the doors: what the first calls ask for waits behind what is posted already.</summary>
    private async Task OpenDoorsAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var driver in _parts.Drivers)
                await driver.StartAsync(_incoming, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _center.Routing.Start();
        }
    }

    /// <summary>A phone nothing is said about counts as reachable, so each is asked about: also one that nobody works from yet.</summary>
    private void LookAtPhones(IEnumerable<EndpointId> others)
    {
        var now = _center.Clock().Now;
        foreach (var phone in _center.Setup.Phones.Keys)
            _phones.Begin(phone, _center.IsReachable(phone), now);
        foreach (var endpoint in _center.Setup.Phones.Keys.Union(others))
            _center.TellReachability(endpoint);
    }

    private void Beat()
    {
        if (_interactions.Count > 0)
            _journal.Append([new CenterHeartbeat(_interactions.Count)]);
    }

    private async Task WaitUntilEmptyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, _center.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await _interactions.WhenEmpty(_center.Work).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever is still there is told goodbye by the caller of this.
        }
    }

    [LoggerMessage(7302, LogLevel.Error, "Driver {Driver} could not be closed; the rest of the center is.")]
    private static partial void LogDriverFailed(ILogger logger, Exception fault, string driver);

    [LoggerMessage(7301, LogLevel.Warning, "{Count} interactions did not end within the drain time and are ended now.")]
    private static partial void LogEndingCalls(ILogger logger, int count);

    /// <summary>What follows the events beside board and records.</summary>
    private readonly record struct Folds(PhoneHealth Phones, MessageLamps Lamps, HourlyWaitKeeper Waits);
}
