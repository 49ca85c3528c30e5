using CallCenterKit.Configuration;
using CallCenterKit.Conversations;

namespace CallCenterKit.Supervisors;

/// <summary>Who may supervise whom, as configured. Whom no rule names may not.</summary>
internal sealed class SupervisionRights(IReadOnlyList<SupervisorOptions> rules)
{
    /// <summary>Stands for all queues, or all agents.</summary>
    public const string All = "*";

    /// <summary>Nobody may supervise anybody.</summary>
    public static SupervisionRights None { get; } = new([]);

    /// <summary>How far somebody may supervise a call in this role; null when not at all. Any thread.</summary>
    /// <param name="by">Who.</param>
    /// <param name="agent">Whose call.</param>
    /// <param name="queue">The queue the customer came from; null when they came from none.</param>
    /// <param name="role">How.</param>
    public SupervisionScope? Find(ActorId by, AgentId agent, QueueId? queue, SupervisionRole role)
    {
        SupervisionScope? found = null;
        foreach (var rule in rules)
        {
            if (rule.Who != by.Value || role > rule.Role)
                continue;
            if (rule.Agents.Contains(All) || (queue is { } known && (rule.Queues.Contains(All) || rule.Queues.Contains(known.Value))))
                return SupervisionScope.Call;
            if (rule.Agents.Contains(agent.Value))
                found = SupervisionScope.Agent;
        }
        return found;
    }
}
