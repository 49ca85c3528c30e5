using System.Text.Json.Serialization;
using CallCenterKit.Queues;

namespace CallCenterKit.Routing;

/// <summary>What the routing engine wants done. Performed by the host of the engine; matched whole.</summary>
[JsonDerivedType(typeof(Offer), "offer")]
[JsonDerivedType(typeof(WithdrawOffer), "withdraw-offer")]
[JsonDerivedType(typeof(Connect), "connect")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Announce), "announce")]
[JsonDerivedType(typeof(CallBack), "call-back")]
[JsonDerivedType(typeof(ScoresWanted), "scores-wanted")]
[JsonDerivedType(typeof(QualifyAgent), "qualify-agent")]
public abstract record RoutingEffect
{
    private protected RoutingEffect()
    {
    }
}

/// <summary>Ring the agent. Ends with one of <see cref="OfferAnswered"/>, <see cref="OfferFailed"/>, <see cref="OfferClosed"/>.</summary>
/// <param name="Id">The offer.</param>
/// <param name="Entry">Which stay in the queue.</param>
/// <param name="Interaction">What is offered.</param>
/// <param name="Queue">Where it waits.</param>
/// <param name="Agent">Who is rung.</param>
/// <param name="Endpoint">Where the agent is logged in.</param>
/// <param name="Channel">How its party speaks with us.</param>
/// <param name="Reach">How its party is reached.</param>
/// <param name="ExpiresAt">When the engine will withdraw it; the performer sets no limit of its own.</param>
public sealed record Offer(
    OfferId Id,
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    AgentId Agent,
    EndpointId Endpoint,
    string Channel,
    PartyReach Reach,
    DateTimeOffset ExpiresAt) : RoutingEffect
{
    /// <summary>How long the party has waited.</summary>
    public TimeSpan Waited { get; init; }
}

/// <summary>
/// Ring the agent no more, and say within 5 s that it is done with <see cref="OfferClosed"/>: also when the agent answered
/// meanwhile and had to be hung up. Not needed after an <see cref="OfferFailed"/> that crossed this.
/// </summary>
public sealed record WithdrawOffer(OfferId Id, AgentId Agent, InteractionId Interaction, OfferEnd Reason) : RoutingEffect;

/// <summary>Join the interaction and the agent who answered. Ends with <see cref="AssignmentEnded"/>.</summary>
public sealed record Connect(OfferId Offer, InteractionId Interaction, QueueId Queue, AgentId Agent, TimeSpan Waited) : RoutingEffect;

/// <summary>The interaction waits no longer and nobody took it: it goes back to its flow. Also answers <see cref="Leave"/>.</summary>
/// <param name="Interaction">What waited.</param>
/// <param name="Queue">Where it waited last.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record Release(InteractionId Interaction, QueueId Queue, QueueOutcome Outcome) : RoutingEffect;

/// <summary>Tell the party that waits how things stand, if it can hear; an agent's answer cuts it short.</summary>
/// <param name="Entry">Which stay in the queue.</param>
/// <param name="Interaction">Who waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="Place">From 1, never higher than told before; null is not told.</param>
/// <param name="Wait">The expected wait from now on, never longer than told before; null when it is not told or not known.</param>
public sealed record Announce(EntryId Entry, InteractionId Interaction, QueueId Queue, int? Place, TimeSpan? Wait) : RoutingEffect;

/// <summary>
/// The agent has answered for a callback: call the party. Ends with one of <see cref="PartyReached"/>, after which comes
/// <see cref="Connect"/>, and <see cref="PartyNotReached"/>.
/// </summary>
/// <param name="Offer">The offer the agent answered.</param>
/// <param name="Interaction">Who asked for it.</param>
/// <param name="Queue">Where its place is.</param>
/// <param name="Agent">Who waits for the party.</param>
/// <param name="Attempt">From 1.</param>
public sealed record CallBack(OfferId Offer, InteractionId Interaction, QueueId Queue, AgentId Agent, int Attempt) : RoutingEffect;

/// <summary>Ask a scorer. Ends with one <see cref="ScoresArrived"/>; when that takes too long the queue's strategy chooses.</summary>
/// <param name="Entry">Which stay in the queue; with <paramref name="Round"/> the id of the question.</param>
/// <param name="Round">From 1: how often it was asked for this entry.</param>
/// <param name="Interaction">Who waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="Scorer">The <see cref="IAgentScorer.Name"/>.</param>
/// <param name="Candidates">The agents who could take it now, in the order of the queue's strategy; 100 at most. Nobody is reserved.</param>
/// <param name="ExpiresAt">When the engine asks no longer.</param>
public sealed record ScoresWanted(
    EntryId Entry,
    int Round,
    InteractionId Interaction,
    QueueId Queue,
    string Scorer,
    IReadOnlyList<AgentId> Candidates,
    DateTimeOffset ExpiresAt) : RoutingEffect;

/// <summary>Find out whether the agent's phone can be reached again, and say so with <see cref="ReachabilityChanged"/>.</summary>
public sealed record QualifyAgent(AgentId Agent, EndpointId Endpoint) : RoutingEffect;
