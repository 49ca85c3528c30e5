using CallCenterKit.Conversations;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Supervisors;

internal static partial class SupervisorsLog
{
    [LoggerMessage(7031, LogLevel.Warning, "{By} may not supervise interaction {Interaction} of agent {Agent} as {Role}; refused.")]
    public static partial void Refused(ILogger logger, ActorId by, InteractionId interaction, AgentId agent, SupervisionRole role);

    [LoggerMessage(7032, LogLevel.Error, "A supervisor could not be brought into interaction {Interaction} and is hung up; the call goes on.")]
    public static partial void Failed(ILogger logger, Exception fault, InteractionId interaction);
}
