using System.ComponentModel.DataAnnotations;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Recordings;
using CallCenterKit.Sip;
using CallCenterKit.Voice;

namespace CallCenterKit.Configuration;

/// <summary>Everything a host can configure. Whatever code sets, the section "CallCenter" of the configuration can set; code wins.</summary>
/// <remarks>
/// Checked as a whole when the center starts, before any port is opened, and at every change. Agents, queues, playlists, mailboxes, dial plan,
/// break kinds, numbers and flows change while it runs (<see cref="CallCenter.Change"/>, or an edited file); all else is read once.
/// </remarks>
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

    /// <summary>
    /// Where numbers lead, by number or by beginning followed by "*": "flow:NAME", "queue:NAME", "vip:QUEUE", "extension:NUMBER",
    /// "agent:ID", "outside" or "outside:RULE" (over trunks, see <see cref="OutsideRules"/>), or for agents "feature:login", "feature:logout", "feature:pause", "feature:pause:KIND", "feature:ready", "feature:voicemail",
    /// or for supervisors "feature:monitor", "feature:monitor:whisper", "feature:monitor:barge", by a beginning behind which the agent's extension is dialled.
    /// </summary>
    /// <remarks>";recording=MODE" may follow, see <see cref="RecordingOptions.Mode"/>: "queue:sales;recording=FromIvr". Extensions need no rule. A number without a rule leads nowhere: nothing is dialled outside unless it is said here.</remarks>
    public IDictionary<string, string> DialPlan { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How numbers outside are dialled and who may, by the name the dial plan uses.</summary>
    public IDictionary<string, OutsideRuleOptions> OutsideRules { get; } = new Dictionary<string, OutsideRuleOptions>(StringComparer.Ordinal);

    /// <summary>Who may hear calls of agents, speak to the agents in them or join them; nobody unless it is said here.</summary>
    public IList<SupervisorOptions> Supervisors { get; } = [];

    /// <summary>
    /// Numbers such as "112" that each of our phones may always dial: without a rule over every trunk, past limits of calls, and
    /// while the center stops taking others. Nobody else's calls to them are let through.
    /// </summary>
    public IList<string> EmergencyNumbers { get; } = [];

    /// <summary>Flows kept as JSON files, by name; relative to the content root.</summary>
    public IDictionary<string, string> Flows { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The folder of prompts, relative to the content root.</summary>
    [Required]
    public string PromptFolder { get; set; } = "prompts";

    /// <summary>The prompt played to whoever is on hold; null is silence.</summary>
    public string? MusicOnHold { get; set; }

    /// <summary>The prompt that asks whoever answers a phone that must confirm to press 1; null only waits for the key.</summary>
    public string? ConfirmPrompt { get; set; }

    /// <summary>The language of announcements: the folder below <see cref="PromptFolder"/> that holds their prompts. "en" and "lt" are known, and those the host adds.</summary>
    [Required]
    public string Language { get; set; } = "en";

    /// <summary>The reasons agents may give for a pause; empty allows any.</summary>
    public IList<string> BreakKinds { get; } = [];

    /// <summary>How numbers of this country are written, so that one caller is one contact.</summary>
    public NumberPlanOptions Numbers { get; } = new();

    /// <summary>How long stopping waits for calls to end by themselves before it ends them, 0 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What waiting callers hear, by the name that queues use.</summary>
    public IDictionary<string, PlaylistOptions> Playlists { get; } = new Dictionary<string, PlaylistOptions>(StringComparer.Ordinal);

    /// <summary>The mailboxes, by name.</summary>
    public IDictionary<string, MailboxOptions> Mailboxes { get; } = new Dictionary<string, MailboxOptions>(StringComparer.Ordinal);

    /// <summary>Texts that nobody has recorded.</summary>
    public SpokenTextOptions Speech { get; } = new();

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

    /// <summary>The number shown when it calls outside, if the rule shows none of its own; for an emergency before that of the rule. Null: the extension.</summary>
    public string? CallerId { get; set; }

    /// <summary>Whether calls made directly to this phone are recorded: short for <see cref="Recording"/> FromAnswer.</summary>
    public bool Record { get; set; }

    /// <summary>Whether calls made directly to this phone are recorded, and from when: Never, OnDemand, FromAnswer or FromIvr; null says nothing.</summary>
    public RecordingMode? Recording { get; set; }

    /// <summary>Whether its audio is encrypted with keys in SDP; null: as <see cref="SipOptions.Srtp"/> says. A phone that takes nothing else needs <see cref="SrtpPolicy.Required"/>.</summary>
    public SrtpPolicy? Srtp { get; set; }
}

/// <summary>Recordings.</summary>
public sealed class RecordingOptions
{
    /// <summary>The folder, relative to the current directory; made when it is missing.</summary>
    [Required]
    public string Folder { get; set; } = "recordings";

    /// <summary>
    /// Whether all calls are recorded, and from when: Never, OnDemand, FromAnswer or FromIvr; null says nothing. The rule of a
    /// number, of a queue, of an agent comes before it, in rising order; Never comes before all, wherever it stands.
    /// </summary>
    public RecordingMode? Mode { get; set; }

    /// <summary>How the files keep the samples: WavPcm16 (115 MB an hour in stereo) or WavMuLaw (half of that).</summary>
    public RecordingFormat Format { get; set; }

    /// <summary>Stereo (left what the customer says, right what they hear) or Mono (both mixed, half the size).</summary>
    public RecordingChannels Channels { get; set; }

    /// <summary>How long recordings are kept, 1 day to 100 years; then their audio is erased, but not under legal hold. Null keeps them for good. A queue may say otherwise.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36525.00:00:00")]
    public TimeSpan? Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The roles that see customers' whole numbers in searches and exports; all others see the last three digits.</summary>
    public IList<string> WholeNumbersFor { get; } = [];
}

/// <summary>What is remembered, and where.</summary>
public sealed class StorageOptions
{
    /// <summary>The SQLite file, relative to the current directory; null keeps everything in memory and forgets it at the end.</summary>
    public string? File { get; set; }
}
