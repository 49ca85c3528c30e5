using CallCenterKit.Calls;
using CallCenterKit.Configuration;
using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Hosting;
using CallCenterKit.Live;
using CallCenterKit.Metrics;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Supervisors;
using CallCenterKit.Voicemail;

namespace CallCenterKit;

/// <summary>A running call center: what the host looks at and what it can ask for. Any thread.</summary>
public sealed class CallCenter
{
    private CenterRuntime? _runtime;

    private readonly LiveFigures _figures;

    private readonly LiveOptions _live;

    internal CallCenter(ICallRecordStore records, RecordingArchive recordings, LiveFigures figures, LiveOptions live)
    {
        Recordings = recordings;
        _live = live;
        Records = records;
        _figures = figures;
    }

    /// <summary>Call records, as far as they are written.</summary>
    public ICallRecordStore Records { get; }

    /// <summary>Recordings: to find, hear, mark, hold, export and erase.</summary>
    public RecordingArchive Recordings { get; }

    /// <summary>Whether calls are taken.</summary>
    public bool IsRunning => _runtime is not null;

    /// <summary>Interactions that live now.</summary>
    public int OpenInteractions => Runtime.OpenInteractions;

    /// <summary>Agents and queues as they are now.</summary>
    /// <exception cref="InvalidOperationException">The center is not running.</exception>
    public LiveView Board => Runtime.Board.Current;

    /// <summary>Service level, speed of answer, abandonment and more since the start, by queue and in total.</summary>
    public FiguresView Figures => _figures.Current;

    /// <summary>Each phone: whether it can be reached, how often it was lost, how many of its calls were; since the start.</summary>
    /// <exception cref="InvalidOperationException">The center is not running.</exception>
    public IReadOnlyList<PhoneView> Phones => Runtime.Phones;

    /// <summary>A builder for a program that is a call center; takes its configuration from appsettings.json, the environment and the arguments.</summary>
    public static CallCenterApplicationBuilder CreateBuilder(string[]? args = null) => new(args);

    /// <summary>The agent works from this phone now.</summary>
    public void LogIn(AgentId agent, EndpointId endpoint, ActorId by) => Runtime.LogIn(agent, endpoint, by);

    /// <summary>The agent who has this code works from this phone now, if the PIN is theirs.</summary>
    /// <param name="code">Which agent.</param>
    /// <param name="pin">Proves that it is they. After five wrong ones within five minutes nothing is tried for five minutes.</param>
    /// <param name="endpoint">From which phone.</param>
    public CodeOutcome LogIn(string code, string pin, EndpointId endpoint) => Runtime.LogIn(code, pin, endpoint);

    /// <summary>The agent stops working.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="whenFree">Only once conversations and after-call work are over.</param>
    public void LogOut(AgentId agent, ActorId by, bool whenFree = false) => Runtime.Post(new LogOut(agent, by, whenFree));

    /// <summary>The agent takes no calls for now; whoever is busy as soon as that is over.</summary>
    /// <exception cref="ArgumentException">The center has break kinds, and the reason is none of them.</exception>
    public void Pause(AgentId agent, string reason, ActorId by)
    {
        var kinds = Runtime.Setup.Model.BreakKinds;
        if (kinds.Count > 0 && !kinds.Contains(reason))
            throw new ArgumentException($"Reason '{reason}' is no break kind. Break kinds: {string.Join(", ", kinds)}.", nameof(reason));
        Runtime.Post(new Pause(agent, reason, by));
    }

    /// <summary>The agent takes calls again.</summary>
    public void Resume(AgentId agent, ActorId by) => Runtime.Post(new Resume(agent, by));

    /// <summary>The agent has done the after-call work.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="interaction">What it was about.</param>
    /// <param name="disposition">What came of it; null says nothing.</param>
    /// <param name="by">Who says so.</param>
    public void FinishWrapUp(AgentId agent, InteractionId interaction, string? disposition, ActorId by) =>
        Runtime.Post(new FinishWrapUp(agent, interaction, disposition, by));

    /// <summary>Passes whoever the agent talks with on to a number of ours, or one outside the agent may dial. The agent is free at once.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="agent">Who is in it.</param>
    /// <param name="number">As the agent would dial it: a phone, a queue, a flow. Who does not answer within 30 s does not take the call; it then rings at the agent again.</param>
    /// <param name="by">Who asks for it.</param>
    public DeskOutcome Transfer(InteractionId interaction, AgentId agent, string number, ActorId by) => Runtime.Desk.Transfer(interaction, agent, number, by);

    /// <summary>Lets the agent speak with somebody else while whoever they talk with hears music.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="agent">Who is in it.</param>
    /// <param name="number">A phone of ours, or a number outside the agent may dial.</param>
    /// <param name="by">Who asks for it.</param>
    public DeskOutcome Consult(InteractionId interaction, AgentId agent, string number, ActorId by) => Runtime.Desk.Consult(interaction, agent, number, by);

    /// <summary>Passes the call on to whom the agent consults, also while that still rings.</summary>
    public DeskOutcome CompleteTransfer(InteractionId interaction, AgentId agent, ActorId by) => Runtime.Desk.CompleteTransfer(interaction, agent, by);

    /// <summary>Ends a consultation; the agent is back with whom they talked.</summary>
    public DeskOutcome CancelConsult(InteractionId interaction, AgentId agent) => Runtime.Desk.CancelConsult(interaction, agent);

    /// <summary>Brings all together: who was consulted joins the call.</summary>
    public DeskOutcome Conference(InteractionId interaction, AgentId agent) => Runtime.Desk.Conference(interaction, agent);

    /// <summary>Rings somebody who joins the call when they answer; meanwhile all talk on.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="agent">Who is in it.</param>
    /// <param name="number">A phone of ours, or a number outside the agent may dial.</param>
    public DeskOutcome AddParty(InteractionId interaction, AgentId agent, string number) => Runtime.Desk.AddParty(interaction, agent, number);

    /// <summary>The agent puts the others on hold; one who is alone then hears music.</summary>
    public DeskOutcome Hold(InteractionId interaction, AgentId agent) => Runtime.Desk.Hold(interaction, agent);

    /// <summary>The agent takes the others back.</summary>
    public DeskOutcome TakeBack(InteractionId interaction, AgentId agent) => Runtime.Desk.TakeBack(interaction, agent);

    /// <summary>Ends the agent's leg. Others in a conference talk on; during a consultation it passes the call on.</summary>
    public DeskOutcome HangUp(InteractionId interaction, AgentId agent) => Runtime.Desk.HangUp(interaction, agent);

    /// <summary>Records a call from now on, where a rule lets that be asked for (<see cref="RecordingMode.OnDemand"/>) and the customer has not refused.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="agent">Who is in it and wants it; null is the host itself.</param>
    /// <param name="by">Who asks for it.</param>
    public DeskOutcome StartRecording(InteractionId interaction, AgentId? agent, ActorId by) => Runtime.Desk.Record(interaction, agent, new RecordingStartAsked(by));

    /// <summary>Ends a recording that somebody asked for. One that a rule wants goes on.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="agent">Who is in it and wants it; null is the host itself.</param>
    /// <param name="by">Who asks for it.</param>
    public DeskOutcome StopRecording(InteractionId interaction, AgentId? agent, ActorId by) => Runtime.Desk.Record(interaction, agent, new RecordingStopAsked(by));

    /// <summary>Puts silence in place of the voices, for card numbers and the like, until <see cref="ResumeRecording"/>, also after a transfer.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="agent">Who is in it and wants it; null is the host itself.</param>
    /// <param name="by">Who asks for it.</param>
    public DeskOutcome PauseRecording(InteractionId interaction, AgentId? agent, ActorId by) => Runtime.Desk.Record(interaction, agent, new RecordingPauseAsked(by));

    /// <summary>Puts the voices on the recording again, unless a rule forbids it.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="agent">Who is in it and wants it; null is the host itself.</param>
    /// <param name="by">Who asks for it.</param>
    public DeskOutcome ResumeRecording(InteractionId interaction, AgentId? agent, ActorId by) => Runtime.Desk.Record(interaction, agent, new RecordingResumeAsked(by));

    /// <summary>Rings a supervisor's phone; whoever answers hears a call of an agent, and is heard as far as the role goes. Neither agent nor customer is told.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="request">Whose, in which role, and where to ring, for 30 s at most.</param>
    /// <param name="by">Who asks; <see cref="CallCenterOptions.Supervisors"/> must allow it.</param>
    /// <param name="cancellationToken">Stops the ringing; once that is answered it has no effect.</param>
    /// <returns>When the phone was answered, or at once when nothing is to be rung.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the phone was answered.</exception>
    public Task<SupervisionResult> SuperviseAsync(InteractionId interaction, SupervisionRequest request, ActorId by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Runtime.Supervisors.RingAsync(interaction, request, by, cancellationToken);
    }

    /// <summary>A supervisor goes on in another role, without a gap.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="role">The new role; <see cref="CallCenterOptions.Supervisors"/> must allow it.</param>
    /// <param name="by">Whoever supervises.</param>
    public DeskOutcome ChangeSupervision(InteractionId interaction, SupervisionRole role, ActorId by) => Runtime.Supervisors.Change(interaction, role, by);

    /// <summary>A supervisor leaves; the call goes on.</summary>
    /// <param name="interaction">Which call.</param>
    /// <param name="by">Whoever supervises.</param>
    public DeskOutcome EndSupervision(InteractionId interaction, ActorId by) => Runtime.Supervisors.End(interaction, by);

    /// <summary>Calls a number outside for an agent: the agent's phone is rung first, then the number is dialled as if from there.</summary>
    /// <param name="agent">Who. Offered nothing from now until the call is over.</param>
    /// <param name="number">As the agent would dial it; a rule of the dial plan must lead it outside.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellationToken">Stops the ringing of the agent's phone; once that is answered it has no effect.</param>
    /// <returns>When the agent has answered, or at once when nothing is to be rung.</returns>
    public Task<DialResult> DialAsync(AgentId agent, string number, ActorId by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(number);
        return Runtime.DialAsync(agent, number, by, cancellationToken);
    }

    /// <summary>The messages in a mailbox, the oldest first, as far as they are written. Each is a recording: <see cref="RecordingArchive.OpenAsync"/> plays it.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    public ValueTask<IReadOnlyList<VoicemailMessage>> ListMessagesAsync(MailboxId mailbox, CancellationToken cancellationToken = default) =>
        new(Runtime.Mailboxes.ListAsync(mailbox, cancellationToken));

    /// <summary>Somebody has heard a message: the lamp goes out with the last new one.</summary>
    /// <returns>False when there is no such message, or it was heard before.</returns>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    public ValueTask<bool> MarkHeardAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken = default) =>
        new(Runtime.Mailboxes.MarkHeardAsync(mailbox, message, by, cancellationToken));

    /// <summary>Takes a message out of its mailbox and erases it; under legal hold it is erased once it is released.</summary>
    /// <returns>False when there is no such message.</returns>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    /// <exception cref="IOException">Its file cannot be removed; nothing has changed.</exception>
    public ValueTask<bool> DeleteMessageAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken = default) =>
        new(Runtime.Mailboxes.DeleteAsync(mailbox, message, by, cancellationToken));

    /// <summary>Changes agents, queues, mailboxes, dial plan or flows while calls wait and talk; they keep their place. Other options take effect at the next start.</summary>
    /// <param name="change">Makes the change to the present options, those of earlier changes included.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Something in it is wrong: it names each fault, and nothing has changed.</exception>
    public void Change(Action<CallCenterOptions> change) => _live.Change(Runtime, change);

    /// <summary>Why one who waits has the place it has; null when it does not wait.</summary>
    public Task<PlaceExplanation?> ExplainAsync(InteractionId interaction) => Runtime.Routing.ExplainAsync(interaction);

    /// <summary>Why an agent is not offered what waits.</summary>
    public Task<AgentExplanation> ExplainAsync(AgentId agent, InteractionId interaction) => Runtime.Routing.ExplainAsync(agent, interaction);

    /// <inheritdoc cref="RoutingLoop.StartTraceAsync"/>
    public Task StartTraceAsync(int commands = 10_000) => Runtime.Routing.StartTraceAsync(commands);

    /// <inheritdoc cref="RoutingLoop.StopTraceAsync"/>
    public Task<RoutingTrace?> StopTraceAsync() => Runtime.Routing.StopTraceAsync();

    /// <summary>Legs that belong to somebody.</summary>
    internal int OpenLegs => Runtime.OpenLegs;

    internal void Attach(CenterRuntime? runtime) => _runtime = runtime;

    internal LiveView? BoardIfRunning => _runtime?.Board.Current;

    internal IReadOnlyList<PhoneView> PhonesIfRunning => _runtime?.Phones ?? [];

    private CenterRuntime Runtime => _runtime ?? throw new InvalidOperationException("The call center is not running; start its host first.");
}
