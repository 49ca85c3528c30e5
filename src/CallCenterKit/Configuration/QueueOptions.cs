using System.ComponentModel.DataAnnotations;
using CallCenterKit.Model;
using CallCenterKit.Recordings;

namespace CallCenterKit.Configuration;

/// <summary>One queue. Everything has a default that works; <see cref="QueueModel"/> is what becomes of it.</summary>
public sealed class QueueOptions
{
    /// <summary>Shown on boards; null shows the id.</summary>
    public string? Name { get; set; }

    /// <summary>The ids of the agents who serve it, in order; tier and weight may follow: "alice", "bob;tier=2", "carol;tier=2;weight=3".</summary>
    public IList<string> Members { get; } = [];

    /// <summary>The name of the routing strategy.</summary>
    [Required]
    public string Strategy { get; set; } = Routing.LongestIdleStrategy.StrategyName;

    /// <summary>The strategy for callers who are VIP; null is the same as for all.</summary>
    public string? VipStrategy { get; set; }

    /// <summary>The name of a scorer that is asked first; null asks none.</summary>
    public string? Scorer { get; set; }

    /// <summary>How long the scorer may take before the strategy chooses, 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan ScorerTimeout { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What every agent needs for this queue: "billing >= 3 and (lt or en)". Null needs nothing.</summary>
    public string? Requirement { get; set; }

    /// <summary>What is given up of the requirement while a caller waits: "30s lower 1", "45s drop lt", "60s = billing", "90s any".</summary>
    public IList<string> Relaxation { get; } = [];

    /// <summary>After which wait the second, third, ... tier of members is asked too; further tiers come with the last of these. Empty asks all at once.</summary>
    public IList<TimeSpan> TierOpenings { get; } = [];

    /// <summary>Over what calls and talk time are counted: Shift, Day or Rolling.</summary>
    public CallWindow Window { get; set; } = CallWindow.Shift;

    /// <summary>The length of the rolling window, 5 min to 1 day; moves in steps of 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan RollingWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The IANA time zone of opening hours and of midnight: "Europe/Vilnius".</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether a caller is rung through to the agent they spoke with last, if that agent is at work.</summary>
    public bool Sticky { get; set; }

    /// <summary>How long that agent is waited for, and how much slower than anybody they may be expected to be, 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StickyWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one agent is rung, 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RingTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an agent is left alone after an offer in vain.</summary>
    public RetryOptions Retry { get; } = new();

    /// <summary>After how many offers in a row that rang in vain the agent is paused, 1 to 100; null never.</summary>
    [Range(1, 100)]
    public int? AutoPauseAfter { get; set; }

    /// <summary>The weight of the queue: wait that each of its callers is given, up to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Credit { get; set; }

    /// <summary>Wait that a VIP is given, up to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan VipCredit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The most callers that wait, are being offered or are to be called back, 1 to 1,000,000; null is no limit.</summary>
    [Range(1, 1_000_000)]
    public int? MaxLength { get; set; }

    /// <summary>What is tried while a caller waits, by rising time: "60s queue:sales", "120s callback". A step that cannot be taken leaves the caller waiting.</summary>
    public IList<string> Steps { get; } = [];

    /// <summary>The longest wait, 1 s to 1 day; null is no limit. Must be longer than <see cref="RingTime"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan? MaxWait { get; set; }

    /// <summary>
    /// Where those go that found no place or waited too long: "queue:NAME", "flow:NAME", "voicemail:NAME", "message:PROMPT",
    /// "number:NUMBER", "callback" or "hangup".
    /// </summary>
    [Required]
    public string Overflow { get; set; } = "hangup";

    /// <summary>Which agents must be there for a caller to be let in: states of <see cref="AgentPresences"/>, such as "Working" or "Available, Paused". Null lets in whoever is there.</summary>
    public AgentPresences? JoinWhile { get; set; }

    /// <summary>Which agents must be there for callers to go on waiting; null lets them wait whoever is there.</summary>
    public AgentPresences? StayWhile { get; set; }

    /// <summary>How long nobody may be there before the callers are sent away, 0 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StayGrace { get; set; }

    /// <summary>Where those go that found nobody there; null is <see cref="Overflow"/>.</summary>
    public string? EmptyOverflow { get; set; }

    /// <summary>When it is open, in <see cref="TimeZone"/>: "Mon-Fri 08:00-17:00". Empty is always.</summary>
    public IList<string> Hours { get; } = [];

    /// <summary>Days with other hours, or none: "2026-12-24 Christmas Eve 08:00-12:00", "2026-12-25 Christmas".</summary>
    public IList<string> Holidays { get; } = [];

    /// <summary>Where those go that come when it is closed; null is <see cref="Overflow"/>.</summary>
    public string? ClosedOverflow { get; set; }

    /// <summary>What happens at closing time to those still waiting: Serve or SendAway.</summary>
    public ClosingRule AtClosing { get; set; }

    /// <summary>Whether waiting callers are told their place.</summary>
    public bool AnnouncePlace { get; set; }

    /// <summary>Whether waiting callers are told the expected wait.</summary>
    public bool AnnounceWait { get; set; }

    /// <summary>After which wait they are told that, or offered a callback, for the first time, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AnnounceFirst { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often from then on, 10 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan AnnounceEvery { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Callbacks in place of waiting.</summary>
    public CallbackOptions Callback { get; } = new();

    /// <summary>The prompt played while waiting, or the name of one of <see cref="CallCenterOptions.Playlists"/>; null is silence.</summary>
    public string? Music { get; set; }

    /// <summary>
    /// Whether callers are told in which hour the wait is shortest, by what the queue has seen of about eight weeks: as a tip of the playlist
    /// that is its <see cref="Music"/>, unless the host has tips of its own.
    /// </summary>
    public bool TellQuietHour { get; set; }

    /// <summary>How many calls must have come in an hour before its wait is known, 1 to 100,000; a call counts for an eighth less with each week.</summary>
    [Range(1, 100_000)]
    public int QuietHourCalls { get; set; } = 50;

    /// <summary>How much shorter the mean wait must be then than in the hour of the call, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QuietHourGain { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the caller is answered on entry; otherwise rung until the agent answers.</summary>
    public bool AnswerOnEntry { get; set; } = true;

    /// <summary>Whether the agent hears which queue it is and how long the caller waited, before they are joined.</summary>
    public bool Whisper { get; set; }

    /// <summary>Whether the conversation with the agent is recorded: short for <see cref="Recording"/> FromAnswer.</summary>
    public bool Record { get; set; }

    /// <summary>Whether its calls are recorded, and from when: Never, OnDemand, FromAnswer or FromIvr; null says nothing.</summary>
    public RecordingMode? Recording { get; set; }

    /// <summary>How long its recordings are kept, 1 day to 100 years; null as <see cref="RecordingOptions.Retention"/> says.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36525.00:00:00")]
    public TimeSpan? RecordingRetention { get; set; }

    /// <summary>How after-call work ends: None, Optional, Mandatory or Timed.</summary>
    public WrapUpMode WrapUpMode { get; set; } = WrapUpMode.Optional;

    /// <summary>The longest after-call work, 0 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WrapUp { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What may be said at the end of the after-call work; empty allows any.</summary>
    public IList<string> Dispositions { get; } = [];

    /// <summary>Whether a disposition must be given; Mandatory implies it.</summary>
    public bool DispositionRequired { get; set; }

    /// <summary>Answered within this counts as in time, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ServiceLevelThreshold { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>How long an agent is left alone after an offer in vain, each 0 s to 1 h. Nobody is rung twice running while another is free.</summary>
public sealed class RetryOptions
{
    /// <summary>After the ring time passed; only while others are free.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan NoAnswer { get; set; } = RetryRules.Default.NoAnswer;

    /// <summary>After the phone was busy.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Busy { get; set; } = RetryRules.Default.Busy;

    /// <summary>After the agent refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Rejected { get; set; } = RetryRules.Default.Rejected;

    /// <summary>After the phone failed; then it is asked whether it can be reached again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Unreachable { get; set; } = RetryRules.Default.Unreachable;
}

/// <summary>Callbacks in place of waiting.</summary>
public sealed class CallbackOptions
{
    /// <summary>The key by which a waiting caller asks for one, 0 to 9, * or #; null does not offer it. The announcement offers it when it is 1.</summary>
    public char? Key { get; set; }

    /// <summary>How often the customer is called before it is given up, 1 to 20.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 3;

    /// <summary>How long it is left alone after an attempt in vain, 10 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long it is given up, 1 min to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan Expiry { get; set; } = TimeSpan.FromHours(4);
}
