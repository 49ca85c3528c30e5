using CallCenterKit.Calendars;
using CallCenterKit.Queues;
using CallCenterKit.Recordings;
using CallCenterKit.Skills;

namespace CallCenterKit.Model;

/// <summary>A queue.</summary>
/// <param name="Id">The host's name for it.</param>
/// <param name="Name">Shown on boards.</param>
/// <param name="Strategy">The <see cref="Routing.IRoutingStrategy.Name"/> of the strategy.</param>
/// <param name="Members">Who serves it. Their order counts for some strategies.</param>
public sealed record QueueModel(QueueId Id, string Name, string Strategy, IReadOnlyList<QueueMember> Members)
{
    // Choosing an agent

    /// <summary>The strategy for callers who are VIP; null is the same as for all.</summary>
    public string? VipStrategy { get; init; }

    /// <summary>The <see cref="Routing.IAgentScorer.Name"/> of a scorer that is asked first; null asks none.</summary>
    public string? Scorer { get; init; }

    /// <summary>How long the scorer may take before <see cref="Strategy"/> chooses.</summary>
    public TimeSpan ScorerTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What every agent needs for this queue; a caller's own requirement comes on top.</summary>
    public SkillExpression Requirement { get; init; } = SkillExpression.Any;

    /// <summary>What is given up of the requirement while a caller waits, by rising time.</summary>
    public IReadOnlyList<RelaxationStep> Relaxation { get; init; } = [];

    /// <summary>After which wait the second, third, ... tier of members is asked too; further tiers come with the last of these. Empty asks all at once.</summary>
    public IReadOnlyList<TimeSpan> TierOpenings { get; init; } = [];

    /// <summary>Over what calls and talk time are counted.</summary>
    public CallWindow Window { get; init; } = CallWindow.Shift;

    /// <summary>The length of <see cref="CallWindow.Rolling"/>; counted in steps of 5 minutes, at most a day.</summary>
    public TimeSpan RollingWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The IANA time zone whose midnight begins <see cref="CallWindow.Day"/>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How long a caller waits for the agent who knows them, while that is not expected to be much slower than anybody; zero never waits.</summary>
    public TimeSpan StickyWait { get; init; }

    // Ringing

    /// <summary>How long one agent is rung.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an agent who did not take an offer is left alone.</summary>
    public RetryRules Retry { get; init; } = RetryRules.Default;

    /// <summary>After how many offers in a row that rang in vain the agent is paused; null never.</summary>
    public int? AutoPauseAfter { get; init; }

    // Waiting

    /// <summary>Seconds of wait that every caller of this queue is given: the weight of the queue.</summary>
    public TimeSpan Credit { get; init; }

    /// <summary>Seconds of wait that a VIP is given.</summary>
    public TimeSpan VipCredit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most entries that wait, are being offered or are to be called back; null is no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What is tried while a caller waits, by rising time; a step that cannot be taken leaves the caller waiting.</summary>
    public IReadOnlyList<WaitStep> Steps { get; init; } = [];

    /// <summary>The longest wait; null is no limit. Then comes <see cref="Overflow"/>.</summary>
    public TimeSpan? MaxWait { get; init; }

    /// <summary>Where those go that found no place or waited too long; null hangs up.</summary>
    public Overflow? Overflow { get; init; }

    /// <summary>When nobody may enter; null lets callers in whoever is there.</summary>
    public EmptyRule? JoinRule { get; init; }

    /// <summary>When those waiting are sent away; null lets them wait whoever is there.</summary>
    public EmptyRule? LeaveRule { get; init; }

    /// <summary>Where those go that found nobody at work; null is <see cref="Overflow"/>.</summary>
    public Overflow? EmptyOverflow { get; init; }

    /// <summary>When it is open; null is always.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>Where those go that come too late; null is <see cref="Overflow"/>.</summary>
    public Overflow? ClosedOverflow { get; init; }

    /// <summary>What happens at closing time to those still waiting.</summary>
    public ClosingRule AtClosing { get; init; }

    /// <summary>When and what waiting callers are told; null tells nothing.</summary>
    public AnnouncementRules? Announcements { get; init; }

    /// <summary>How callbacks are made.</summary>
    public CallbackRules Callbacks { get; init; } = new();

    /// <summary>Played while waiting; null is silence.</summary>
    public string? Music { get; init; }

    /// <summary>Whether the caller is answered on entry; otherwise rung until the agent answers.</summary>
    public bool AnswerOnEntry { get; init; } = true;

    // Talking and after

    /// <summary>Whether the agent hears which queue it is and how long the caller waited, before they are joined.</summary>
    public bool Whisper { get; init; }

    /// <summary>Whether its calls are recorded, and from when; null says nothing.</summary>
    public RecordingMode? Recording { get; init; }

    /// <summary>Whether the conversation with the agent is recorded: what <see cref="Recording"/> says, as older journals have it.</summary>
    public bool Record
    {
        get => Recording is RecordingMode.FromAnswer or RecordingMode.FromIvr;
        init => Recording ??= value ? RecordingMode.FromAnswer : null;
    }

    /// <summary>How after-call work ends.</summary>
    public WrapUpMode WrapUpMode { get; init; } = WrapUpMode.Optional;

    /// <summary>The longest after-call work; zero is none.</summary>
    public TimeSpan WrapUp { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What may be said at the end of the after-call work; empty allows any.</summary>
    public IReadOnlyList<string> Dispositions { get; init; } = [];

    /// <summary>Whether a disposition must be given; <see cref="WrapUpMode.Mandatory"/> implies it.</summary>
    public bool DispositionRequired { get; init; }

    // Figures

    /// <summary>Answered within this counts as in time.</summary>
    public TimeSpan ServiceLevelThreshold { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>An agent in a queue.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Tier">From 1: the first tier is asked first where the strategy or <see cref="QueueModel.TierOpenings"/> says so.</param>
/// <param name="Weight">From 1: how often the agent is drawn by weight.</param>
public sealed record QueueMember(AgentId Agent, int Tier = 1, int Weight = 1)
{
    /// <summary>A member of the first tier with weight 1.</summary>
    public static implicit operator QueueMember(AgentId agent) => FromAgentId(agent);

    /// <summary>A member of the first tier with weight 1.</summary>
    public static QueueMember FromAgentId(AgentId agent) => new(agent);
}

/// <summary>How long an agent is left alone after an offer that came to nothing. Nobody is rung twice running while another is free.</summary>
/// <param name="NoAnswer">After the ring time passed; only while others are free.</param>
/// <param name="Busy">After the phone was busy.</param>
/// <param name="Rejected">After the agent refused.</param>
/// <param name="Unreachable">After the phone failed; then it is qualified again.</param>
public sealed record RetryRules(TimeSpan NoAnswer, TimeSpan Busy, TimeSpan Rejected, TimeSpan Unreachable)
{
    /// <summary>5 s; 30 s after a phone failed.</summary>
    public static RetryRules Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    /// <summary>The same time after each.</summary>
    public static RetryRules After(TimeSpan time) => new(time, time, time, time);
}

/// <summary>One step of what is given up of a requirement.</summary>
/// <param name="After">Since the caller entered the queue.</param>
/// <param name="Lower">By how much every wanted level is lowered; 0 by nothing.</param>
/// <param name="Drop">The skill that is wanted no more; null drops none.</param>
/// <param name="Instead">What is wanted from now on in place of everything before; null changes nothing.</param>
public sealed record RelaxationStep(TimeSpan After, int Lower = 0, string? Drop = null, SkillExpression? Instead = null);

/// <summary>One step of what is tried while a caller waits.</summary>
/// <param name="After">Since the caller entered the queue.</param>
/// <param name="To">Where to.</param>
public sealed record WaitStep(TimeSpan After, Overflow To);

/// <summary>Over what calls and talk time are counted.</summary>
public enum CallWindow
{
    /// <summary>Since the agent logged in.</summary>
    Shift,

    /// <summary>Since midnight.</summary>
    Day,

    /// <summary>Over the last hours.</summary>
    Rolling,
}

/// <summary>When a queue counts as empty: no member is in any of the states.</summary>
/// <param name="Counts">The states that count as being there.</param>
/// <param name="Grace">How long it must stay empty; matters only for leaving.</param>
public sealed record EmptyRule(AgentPresences Counts, TimeSpan Grace = default);

/// <summary>States of agents, to be combined.</summary>
[Flags]
public enum AgentPresences
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Free.</summary>
    Available = 1,

    /// <summary>Being rung.</summary>
    Ringing = 2,

    /// <summary>In conversation.</summary>
    Talking = 4,

    /// <summary>Doing after-call work.</summary>
    WrappingUp = 8,

    /// <summary>Takes no offers.</summary>
    Paused = 16,

    /// <summary>At work, but the phone cannot be reached.</summary>
    Unreachable = 32,

    /// <summary>Working: free, rung, in conversation or wrapping up.</summary>
    Working = Available | Ringing | Talking | WrappingUp,

    /// <summary>Logged in, whatever else.</summary>
    LoggedIn = Working | Paused | Unreachable,
}

/// <summary>What happens at closing time to those still waiting.</summary>
public enum ClosingRule
{
    /// <summary>They are served.</summary>
    Serve,

    /// <summary>They go where those go that come too late.</summary>
    SendAway,
}

/// <summary>When and what waiting callers are told.</summary>
/// <param name="First">After which wait in the queue for the first time.</param>
/// <param name="Every">And how often from then on.</param>
/// <param name="Place">Whether the place is told.</param>
/// <param name="Wait">Whether the expected wait is told.</param>
public sealed record AnnouncementRules(TimeSpan First, TimeSpan Every, bool Place = true, bool Wait = true)
{
    /// <summary>After 15 s, then every 60 s.</summary>
    public static AnnouncementRules Default { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));
}

/// <summary>How callbacks are made.</summary>
public sealed record CallbackRules
{
    /// <summary>The key by which a waiting caller asks for one; null does not offer it.</summary>
    public char? Key { get; init; }

    /// <summary>How often the customer is called before it is given up.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How long it is left alone after an attempt in vain.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long it is given up, since the customer asked for it.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromHours(4);
}

/// <summary>How after-call work ends.</summary>
public enum WrapUpMode
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>When the agent says so, or at its deadline.</summary>
    Optional,

    /// <summary>When the agent gives a disposition; at the deadline without one the agent is not ready.</summary>
    Mandatory,

    /// <summary>At its deadline and not before.</summary>
    Timed,
}
