using System.ComponentModel.DataAnnotations;
using CallCenterKit.Conversations;

namespace CallCenterKit.Configuration;

/// <summary>One person who may hear calls of agents. Whom no entry names may not; several entries of one person add up.</summary>
public sealed class SupervisorOptions
{
    /// <summary>Who, as events name them: "agent:ID", "endpoint:NUMBER" for a phone that no agent works from, or the <see cref="ActorId"/> by which the host asks.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1)]
    public string Who { get; set; } = "";

    /// <summary>The queues whose calls they may hear, whichever agent has them; "*" is all. They stay with the customer when the call is passed on.</summary>
    public IList<string> Queues { get; } = [];

    /// <summary>The agents whose calls they may hear, whichever queue they come from. They leave with that agent; "*" is all agents, and then they stay.</summary>
    public IList<string> Agents { get; } = [];

    /// <summary>The most they may do: Listen, Whisper (to the agent) or Barge (talk with all).</summary>
    public SupervisionRole Role { get; set; }
}
