using CallCenterKit.Conversations;

namespace CallCenterKit.Supervisors;

/// <summary>Whose call a supervisor wants to hear, and how.</summary>
/// <param name="Agent">Who is in the call.</param>
/// <param name="Role">In which role to begin; it can change at any time.</param>
/// <param name="Phone">The phone of ours that is rung for it.</param>
public sealed record SupervisionRequest(AgentId Agent, SupervisionRole Role, EndpointId Phone);
