using CallCenterKit.Model;
using CallCenterKit.Queues;

namespace CallCenterKit.Routing;

/// <summary>What is remembered of a queue: who was chosen last, how fast it moves, who is there.</summary>
internal sealed class QueueBook(QueueId id)
{
    /// <summary>How much one more observation takes from all before it: about the last 4,000 count.</summary>
    private const double Forgetting = 1.0 / 4_000;

    /// <summary>With fewer observations nothing is estimated.</summary>
    private const double FewestServices = 5;

    public QueueId Id { get; } = id;

    /// <summary>Null once the model does not know the queue any more.</summary>
    public QueueModel? Model { get; set; }

    /// <summary>Entries that wait, are being offered, or are to be called back.</summary>
    public int Length { get; set; }

    /// <summary>Who was rung last.</summary>
    public AgentId? LastChosen { get; set; }

    /// <summary>The member after whom the circle goes on; null begins at the first.</summary>
    public AgentId? Cursor { get; set; }

    public QueueRates Rates { get; set; } = new(0, 0, 0, 0);

    /// <summary>Members by <see cref="AgentState"/>. Follows from the agents.</summary>
    public int[] Members { get; } = new int[Enum.GetValues<AgentState>().Length];

    /// <summary>Since when nobody is there in the sense of <see cref="QueueModel.LeaveRule"/>; null while somebody is, or without a rule.</summary>
    public DateTimeOffset? EmptySince { get; set; }

    public bool IsForgettable => Model is null && Length == 0;

    public void CountService(TimeSpan handling) => Rates = Rates with
    {
        ServiceSeconds = (Rates.ServiceSeconds * (1 - Forgetting)) + handling.TotalSeconds,
        Services = (Rates.Services * (1 - Forgetting)) + 1,
    };

    public void CountWait(TimeSpan wait, bool abandoned) => Rates = Rates with
    {
        WaitSeconds = (Rates.WaitSeconds * (1 - Forgetting)) + wait.TotalSeconds,
        Abandons = (Rates.Abandons * (1 - Forgetting)) + (abandoned ? 1 : 0),
    };

    /// <summary>How long one waits who has that many before it; null when too little is known.</summary>
    public WaitEstimate? Estimate(int ahead, double agents)
    {
        if (Rates.Services < FewestServices || Rates.ServiceSeconds <= 0)
            return null;
        var abandonment = Rates.WaitSeconds > 0 ? Rates.Abandons / Rates.WaitSeconds : 0;
        return WaitEstimate.Of(ahead, agents, Rates.Services / Rates.ServiceSeconds, abandonment);
    }

    /// <summary>Whether no member is in any of the states.</summary>
    public bool IsEmpty(AgentPresences counts)
    {
        for (var state = AgentState.Unreachable; state <= AgentState.WrappingUp; state++)
        {
            if (Members[(int)state] > 0 && (counts & PresenceOf(state)) != 0)
                return false;
        }
        return true;
    }

    private static AgentPresences PresenceOf(AgentState state) => state switch
    {
        AgentState.Unreachable => AgentPresences.Unreachable,
        AgentState.Paused => AgentPresences.Paused,
        AgentState.Available => AgentPresences.Available,
        AgentState.Ringing => AgentPresences.Ringing,
        AgentState.Talking => AgentPresences.Talking,
        AgentState.WrappingUp => AgentPresences.WrappingUp,
        _ => AgentPresences.None,
    };
}
