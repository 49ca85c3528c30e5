using CallCenterKit;
using CallCenterKit.Routing;

namespace ConsolePbx.Board;

/// <summary>What the board shows at one moment, numbers masked.</summary>
internal sealed record BoardPicture(DateTimeOffset At, IReadOnlyList<AgentRow> Agents, IReadOnlyList<WaitingRow> Waiting)
{
    public static BoardPicture Empty { get; } = new(default, [], []);
}

internal sealed record AgentRow(AgentId Id, string Name, AgentState State, DateTimeOffset Since, string Extension, string TalksTo);

internal sealed record WaitingRow(InteractionId Interaction, string Queue, int Place, DateTimeOffset Since, string Number);
