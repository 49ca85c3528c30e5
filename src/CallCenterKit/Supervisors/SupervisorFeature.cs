using CallCenterKit.Conversations;

namespace CallCenterKit.Supervisors;

/// <summary>The feature by which supervisors dial into calls: "monitor", "monitor:whisper", "monitor:barge"; behind it the agent's extension is dialled.</summary>
internal static class SupervisorFeature
{
    public const string Name = "monitor";

    /// <summary>The role in which the feature begins; null when it is another feature.</summary>
    public static SupervisionRole? RoleOf(string feature) => feature switch
    {
        Name => SupervisionRole.Listen,
        $"{Name}:whisper" => SupervisionRole.Whisper,
        $"{Name}:barge" => SupervisionRole.Barge,
        _ => null,
    };

    /// <summary>What is wrong with the pattern it is dialled by; null when nothing is.</summary>
    public static string? Fault(string pattern) =>
        pattern.Length > 1 && pattern.EndsWith('*') ? null : "needs digits followed by '*': the extension of the agent is dialled behind it";
}
