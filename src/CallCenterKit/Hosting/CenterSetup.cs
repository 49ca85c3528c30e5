using CallCenterKit.Contacts;
using CallCenterKit.DialPlans;
using CallCenterKit.Ivr;
using CallCenterKit.Model;
using CallCenterKit.Playlists;
using CallCenterKit.Recordings;
using CallCenterKit.Supervisors;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Hosting;

/// <summary>What can change while the center runs, all of it checked. Never changes itself; a change is a new one.</summary>
/// <param name="Model">Agents and queues.</param>
/// <param name="DialPlan">Where numbers lead.</param>
/// <param name="Flows">What answers them.</param>
/// <param name="Logins">By which codes agents log in.</param>
/// <param name="Numbers">How callers' numbers are written.</param>
internal sealed record CenterSetup(CallCenterModel Model, DialPlan DialPlan, IFlowCatalog Flows, AgentCodes Logins, NumberPlan Numbers)
{
    /// <summary>Every phone of ours, and the number it shows outside; null: its own.</summary>
    public IReadOnlyDictionary<EndpointId, string?> Phones { get; init; } = new Dictionary<EndpointId, string?>();

    /// <summary>Agents' places that are numbers outside: no driver knows whether they can be reached.</summary>
    public IReadOnlySet<EndpointId> Mobiles { get; init; } = new HashSet<EndpointId>();

    /// <summary>Who may supervise whom.</summary>
    public SupervisionRights Supervision { get; init; } = SupervisionRights.None;

    /// <summary>How long recordings are kept.</summary>
    public required RecordingKeeping Keeping { get; init; }

    /// <summary>What waiting callers hear, by name.</summary>
    public IReadOnlyDictionary<string, Playlist> Playlists { get; init; } = new Dictionary<string, Playlist>();

    /// <summary>The queues that tell their quiet hour, and when.</summary>
    public IReadOnlyDictionary<QueueId, QuietHour> QuietHours { get; init; } = new Dictionary<QueueId, QuietHour>();

    /// <summary>Where messages are left.</summary>
    public IReadOnlyDictionary<MailboxId, MailboxModel> Mailboxes { get; init; } = new Dictionary<MailboxId, MailboxModel>();

    /// <summary>Who may hear them by keys.</summary>
    public required MailboxPins MailboxPins { get; init; }

    /// <summary>What our phones may always dial.</summary>
    public IReadOnlySet<string> EmergencyNumbers { get; init; } = new HashSet<string>();
}
