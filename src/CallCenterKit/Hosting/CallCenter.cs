using CallCenterKit.Hosting;
using CallCenterKit.Live;
using CallCenterKit.Metrics;
using CallCenterKit.Records;
using CallCenterKit.Routing;

namespace CallCenterKit;

/// <summary>A running call center: what the host looks at and what it can ask for. Any thread.</summary>
public sealed class CallCenter
{
    private CenterRuntime? _runtime;

    private readonly LiveFigures _figures;

    internal CallCenter(ICallRecordStore records, LiveFigures figures)
    {
        Records = records;
        _figures = figures;
    }

    /// <summary>Call records, as far as they are written.</summary>
    public ICallRecordStore Records { get; }

    /// <summary>Whether calls are taken.</summary>
    public bool IsRunning => _runtime is not null;

    /// <summary>Interactions that live now.</summary>
    public int OpenInteractions => Runtime.OpenInteractions;

    /// <summary>Agents and queues as they are now.</summary>
    /// <exception cref="InvalidOperationException">The center is not running.</exception>
    public LiveView Board => Runtime.Board.Current;

    /// <summary>Service level, speed of answer, abandonment and more since the start, by queue and in total.</summary>
    public FiguresView Figures => _figures.Current;

    /// <summary>A builder for a program that is a call center; takes its configuration from appsettings.json, the environment and the arguments.</summary>
    public static CallCenterApplicationBuilder CreateBuilder(string[]? args = null) => new(args);

    /// <summary>The agent works from this phone now.</summary>
    public void LogIn(AgentId agent, EndpointId endpoint, ActorId by) => Runtime.Post(new LogIn(agent, endpoint, by));

    /// <summary>The agent stops working.</summary>
    public void LogOut(AgentId agent, ActorId by) => Runtime.Post(new LogOut(agent, by));

    /// <summary>The agent takes no calls for now.</summary>
    public void Pause(AgentId agent, string reason, ActorId by) => Runtime.Post(new Pause(agent, reason, by));

    /// <summary>The agent takes calls again.</summary>
    public void Resume(AgentId agent, ActorId by) => Runtime.Post(new Resume(agent, by));

    /// <summary>The agent has done the after-call work.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="interaction">What it was about.</param>
    /// <param name="disposition">What came of it; null says nothing.</param>
    /// <param name="by">Who says so.</param>
    public void FinishWrapUp(AgentId agent, InteractionId interaction, string? disposition, ActorId by) =>
        Runtime.Post(new FinishWrapUp(agent, interaction, disposition, by));

    /// <summary>Legs that belong to somebody.</summary>
    internal int OpenLegs => Runtime.OpenLegs;

    internal void Attach(CenterRuntime? runtime) => _runtime = runtime;

    internal LiveView? BoardIfRunning => _runtime?.Board.Current;

    private CenterRuntime Runtime => _runtime ?? throw new InvalidOperationException("The call center is not running; start its host first.");
}
