using System.ComponentModel.DataAnnotations;
using CallCenterKit.Media.Engine;
using CallCenterKit.Sip;

namespace CallCenterKit.Configuration;

/// <summary>Everything a host can configure. Whatever code sets, the section "CallCenter" of the configuration can set; code wins.</summary>
/// <remarks>Read once, when the center starts, and checked as a whole before any port is opened.</remarks>
public sealed class CallCenterOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "CallCenter";

    /// <summary>The name of this center, 1 to 128 characters; the first key of all that is stored.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1)]
    public string Center { get; set; } = "main";

    /// <summary>The phones, by the number they are called under. The number is also the user name they register with.</summary>
    public IDictionary<string, ExtensionOptions> Extensions { get; } = new Dictionary<string, ExtensionOptions>(StringComparer.Ordinal);

    /// <summary>The people who take calls, by id.</summary>
    public IDictionary<string, AgentOptions> Agents { get; } = new Dictionary<string, AgentOptions>(StringComparer.Ordinal);

    /// <summary>The queues, by id.</summary>
    public IDictionary<string, QueueOptions> Queues { get; } = new Dictionary<string, QueueOptions>(StringComparer.Ordinal);

    /// <summary>Where numbers lead: "flow:NAME", "queue:NAME" or "extension:NUMBER", by number or by beginning followed by "*".</summary>
    /// <remarks>Extensions need no rule. A number without a rule leads nowhere: nothing is dialled outside unless it is said here.</remarks>
    public IDictionary<string, string> DialPlan { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Flows kept as JSON files, by name; relative to the content root.</summary>
    public IDictionary<string, string> Flows { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The folder of prompts, relative to the content root.</summary>
    [Required]
    public string PromptFolder { get; set; } = "prompts";

    /// <summary>The prompt played to whoever is on hold; null is silence.</summary>
    public string? MusicOnHold { get; set; }

    /// <summary>The prompt that asks whoever answers a phone that must confirm to press 1; null only waits for the key.</summary>
    public string? ConfirmPrompt { get; set; }

    /// <summary>How long stopping waits for calls to end by themselves before it ends them, 0 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Recordings.</summary>
    public RecordingOptions Recording { get; } = new();

    /// <summary>What is remembered, and where.</summary>
    public StorageOptions Storage { get; } = new();

    /// <summary>SIP.</summary>
    public SipOptions Sip { get; } = new();

    /// <summary>Audio.</summary>
    public MediaOptions Media { get; } = new();
}

/// <summary>One phone.</summary>
public sealed class ExtensionOptions
{
    /// <summary>Its password. A secret: give it by file or environment. Null: the phone cannot register.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password, in place of <see cref="Password"/>; relative to the content root.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Where it is reachable without registering: "sip:agent1@192.0.2.7:5060". Null: it has to register.</summary>
    public string? Contact { get; set; }

    /// <summary>Whether calls made directly to this phone are recorded.</summary>
    public bool Record { get; set; }
}

/// <summary>One person who takes calls.</summary>
public sealed class AgentOptions
{
    /// <summary>Shown on boards; null shows the id.</summary>
    public string? Name { get; set; }

    /// <summary>The extension the agent works from when the center starts; null: the agent has to log in.</summary>
    public string? Extension { get; set; }

    /// <summary>Whether whoever answers must press 1 before the caller is put through: for mobiles, so that voicemail never takes a call.</summary>
    public bool Confirm { get; set; }

    /// <summary>How many calls at once, 1 to 10.</summary>
    [Range(1, 10)]
    public int Calls { get; set; } = 1;
}

/// <summary>One queue.</summary>
public sealed class QueueOptions
{
    /// <summary>Shown on boards; null shows the id.</summary>
    public string? Name { get; set; }

    /// <summary>The name of the routing strategy.</summary>
    [Required]
    public string Strategy { get; set; } = Routing.LongestIdleStrategy.StrategyName;

    /// <summary>The ids of the agents who serve it.</summary>
    public IList<string> Members { get; } = [];

    /// <summary>How long one agent is rung, 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RingTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an agent who did not take an offer is left alone while others are free, 0 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan CoolOff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait, 1 s to 1 day; null is no limit. Must be longer than <see cref="RingTime"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan? MaxWait { get; set; }

    /// <summary>The most callers that wait or are being offered, 1 to 1,000,000; null is no limit.</summary>
    [Range(1, 1_000_000)]
    public int? MaxLength { get; set; }

    /// <summary>Where those go that found no place or waited too long: "queue:NAME", "flow:NAME" or "hangup".</summary>
    [Required]
    public string Overflow { get; set; } = "hangup";

    /// <summary>After-call work, 0 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WrapUp { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the conversation with the agent is recorded.</summary>
    public bool Record { get; set; }

    /// <summary>The prompt played while waiting; null is silence.</summary>
    public string? Music { get; set; }

    /// <summary>Whether the caller is answered on entry; otherwise rung until the agent answers.</summary>
    public bool AnswerOnEntry { get; set; } = true;

    /// <summary>Answered within this counts as in time, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ServiceLevelThreshold { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Recordings.</summary>
public sealed class RecordingOptions
{
    /// <summary>The folder, relative to the current directory; made when it is missing.</summary>
    [Required]
    public string Folder { get; set; } = "recordings";
}

/// <summary>What is remembered, and where.</summary>
public sealed class StorageOptions
{
    /// <summary>The SQLite file, relative to the current directory; null keeps everything in memory and forgets it at the end.</summary>
    public string? File { get; set; }
}
