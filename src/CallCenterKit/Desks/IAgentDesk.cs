using CallCenterKit.Contacts;
using CallCenterKit.Records;

namespace CallCenterKit.Desks;

/// <summary>The agents' screens, implemented by the host. Several may be registered.</summary>
public interface IAgentDesk
{
    /// <summary>An agent is being rung: show who it is. Called off the center's loops; what it throws is logged and harms no call.</summary>
    ValueTask ShowAsync(ScreenPop pop, CancellationToken cancellationToken);
}

/// <summary>What an agent sees when a call rings.</summary>
/// <param name="Offer">The offer that rings.</param>
/// <param name="Agent">Whose phone.</param>
/// <param name="Interaction">Which matter.</param>
/// <param name="Queue">From which queue.</param>
/// <param name="Waited">How long the caller has waited.</param>
/// <param name="Number">The caller's number as signalled; empty when withheld.</param>
/// <param name="Contacts">Everybody we know with that number.</param>
/// <param name="Collected">What the flow has collected, by name.</param>
/// <param name="Last">The party's last interactions, newest first, 10 at most.</param>
/// <param name="FollowUps">Those of them that still need something done: the disposition is <see cref="NeedsCallback"/> and nothing came later.</param>
/// <param name="IsComplete">Whether everything could be found within 200 ms.</param>
public sealed record ScreenPop(
    OfferId Offer,
    AgentId Agent,
    InteractionId Interaction,
    QueueId Queue,
    TimeSpan Waited,
    string Number,
    IReadOnlyList<Contact> Contacts,
    IReadOnlyDictionary<string, string> Collected,
    IReadOnlyList<CallRecord> Last,
    IReadOnlyList<CallRecord> FollowUps,
    bool IsComplete)
{
    /// <summary>The disposition that leaves something to be done.</summary>
    public const string NeedsCallback = "needs callback";
}
