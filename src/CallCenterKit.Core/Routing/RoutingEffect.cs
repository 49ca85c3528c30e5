using System.Text.Json.Serialization;
using CallCenterKit.Queues;

namespace CallCenterKit.Routing;

/// <summary>What the routing engine wants done. Performed by the host of the engine; matched whole.</summary>
[JsonDerivedType(typeof(Offer), "offer")]
[JsonDerivedType(typeof(WithdrawOffer), "withdraw-offer")]
[JsonDerivedType(typeof(Connect), "connect")]
[JsonDerivedType(typeof(Release), "release")]
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
    DateTimeOffset ExpiresAt) : RoutingEffect;

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
